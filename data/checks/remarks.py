"""Findings about a whole file or school, which stand in no row."""

from core.findings import Finding, Severity


def remark(
    severity: Severity,
    check: str,
    words: tuple[str, str],
    *,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
) -> Finding:
    """Return a finding with its Chinese and English text."""
    return Finding(severity, check, row, column, value, words[0], words[1])


def percent(share: float) -> str:
    """Return a share as people write it.

    Examples
    --------
    >>> percent(0.9824)
    '98.2%'
    """
    return f"{100 * share:.1f}%"
