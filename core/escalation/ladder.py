"""A ladder of steps: read from a plain mapping, checked, and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from core.errors import SettingsError
from core.policy import Section, Title


class Condition(StrEnum):
    """Whether a year is flagged by decline and last place at once, or by either."""

    BOTH = "both"
    EITHER = "either"


class Counts(StrEnum):
    """Which years lead to a step: flagged ones, or those in last place only."""

    FLAGGED = "flagged"
    LAST_PLACE = "last_place"


NO_STEP = "none"
"""Code of standing on no step."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ladder.

    Attributes
    ----------
    code : str
    title : Title
        What is done.
    years : int
        Years in a row that lead to it.
    counts : Counts
    """

    code: str
    title: Title
    years: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Ladder:
    """One version of a ladder.

    Attributes
    ----------
    id, version : str
        Stored with every transition.
    title : Title
    condition : Condition
    steps : tuple of Step
        Mildest first.
    entry_line, exit_line : float or None
        Positions in the group, share of it that stands lower: last place is below the entry
        line; a year counts toward the exit above the exit line. None: every clean year counts.
    exit_readings : int
        Years in a row above the exit line after which no step stands any more.
    min_coverage : float
        Under this coverage of the common sample the clock pauses.
    """

    id: str
    version: str
    title: Title
    condition: Condition
    steps: tuple[Step, ...]
    entry_line: float | None
    exit_line: float | None
    exit_readings: int
    min_coverage: float

    def place(self, code: str) -> int:
        """Return the place of a step, 0 for none, 1 for the mildest.

        Raises
        ------
        SettingsError
            When the ladder has no such step.
        """
        codes = [NO_STEP, *(step.code for step in self.steps)]
        if code not in codes:
            known = " ".join(codes)
            raise SettingsError(
                f"Ladder {self.id} has no step {code!r}. It must be one of: {known}. Correct "
                "it.",
                f"阶梯 {self.id} 没有步骤 {code!r}，应为以下之一：{known}。请更正。",
            )
        return codes.index(code)

    def code(self, place: int) -> str:
        """Return the code of the step at a place, ``none`` at 0."""
        return self.steps[place - 1].code if place else NO_STEP


def ladder_of(settings: Mapping[str, object]) -> Ladder:
    """Return the ladder that a mapping, as TOML gives it, describes.

    Raises
    ------
    SettingsError
        For a missing, unknown or wrong setting, by its name; for steps whose years do not rise
        or that could be reached without the one before; for an exit line not above the entry
        line.

    Examples
    --------
    >>> from core.escalation.presets import PRINCIPAL_1
    >>> [(step.code, step.years) for step in ladder_of(PRINCIPAL_1).steps]
    [('talk', 1), ('yellow_card', 2), ('red_card', 3)]
    """
    top = Section(settings)
    condition = Condition(top.text("condition", allowed=list(Condition)))
    entry_line, exit_line = _lines(top)
    ladder = Ladder(
        id=top.text("id"),
        version=top.text("version"),
        title=top.title(),
        condition=condition,
        steps=_steps(top, condition=condition),
        entry_line=entry_line,
        exit_line=exit_line,
        exit_readings=top.integer("exit_readings", low=1),
        min_coverage=top.number("min_coverage", low=0, high=1),
    )
    top.close(known=("entry_line", "exit_line"))
    return ladder


def _lines(section: Section) -> tuple[float | None, float | None]:
    if not (section.has("entry_line") or section.has("exit_line")):
        return None, None
    entry_line = section.number("entry_line", low=0, high=1)
    exit_line = section.number("exit_line", low=0, high=1)
    if exit_line <= entry_line:
        words = (f"above entry_line {entry_line:g}", f"高于 entry_line {entry_line:g}")
        raise section.refuse("exit_line", exit_line, *words)
    return entry_line, exit_line


def _steps(section: Section, *, condition: Condition) -> tuple[Step, ...]:
    steps = tuple(_step(below) for below in section.sections("steps"))
    years = [step.years for step in steps]
    codes = [step.code for step in steps]
    if years[0] != 1 or any(later <= earlier for earlier, later in pairwise(years)):
        words = ("years that begin with 1 and rise", "从 1 开始递增的年数")
        raise section.refuse("steps", years, *words)
    if len({NO_STEP, *codes}) != len(codes) + 1:
        words = (
            "codes that differ from each other and from none",
            "互不相同且不为 none 的代码",
        )
        raise section.refuse("steps", codes, *words)
    counts = [step.counts.value for step in steps]
    # Last place alone is no flag where both are asked for, and a later step that counts more
    # years than an earlier one could be reached without it.
    narrows = counts == sorted(counts) and (
        condition is Condition.EITHER or Counts.LAST_PLACE not in counts
    )
    if not narrows:
        words = (
            "flagged first, then last_place, and last_place only where condition is either",
            "先 flagged 后 last_place，且仅当 condition 为 either 时可用 last_place",
        )
        raise section.refuse("steps", counts, *words)
    return steps


def _step(section: Section) -> Step:
    step = Step(
        code=section.text("code"),
        title=section.title(),
        years=section.integer("years", low=1),
        counts=Counts(section.text("counts", allowed=list(Counts))),
    )
    section.close()
    return step
