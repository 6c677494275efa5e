"""What a person may answer to the questions of a check: the choices that its findings name."""

import re
from collections.abc import Iterable

from core.findings import Finding

_COLUMN = re.compile(r'--column "([^"]+=[^"=]+)"')


def sheet_answers(findings: Iterable[Finding]) -> list[str]:
    """Return the names of the sheets that are asked about; see ``which_sheets``."""
    return [
        name
        for finding in findings
        if finding.check == "which_sheet" and finding.value
        for name in finding.value.split("/")
    ]


def column_answers(findings: Iterable[Finding]) -> list[str]:
    """Return the meanings that findings offer, as in 得分2=数学 or 备用=忽略, each once.

    Examples
    --------
    >>> words = '--column "得分2=数学"', '--column "得分2=math"'
    >>> column_answers([Finding("error", "unknown_column", 1, "得分2", None, *words)])
    ['得分2=数学']
    """
    offered = (_COLUMN.findall(finding.message_zh) for finding in findings)
    return list(dict.fromkeys(answer for answers in offered for answer in answers))
