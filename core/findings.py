"""A finding: what a check saw in a file, where, and what to do, in two languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
Outcome = Literal["accept", "normalise", "accept-with-warning", "reject"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One outcome of a check; an error refuses the file.

    Attributes
    ----------
    severity : {"error", "warning", "note"}
    check : str
        Name of the check, without ``check_``.
    row : int or None
        Row number in the file, as a spreadsheet shows it.
    column : str or None
        Header of the column, as the file writes it.
    value : str or None
        The offending cell; never a pupil's name or number.
    message_zh, message_en : str
        What is wrong with the number found, where, what is required, what to do.
    """

    severity: Severity
    check: str
    row: int | None
    column: str | None
    value: str | None
    message_zh: str
    message_en: str


_OUTCOMES: tuple[tuple[Severity, Outcome], ...] = (
    ("error", "reject"),
    ("warning", "accept-with-warning"),
    ("note", "normalise"),
)


def outcome_of(findings: Sequence[Finding]) -> Outcome:
    """Return what the gravest finding means for the file."""
    seen = {finding.severity for finding in findings}
    return next((outcome for severity, outcome in _OUTCOMES if severity in seen), "accept")
