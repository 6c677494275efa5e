"""Large sheets: formats that show words, decoys and rich text, read as careful reading does."""

import math
from pathlib import Path

import pytest
import xlsxwriter

from data.importers import spreadsheet
from data.importers.grid import BLANK, FORMULA, NUMBER, TEXT
from data.importers.spreadsheet import read_spreadsheet
from tests.data.importers.large_sheets import LIMITS, equal
from tests.data.importers.workbooks import SHEET, change_parts, save_workbook


def test_a_date_is_left_to_careful_reading(tmp_path: Path, by_vectors: list[bool]) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["日期", 1])
        sheet.write_number(1, 0, 45000, date)
    assert equal(path).sheets[0].text(1, 0) == "2023-03-15"
    assert by_vectors == [False]


@pytest.mark.parametrize("large", [0, math.inf])
def test_a_number_that_is_shown_as_a_word_is_read_as_the_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: float
) -> None:
    monkeypatch.setattr(spreadsheet, "_LARGE", large)
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        absent, hidden, points = (
            book.add_format({"num_format": code})
            for code in ('0;-0;"缺考"', "0;-0;;@", '0"分"')
        )
        sheet = book.add_worksheet()
        for i, (value, form) in enumerate(
            [(0, absent), (60, absent), (0, hidden), (7, hidden), (0, points)]
        ):
            sheet.write_number(0, i, value, form)
        sheet.write_formula(0, 5, "=1-1", absent, 0)
    report = read_spreadsheet(path.read_bytes(), limits=LIMITS)
    grid = report.sheets[0].unpacked()
    assert [column[0] for column in grid.columns] == ["缺考", "60", None, "7", "0", "缺考"]
    assert grid.kinds == [str(k) for k in (TEXT, NUMBER, BLANK, NUMBER, NUMBER, FORMULA)]
    (finding,) = report.findings
    assert (finding.severity, finding.check) == ("warning", "shown_word")
    assert "3 个单元格" in finding.message_zh
    assert "（A1、C1、F1）" in finding.message_zh


def test_a_usual_size_of_none_is_left_to_careful_reading(
    tmp_path: Path, by_vectors: list[bool]
) -> None:
    usual = '<sheetFormatPr defaultRowHeight="0" zeroHeight="1"/><sheetData>'
    path = change_parts(
        save_workbook(tmp_path / "a.xlsx"), changes={SHEET: ("<sheetData>", usual)}
    )
    assert [finding.check for finding in equal(path).findings] == ["hidden_rows"]
    assert by_vectors == [False]


def test_a_comment_cannot_pose_as_the_rows(tmp_path: Path, by_vectors: list[bool]) -> None:
    decoy = (
        '<!-- <sheetData><row r="1"><c r="A1"><v>99</v></c></row></sheetData> --><sheetData>'
    )
    path = change_parts(
        save_workbook(tmp_path / "a.xlsx"), changes={SHEET: ("<sheetData>", decoy)}
    )
    assert equal(path).sheets[0].text(1, 4) == "85"
    assert by_vectors == [False]


def test_rich_text_among_the_strings_is_left_to_careful_reading(
    tmp_path: Path, by_vectors: list[bool]
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_rich_string(0, 0, "姓", bold, "名")
    assert equal(path).sheets[0].text(0, 0) == "姓名"
    assert by_vectors == []
