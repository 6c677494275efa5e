"""Sheets: one rounding for screen, picture and file; what is missing is said in words."""

import io

import openpyxl
import pandas as pd
import pytest

from ui.sheets import Sheet, cells_of, workbook_of
from ui.stamp import Caption
from ui.table_columns import Column, Kind

COLUMNS = {
    "name": Column("School"),
    "gap": Column("Gap", "signed"),
    "past": Column("So far", "line"),
    "n": Column("n", "count"),
}
CAPTION = Caption("A finding", ("exam", "rules 1"), ("a note",), "whose data")


def sheet_of(values: list[float | None], *, kind: Kind) -> Sheet:
    column = Column("Share", kind)
    return Sheet(pd.DataFrame({"value": values, "other": 1}), {"value": column})


def test_a_half_is_rounded_once_so_that_no_reader_rounds_it_otherwise() -> None:
    shown = sheet_of([12.5, 37.5, 0.125, None], kind="percent").shown["value"]
    assert shown.isna().tolist() == [False, False, False, True]
    assert shown.dropna().tolist() == [13, 38, 0]
    assert sheet_of([0.125], kind="plain").shown["value"].tolist() == [0.13]


def test_a_workbook_has_finding_facts_notes_cells_and_origin() -> None:
    content = workbook_of(
        sheet_of([0.125, None], kind="fine"),
        CAPTION,
        missing="not shown",
        link="http://x/y?z=1",
    )
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values)
    texts = [row[0] for row in rows if row[0] is not None]
    assert texts == [
        "A finding", "exam · rules 1", "a note", "whose data", "http://x/y?z=1",
        "Share", 0.125, "not shown",
    ]  # fmt: skip


def values_of(sheet: Sheet) -> list[tuple[object, str]]:
    """Return the cells of the workbook with the kind that a spreadsheet gives them."""
    content = workbook_of(sheet, CAPTION, missing="not shown", link="http://x/y?z=1")
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [(cell.value, cell.data_type) for row in page for cell in row]


def test_a_name_is_never_run_as_a_formula() -> None:
    sheet = Sheet(pd.DataFrame({"name": ["=1+1"]}), {"name": Column("Name")})
    assert ("=1+1", "s") in values_of(sheet)


def test_a_count_of_any_kind_of_integer_is_a_number_in_the_file() -> None:
    rows = pd.DataFrame({"n": pd.array([7, None], dtype="Int64")})
    values = values_of(Sheet(rows, {"n": Column("n", "count")}))
    assert (7, "n") in values
    assert ("not shown", "s") in values


def test_cells_are_parted_by_tabs_with_headings_and_the_digits_of_the_screen() -> None:
    rows = pd.DataFrame({"name": ["第一中学"], "gap": [0.125], "past": [[0.1]], "n": [1200]})
    text = cells_of(Sheet(rows, COLUMNS), missing="not shown")
    assert text.split("\n") == ["School\tGap\tn", "第一中学\t+0.13\t1200"]


def test_a_name_is_no_formula_nor_a_cell_of_its_own_and_a_gap_says_so() -> None:
    rows = pd.DataFrame(
        {"name": ["=1+1", "-x\ty", None], "gap": [-0.2, None, 0.0], "past": [[]] * 3, "n": 7}
    )
    lines = cells_of(Sheet(rows, COLUMNS), missing="not shown").split("\n")
    assert lines[1:] == ["'=1+1\t-0.20\t7", "'-x y\tnot shown\t7", "not shown\t+0.00\t7"]


def pasted(text: str) -> str:
    sheet = Sheet(pd.DataFrame({"name": [text]}), {"name": Column("Name")})
    return cells_of(sheet, missing="not shown").split("\n")[1]


@pytest.mark.parametrize(
    "text",
    [
        "-2+3+cmd|' /C calc'!A0",
        "+1-SUM(A1)",
        "-2+3",
        "−2+3",
        "+0.12 [A1, B1]",
        "+1 school",
        "＝1+1",
        "＋1+cmd",
        "－2+3",
        "＠SUM(A1)",
        "\u200b=1+1",
    ],
)
def test_what_starts_like_a_formula_and_is_no_number_is_quoted(text: str) -> None:
    assert pasted(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "-2",
        "+0.12",
        "−1,234.5",
        "-3%",
        "+0.12 [+0.02, +0.22]",
        "−0.12 [−0.25, +0.01]",
        "[+0.02, +0.22]",
        "▲ +0.12",
        "2+3",
        "第一中学",
    ],
)
def test_a_number_and_an_interval_stay_as_they_are_shown(text: str) -> None:
    assert pasted(text) == text
