"""Cells: what a spreadsheet takes from a table, as text and as a workbook with its stamp."""

from io import BytesIO

import numpy as np
import openpyxl
import pandas as pd

from ui.stamp import Caption
from ui.table_cells import cells_of, workbook_of
from ui.table_columns import Column

COLUMNS = {
    "name": Column("School"),
    "gap": Column("Gap", "signed"),
    "history": Column("So far", "line"),
    "n": Column("n", "count"),
}
ROWS = pd.DataFrame(
    {
        "name": ["第一中学", "=1+1", "-x\ty", None],
        "gap": [0.1234, -0.2, np.nan, 0.0],
        "history": [[0.1], [0.2], [], []],
        "n": [1200, 30, np.nan, 7],
    }
)
CAPTION = Caption("发现 1", ("示范县", "期末"), ("注",), "来源")


def test_cells_are_parted_by_tabs_with_headings_and_the_digits_of_the_screen() -> None:
    text = cells_of(ROWS.head(1), columns=COLUMNS, missing="not shown")
    assert text.split("\n") == ["School\tGap\tn", "第一中学\t+0.12\t1200"]


def test_a_name_is_never_a_formula_nor_a_cell_of_its_own_and_a_gap_says_so() -> None:
    lines = cells_of(ROWS, columns=COLUMNS, missing="not shown").split("\n")
    assert lines[2].startswith("'=1+1\t-0.20")
    assert lines[3] == "'-x y\tnot shown\tnot shown"
    assert lines[4].startswith("not shown\t")
    assert {line.count("\t") for line in lines} == {2}


def test_the_workbook_holds_stamp_link_and_numbers_as_numbers() -> None:
    file = workbook_of(
        ROWS, columns=COLUMNS, missing="not shown", caption=CAPTION, link="http://x/y?z=1"
    )
    sheet = openpyxl.load_workbook(BytesIO(file)).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = [row[0] for row in cells]
    assert first[:6] == ["发现 1", "示范县", "期末", "注", "来源", "http://x/y?z=1"]
    head = first.index("School")
    assert cells[head] == ["School", "Gap", "n"]
    assert cells[head + 1] == ["第一中学", 0.1234, 1200]
    assert cells[head + 3] == ["-x\ty", "not shown", "not shown"]
    assert sheet.cell(head + 3, 1).data_type == "s"
    assert sheet.cell(head + 2, 2).number_format == "+0.00;-0.00;0.00"
