"""Tables: finding above, notes below, all rows in the pictures, room for long texts."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.drawers import open_drawers
from ui.stamp import Caption
from ui.table_columns import Column
from ui.text import Words
from ui.widgets import table
from ui.widgets.table import Table, table_parts

EN = Words("en")


def made(n_rows: int, **other: object) -> Table:
    rows = pd.DataFrame({"name": [f"school {k}" for k in range(n_rows)]})
    caption = Caption("finding", ("county", "exam", "subject"), ("note",), "")
    return Table("t", rows, {"name": Column("School")}, caption, ("z",), **other)  # type: ignore[arg-type]


def script(n_rows: int, is_below_chart: bool) -> None:
    """Show a table."""
    from tests.ui.widgets.test_table import made
    from ui.text import Words
    from ui.widgets.table import show_table

    show_table(made(n_rows, is_below_chart=is_below_chart), words=Words("en"))


def test_the_finding_stands_above_and_the_notes_below() -> None:
    app = AppTest.from_function(script, args=(3, False)).run()
    assert not app.exception
    assert app.markdown[0].value == "**finding**"
    assert "note" in [caption.value for caption in app.caption]


def test_below_its_chart_a_table_does_not_repeat_the_finding() -> None:
    app = AppTest.from_function(script, args=(3, True)).run()
    assert app.markdown[0].value == "**Row by row**"
    assert "note" not in [caption.value for caption in app.caption]


def test_pictures_workbook_and_cells_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "browser_path", lambda: "/usr/bin/chromium")
    app = AppTest.from_function(script, args=(25, False)).run()
    assert not app.get("download_button")
    assert not app.code
    app = open_drawers(app)
    assert [button.proto.label for button in app.get("download_button")] == [
        "For a slide, 16:9 (PNG): 3 pictures, ZIP",
        "As it is (PNG)",
        "To be enlarged (SVG)",
        "Workbook with source and date (XLSX)",
    ]
    assert app.code[0].value.split("\n")[:2] == ["School", "school 0"]


def test_without_a_browser_cells_are_offered_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "browser_path", lambda: None)
    app = open_drawers(AppTest.from_function(script, args=(3, False)).run())
    assert len(app.get("download_button")) == 1


def test_the_pictures_of_a_long_table_hold_all_rows_and_say_which() -> None:
    figures = [draw() for draw in table_parts(made(25), "slide", words=EN)]
    cells = [name for figure in figures for name in figure.data[0].cells["values"][0]]
    assert cells == [f"school {k}" for k in range(25)]
    assert "Rows 9 to 17 of 25" in figures[1].layout.title.text
    (whole,) = table_parts(made(25), "page", words=EN)
    assert "Rows" not in whole().layout.title.text


def test_a_table_without_rows_is_one_picture() -> None:
    assert len(table_parts(made(0), "slide", words=EN)) == 1
