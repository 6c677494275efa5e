"""The findings of a check as a workbook, to work through in Excel or to pass on."""

import io
from collections.abc import Iterable

import xlsxwriter

from core.findings import Finding

# Text stays text: nothing of a file may become a formula or a link in the reader's program.
_SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_SEVERITIES = {"error": "错误 error", "warning": "提醒 warning", "note": "说明 note"}
_HEAD = (
    ("级别 severity", 16),
    ("行 row", 8),
    ("列 column", 16),
    ("值 value", 14),
    ("说明", 70),
    ("Explanation", 70),
    ("规则 rule", 22),
)


def findings_workbook(findings: Iterable[Finding]) -> bytes:
    """Return an XLSX workbook with one row a finding, errors first."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _SAFE) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("检查结果")
        sheet.freeze_panes(1, 0)
        for column, (title, width) in enumerate(_HEAD):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, head)
        order = sorted(findings, key=lambda f: list(_SEVERITIES).index(f.severity))
        for row, finding in enumerate(order, start=1):
            for column, cell in enumerate(_cells(finding)):
                sheet.write_string(row, column, cell, wrapped)
        sheet.autofilter(0, 0, max(len(order), 1), len(_HEAD) - 1)
    return content.getvalue()


def _cells(finding: Finding) -> tuple[str, ...]:
    return (
        _SEVERITIES[finding.severity],
        "" if finding.row is None else str(finding.row),
        finding.column or "",
        finding.value or "",
        finding.message_zh,
        finding.message_en,
        finding.check,
    )
