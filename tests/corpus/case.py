"""One case of the corpus: a file with one fault, and what must come of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from core.findings import Outcome
from tests.corpus.pupils import N_PUPILS, Row
from tests.corpus.workbook_xml import workbook

FULL_MARKS = {"语文": 12000, "数学": 12000, "英语": 12000}


@dataclass(frozen=True, slots=True)
class Case:
    """A file and its right outcome.

    Attributes
    ----------
    id : str
        Group and number: A container, B text, C structure, D values, E large.
    wrong : str
        The fault, in words.
    content : callable
        Makes the file's bytes.
    expected : str
        Right outcome; ``also_ok`` lists others that are right as well.
    words : tuple of str
        Each lists alternatives, divided by |, of which one must stand in the messages.
    good, bad : int or None
        Rows of pupils without and with a fault; None where the file is refused before.
    full_marks : mapping
        What the person who imports declares, in hundredths of a point.
    school : str or None
        Code of the school whose clerk imports; None for the bureau's.
    """

    id: str
    wrong: str
    file: str
    content: Callable[[], bytes]
    expected: Outcome
    words: tuple[str, ...] = ()
    also_ok: tuple[Outcome, ...] = ()
    good: int | None = None
    bad: int = 0
    full_marks: Mapping[str, int] = field(default_factory=lambda: FULL_MARKS)
    school: str | None = None


def of_rows(
    key: str,
    wrong: str,
    rows: Callable[[], list[Row]],
    expected: Outcome,
    words: tuple[str, ...] = (),
    *,
    also_ok: tuple[Outcome, ...] = (),
    bad: int = 0,
) -> Case:
    """Return a case of one plain sheet with these rows; ``bad`` of the pupils are faulty."""
    return Case(
        key, wrong, f"{key}.xlsx", lambda: workbook(rows()), expected, words,
        also_ok=also_ok, good=N_PUPILS - bad, bad=bad,
    )  # fmt: skip
