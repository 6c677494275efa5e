"""The report of findings: every finding a row, errors first, nothing becomes a formula."""

import io

import openpyxl
import pandas as pd

from core.findings import Finding
from pipeline.findings_workbook import findings_workbook


def finding(severity: str, *, value: str | None = None, row: int | None = 3) -> Finding:
    return Finding(severity, "score_range", row, "数学", value, "过大", "too large")  # type: ignore[arg-type]


def test_findings_stand_errors_first() -> None:
    content = findings_workbook([finding("note"), finding("error"), finding("warning")])
    table = pd.read_excel(io.BytesIO(content), dtype=str, engine="openpyxl")
    assert [text.split()[1] for text in table.iloc[:, 0]] == ["error", "warning", "note"]
    assert table.iloc[0, 1] == "3"
    assert table.iloc[0, -1] == "score_range"


def test_a_hostile_value_stays_text() -> None:
    content = findings_workbook([finding("error", value='=HYPERLINK("http://x")')])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert [cell.data_type for cell in next(sheet.iter_rows(min_row=2))] == ["s"] * 7
    assert all(cell.hyperlink is None for row in sheet for cell in row)


def test_a_report_without_findings_has_its_header() -> None:
    table = pd.read_excel(io.BytesIO(findings_workbook([])), dtype=str, engine="openpyxl")
    assert table.empty
    assert len(table.columns) == 7
