"""Words for what the reader saw: notes, warnings, errors, and the refusal of a file."""

from typing import NoReturn

from core.findings import Finding, Severity

SHOWN_HEADER = 30
QUOTED = 20  # characters of a text of unknown meaning


class RefusedError(Exception):
    """The file cannot be read or may not be; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message_en)
        self.finding = finding


def remark(
    severity: Severity,
    check: str,
    zh: str,
    en: str,
    *,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
) -> Finding:
    """Return a finding in both languages."""
    return Finding(severity, check, row, column, value, zh, en)


def refuse(check: str, zh: str, en: str, *, row: int | None = None) -> NoReturn:
    """Stop reading; the file is refused for this reason.

    Raises
    ------
    RefusedError
        Always.
    """
    raise RefusedError(remark("error", check, zh, en, row=row))


def plain(text: str) -> str:
    """Return a header or a sheet name fit for a message: one line, printable, short."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= SHOWN_HEADER else line[:SHOWN_HEADER] + "…"


def quoted(text: str) -> str:
    r"""Return a text of unknown meaning fit for a message: as ``plain``, and shorter still.

    Examples
    --------
    >>> quoted("信息\n科技"), quoted("长" * 30) == "长" * 20 + "…"
    ('信息 科技', True)
    """
    line = plain(text)
    return line if len(line) <= QUOTED else line[:QUOTED] + "…"
