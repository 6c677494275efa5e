"""Cells merged downward: filled where the workbook says so, and only there."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from data.importers.layout import LaidOut, lay_out
from data.importers.read_file import read_sheet
from data.importers.sheet_scan import Range
from tests.data.importers.sheets import make_sheet

TEXT = "学校,班级,学籍号,数学\n一中,1班,P1,80\n,,P2,81\n,2班,P3,\n二中,1班,P4,83\n"


def lay(merged: Sequence[Range], text: str = TEXT) -> LaidOut:
    sheet = replace(make_sheet(text), merged=merged)
    return lay_out(sheet, declared_subjects=frozenset())


def column(laid: LaidOut, name: str) -> list[str | None]:
    assert laid.entries is not None
    return laid.entries[name].astype(object).where(laid.entries[name].notna(), None).tolist()


def test_a_school_merged_over_its_pupils_is_filled() -> None:
    laid = lay([(2, 4, 1, 1), (2, 3, 2, 2)])
    assert column(laid, "school_name") == ["一中", "一中", "一中", "二中"]
    assert column(laid, "class_name") == ["1班", "1班", "2班", "1班"]
    assert column(laid, "school_name_kind") == ["text"] * 4
    assert [(f.check, f.message_zh) for f in laid.findings if f.check == "merged_cells"] == [
        ("merged_cells", "“学校”列有合并单元格，已按合并的范围向下填充 2 行。"),
        ("merged_cells", "“班级”列有合并单元格，已按合并的范围向下填充 1 行。"),
    ]


def test_without_merged_cells_nothing_is_filled() -> None:
    laid = lay([])
    assert column(laid, "school_name") == ["一中", None, None, "二中"]
    assert laid.findings == ()


@pytest.mark.parametrize(
    "merged",
    [(2, 4, 1, 2), (2, 2, 1, 1), (1, 4, 1, 1), (9, 12, 1, 1), (2, 4, 3, 3), (3, 4, 1, 1)],
)
def test_other_merged_cells_fill_nothing(merged: Range) -> None:
    assert column(lay([merged]), "school_name") == ["一中", None, None, "二中"]


def test_a_mark_or_a_number_is_never_carried_down() -> None:
    laid = lay([(3, 4, 4, 4), (2, 3, 3, 3)])
    assert laid.marks is not None
    assert laid.marks["kind"].tolist() == ["text", "text", "empty", "text"]
    assert column(laid, "pupil_number") == ["P1", "P2", "P3", "P4"]


def test_merged_cells_come_out_of_a_workbook(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 3, "成绩表")
        sheet.write_row(1, 0, ["学校", "学籍号", "姓名", "数学"])
        sheet.merge_range(2, 0, 4, 0, "一中")
        for i in range(3):
            sheet.write_row(i + 2, 1, [f"P{i}", "甲", 80 + i])
    read = read_sheet(tmp_path / "a.xlsx").sheet
    assert read is not None
    assert list(read.merged) == [(1, 1, 1, 4), (3, 5, 1, 1)]
    laid = lay_out(read, declared_subjects=frozenset())
    assert column(laid, "school_name") == ["一中"] * 3
