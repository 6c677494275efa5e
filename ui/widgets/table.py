"""A table under its finding: sorted on the screen, copied as cells, saved as pictures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ui import formats, url_state
from ui.charts.table_picture import table_picture
from ui.pictures import Shape, browser_path
from ui.sheets import Sheet
from ui.stamp import Caption, letters, stamped
from ui.table_columns import Column
from ui.text import Words
from ui.theme import LIGHT
from ui.widgets.cells import offer_cells
from ui.widgets.explanation import show_explanation
from ui.widgets.pictures import Draw, Draws, show_pictures

_ROW_HEIGHT, _LARGE_ROW_HEIGHT = 40, 54
_TALL_ROW_HEIGHT, _LARGE_TALL_ROW_HEIGHT = 76, 100
"""From 4 rem on Streamlit breaks long texts into lines."""

_LETTER_PIXELS, _CELL_ROOM = 8.0, 20
_WIDEST = 480  # pixels that Streamlit gives to a column by itself
_ROWS: dict[Shape, int] = {"slide": 12, "page": 40, "vector": 200}
"""Most rows of one picture; on a slide no more can be read from the back of a room."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the reader's words, ready to be shown.

    Attributes
    ----------
    key : str
        Key of the widget and stem of the file's name.
    rows : DataFrame
        One column for each of ``columns``, numbers as numbers.
    codes : sequence of str, optional
        What each row stands for; with them a row can be chosen.
    explains : tuple of str
        Entries of the dictionary that say how the figures are made.
    most_rows : int
        Rows that are seen at once; the others are scrolled to.
    paint : callable, optional
        Returns the style of a cell from its text; the text has to say the same without it.
    is_below_chart : bool
        The chart right above has said finding and notes; only pictures repeat them.
    """

    key: str
    rows: pd.DataFrame
    columns: Mapping[str, Column]
    caption: Caption
    explains: tuple[str, ...]
    codes: Sequence[str] | None = None
    most_rows: int = 14
    paint: Callable[[object], str] | None = None
    is_below_chart: bool = False

    @property
    def sheet(self) -> Sheet:
        """The cells, to be copied and saved."""
        return Sheet(self.rows, self.columns)


def show_table(table: Table, *, words: Words) -> str | None:
    """Show finding, table, what can be taken along, and notes; return the chosen row's code."""
    finding = words("Row by row") if table.is_below_chart else table.caption.finding
    with st.container(key=f"{table.key}_caption", gap=None):
        st.markdown(f"**{formats.safe_markdown(finding)}**")
    chosen = _chosen(table, words)
    _show_below(table, words)
    if table.caption.notes and not table.is_below_chart:
        st.caption(formats.markdown_lines(table.caption.notes))
    return chosen


def table_parts(table: Table, shape: Shape, *, words: Words) -> list[Draw]:
    """Return what draws the pictures of a table, so many that all rows are in them."""
    n_rows = len(table.rows)
    n_parts = max(-(-n_rows // _ROWS[shape]), 1)
    ends = [round(n_rows * part / n_parts) for part in range(n_parts + 1)]
    return [partial(_part, table, first, last, words) for first, last in pairwise(ends)]


def _part(table: Table, first: int, last: int, words: Words) -> go.Figure:
    caption, n_rows = table.caption, len(table.rows)
    if last - first < n_rows:
        place = words("Rows {first} to {last} of {n}", first=first + 1, last=last, n=n_rows)
        caption = replace(caption, notes=(place, *caption.notes))
    picture = table_picture(
        table.rows.iloc[first:last],
        columns=table.columns,
        missing=words("not shown"),
        palette=LIGHT,
    )
    return stamped(picture, caption=caption, palette=LIGHT)


@st.fragment
def _show_below(table: Table, words: Words) -> None:
    with st.container(horizontal=True, key=f"{table.key}_below"):
        _offer_pictures(table, words)
        offer_cells(table.sheet, caption=table.caption, key=table.key, words=words)
        show_explanation(table.explains, caption=table.caption, key=table.key, words=words)


def _offer_pictures(table: Table, words: Words) -> None:
    if browser_path() is None:
        return
    draws: Draws = {shape: table_parts(table, shape, words=words) for shape in _ROWS}
    show_pictures(draws, caption=table.caption, key=table.key, words=words)


def _chosen(table: Table, words: Words) -> str | None:
    row_height = _row_height(table)
    settings: dict[str, Any] = {
        "key": table.key,
        "hide_index": True,
        "row_height": row_height,
        # One more for the heading.
        "height": min(len(table.rows), table.most_rows) * row_height + _ROW_HEIGHT + 4,
        "placeholder": words("not shown"),
        "column_config": {name: column.on_screen() for name, column in table.columns.items()},
    }
    plain = table.sheet.shown
    rows = plain if table.paint is None else plain.style.map(table.paint)
    if table.codes is None:
        st.dataframe(rows, **settings)
        return None
    event = st.dataframe(rows, **settings, on_select="rerun", selection_mode="single-row")
    places = event["selection"]["rows"]
    return str(table.codes[places[0]]) if places else None


def _row_height(table: Table) -> int:
    """Return the height of the rows: room for lines where a text would be cut."""
    is_large = url_state.is_on(url_state.MEETING_KEY)
    if any(_is_long(table.rows[name], column) for name, column in table.columns.items()):
        return _LARGE_TALL_ROW_HEIGHT if is_large else _TALL_ROW_HEIGHT
    return _LARGE_ROW_HEIGHT if is_large else _ROW_HEIGHT


def _is_long(values: pd.Series, column: Column) -> bool:
    if column.kind != "text":
        return False
    width = column.width if isinstance(column.width, int) else _WIDEST
    room = (width - _CELL_ROOM) / _LETTER_PIXELS
    # A letter counts two at most: of thousands of short texts none has to be measured.
    perhaps = (text for text in map(str, values.dropna().unique()) if 2 * len(text) > room)
    return any(letters(text) > room for text in perhaps)
