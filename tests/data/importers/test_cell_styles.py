"""Formats of cells: every date is seen, and no usual number passes for one."""

from pathlib import Path

import pytest
import xlsxwriter

from data.importers.cell_styles import CellStyles, read_cell_styles
from data.importers.container import open_container
from data.importers.limits import Limits
from data.importers.xml_part import Budget
from tests.data.importers.workbooks import save_workbook


def styles_of(path: Path) -> CellStyles:
    with open_container(path.read_bytes(), limits=Limits()) as archive:
        return read_cell_styles(archive, percent={"3"}, budget=Budget.of(Limits()))


def style_of(tmp_path: Path, code: object) -> CellStyles:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_number(0, 0, 1, book.add_format({"num_format": code}))
    return styles_of(path)


@pytest.mark.parametrize(
    "code",
    ["yyyy-mm-dd", 'm"月"d"日"', "h:mm", "[h]:mm:ss", "[mm]", "AM/PM h", 14, 22, 47,
     '[$-804]yyyy"年"m"月"', "[Red]d"],
)  # fmt: skip
def test_dates_and_times_are_seen(tmp_path: Path, code: object) -> None:
    assert style_of(tmp_path, code).date == {1}


@pytest.mark.parametrize(
    "code", ["0.0", "0_);[Red](0)", '0"分 day"', "@", "#,##0.00_ ", "[$¥-804]0.0", 0, 2, 10, 49]
)
def test_numbers_are_no_dates(tmp_path: Path, code: object) -> None:
    assert style_of(tmp_path, code).date == set()


def test_per_cent_is_taken_over(tmp_path: Path) -> None:
    assert styles_of(save_workbook(tmp_path / "a.xlsx")).percent == {3}
