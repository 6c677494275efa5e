"""Reading .xlsx: values, flags, sheets that are hidden or too many, links, strict forms."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from core.findings import Finding
from data.importers.grid import BLANK, ERROR, FORMULA, NUMBER, Grid
from data.importers.limits import Limits
from data.importers.remarks import RefusedError
from data.importers.spreadsheet import read_spreadsheet
from tests.data.importers.workbooks import (
    SHEET,
    change_parts,
    save_sheet_xml,
    save_workbook,
)

LIMITS = Limits()
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
USUAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def checks_of(path: Path) -> list[str]:
    report = read_spreadsheet(path.read_bytes(), limits=LIMITS)
    return [finding.check for finding in report.findings]


def read(path: Path, *, limits: Limits = LIMITS) -> tuple[Grid, Sequence[Finding]]:
    report = read_spreadsheet(path.read_bytes(), limits=limits)
    return report.sheets[0].unpacked(), report.findings


def refusal_of(path: Path, *, limits: Limits = LIMITS) -> str:
    with pytest.raises(RefusedError) as refusal:
        read_spreadsheet(path.read_bytes(), limits=limits)
    return refusal.value.finding.check


def save_book(path: Path, *, sheets: dict[str, str]) -> Path:
    """Write sheets that hold their own name, with a state each."""
    with xlsxwriter.Workbook(path) as book:
        for name, state in sheets.items():
            sheet = book.add_worksheet(name)
            if state != "blank":
                sheet.write_string(0, 0, name)
            if state == "hidden":
                sheet.hide()
    return path


def test_values_are_read_without_a_word(tmp_path: Path) -> None:
    grid, findings = read(save_workbook(tmp_path / "a.xlsx"))
    assert not findings
    assert grid.name == "成绩"
    assert grid.columns[4] == ["数学", "85", "90.5"]
    assert grid.kinds[4] == "122"


def test_a_strict_workbook_is_read(tmp_path: Path) -> None:
    path = change_parts(
        save_workbook(tmp_path / "a.xlsx"),
        changes={SHEET: (USUAL, STRICT), "xl/workbook.xml": (USUAL, STRICT)},
    )
    grid, _ = read(path)
    assert grid.columns[4] == ["数学", "85", "90.5"]


def test_a_lying_dimension_is_ignored(tmp_path: Path) -> None:
    path = change_parts(
        save_workbook(tmp_path / "a.xlsx"), changes={SHEET: ('"A1:E3"', '"A1:XFD1048576"')}
    )
    grid, _ = read(path)
    assert len(grid.columns) == 5


def test_errors_and_lost_formulas_are_no_empty_cells(tmp_path: Path) -> None:
    path = save_sheet_xml(
        tmp_path / "a.xlsx",
        data='<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1"><f>1+1</f><v>2</v></c></row>',
    )
    grid, _ = read(path)
    assert grid.kinds == [str(ERROR), str(ERROR), str(FORMULA)]
    assert grid.columns == [[None], [None], ["2"]]


@pytest.mark.parametrize("value", ["<v />", "<v></v>", ""])
@pytest.mark.parametrize("style", ["", ' t="n"', ' t="s"'])
def test_a_formula_without_a_stored_result_is_an_error(
    tmp_path: Path, value: str, style: str
) -> None:
    path = save_sheet_xml(
        tmp_path / "a.xlsx",
        data=f'<row r="1"><c r="A1"><v>1</v></c><c r="B1"{style}><f>30+40</f>{value}</c></row>',
    )
    grid, _ = read(path)
    assert (grid.columns, grid.kinds) == ([["1"], [None]], [str(NUMBER), str(ERROR)])


def test_a_formula_that_shows_nothing_is_blank_and_not_empty(tmp_path: Path) -> None:
    path = save_sheet_xml(
        tmp_path / "a.xlsx",
        data='<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>A9</f><v></v></c></row>',
    )
    grid, _ = read(path)
    assert grid.kinds == [str(NUMBER), str(BLANK)]


@pytest.mark.parametrize("code", ["0%", "0.00%", '0.0"分"%'])
def test_per_cent_is_shown_as_text(tmp_path: Path, code: str) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_number(0, 0, 0.85, book.add_format({"num_format": code}))
    grid, _ = read(path)
    assert (grid.columns, grid.kinds) == ([["85%"]], ["1"])


def test_a_hidden_sheet_is_told_and_not_read(tmp_path: Path) -> None:
    path = save_book(tmp_path / "a.xlsx", sheets={"一": "shown", "二": "hidden"})
    grid, (finding,) = read(path)
    assert grid.name == "一"
    assert (finding.check, finding.severity) == ("hidden_sheet", "warning")
    assert "隐藏" in finding.message_zh
    assert "二" in finding.message_zh


def test_the_first_sheet_with_data_is_read_and_others_are_told(tmp_path: Path) -> None:
    path = save_book(tmp_path / "a.xlsx", sheets={"空": "blank", "一": "shown", "二": "shown"})
    grid, (finding,) = read(path)
    assert grid.name == "一"
    assert finding.check == "several_sheets"
    assert "没有读取：二" in finding.message_zh


def test_a_book_without_visible_data_is_refused(tmp_path: Path) -> None:
    path = save_book(tmp_path / "a.xlsx", sheets={"空": "blank", "二": "hidden"})
    assert refusal_of(path) == "no_data"


def test_too_many_sheets_are_refused(tmp_path: Path) -> None:
    path = save_book(tmp_path / "a.xlsx", sheets={"一": "shown", "二": "shown"})
    assert refusal_of(path, limits=Limits(max_sheets=1)) == "too_many_sheets"


def test_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    path = save_book(tmp_path / "a.xlsx", sheets={"一": "shown", "二": "shown"})
    change_parts(path, changes={"xl/workbook.xml": ('name="二"', 'name="一"')})
    assert refusal_of(path) == "damaged"


def test_hidden_rows_and_columns_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "a")
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, 8, None, {"hidden": True})
    assert checks_of(path) == ["hidden_rows", "hidden_columns"]


@pytest.mark.parametrize("name", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml"])
def test_links_to_other_files_are_told(tmp_path: Path, name: str) -> None:
    path = change_parts(save_workbook(tmp_path / "a.xlsx"), added={name: b"<externalLink/>"})
    assert checks_of(path) == ["external_link"]


def test_a_dtd_in_an_unnamed_part_is_refused(tmp_path: Path) -> None:
    path = change_parts(
        save_workbook(tmp_path / "a.xlsx"), added={"xl/odd.dat": b"<!DOCTYPE x><x/>"}
    )
    assert refusal_of(path) == "xml_entities"


def test_a_macro_type_is_refused(tmp_path: Path) -> None:
    path = change_parts(
        save_workbook(tmp_path / "a.xlsx"),
        changes={
            "[Content_Types].xml": (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            )
        },
    )
    assert refusal_of(path) == "macro"


def test_a_book_without_relations_is_damaged(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "a.xlsx")
    data = path.read_bytes().replace(b"workbook.xml.rels", b"workbook.xml.none")
    path.write_bytes(data)
    assert refusal_of(path) == "damaged"


def test_a_shared_string_that_is_not_there_is_damaged(tmp_path: Path) -> None:
    path = save_sheet_xml(
        tmp_path / "a.xlsx", data='<row r="1"><c r="A1" t="s"><v>99</v></c></row>'
    )
    assert refusal_of(path) == "damaged"
