"""Formats of cells: every date is seen, and no usual number passes for one."""

from pathlib import Path

import pytest
import xlsxwriter

from data.importers.cell_styles import CellStyles, read_cell_styles
from data.importers.container import open_container
from data.importers.limits import Limits
from data.importers.xml_part import Budget
from tests.data.importers.workbooks import change_parts, save_workbook


def styles_of(path: Path) -> CellStyles:
    with open_container(path.read_bytes(), limits=Limits()) as archive:
        return read_cell_styles(archive, "xl/styles.xml", budget=Budget.of(Limits()))


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


@pytest.mark.parametrize("code", ["0%", "0.0%;-0.0%", "[Red]0%", 9, 10])
def test_per_cent_is_seen(tmp_path: Path, code: object) -> None:
    assert style_of(tmp_path, code).percent == {1}


@pytest.mark.parametrize("code", ['0"%"', r"0\%", "0.0", 0, 2])
def test_a_sign_that_is_only_written_is_no_per_cent(tmp_path: Path, code: object) -> None:
    assert style_of(tmp_path, code).percent == set()


def test_numbers_of_formats_may_have_zeros_before_them(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "a.xlsx")
    xf = '<xf numFmtId="09"/><xf numFmtId="+10"/></cellXfs>'
    change_parts(path, changes={"xl/styles.xml": ("</cellXfs>", xf)})
    assert styles_of(path).percent == {1, 2}


def test_formats_that_may_show_a_word_are_kept(tmp_path: Path) -> None:
    found = style_of(tmp_path, '0;-0;"缺考"').words
    assert {style: form.shown(0) for style, form in found.items()} == {1: "缺考"}
    assert style_of(tmp_path, '0"分"').words == {}
