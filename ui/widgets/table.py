"""A table with its caption: sorted and copied as cells on the screen, saved as a picture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from ui.charts.table_picture import table_picture
from ui.stamp import Caption
from ui.table_columns import Column
from ui.text import Words
from ui.widgets.figure import Figure, show_below

_ROW_HEIGHT = 40


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
    """

    key: str
    rows: pd.DataFrame
    columns: Mapping[str, Column]
    caption: Caption
    explains: tuple[str, ...]
    codes: Sequence[str] | None = None
    most_rows: int = 14
    paint: Callable[[object], str] | None = None


def show_table(table: Table, *, words: Words) -> str | None:
    """Show a table and offer its picture; return the code of the row that was chosen."""
    chosen = _chosen(table, words)
    figure = Figure(
        table.key,
        lambda palette: table_picture(
            table.rows, columns=table.columns, missing=words("not shown"), palette=palette
        ),
        table.caption,
        table.explains,
    )
    show_below(figure, words=words)
    return chosen


def _chosen(table: Table, words: Words) -> str | None:
    settings: dict[str, Any] = {
        "key": table.key,
        "hide_index": True,
        "row_height": _ROW_HEIGHT,
        "height": min(len(table.rows) + 1, table.most_rows + 1) * _ROW_HEIGHT + 4,
        "placeholder": words("not shown"),
        "column_config": {name: column.on_screen() for name, column in table.columns.items()},
    }
    plain = table.rows[list(table.columns)]
    rows = plain if table.paint is None else plain.style.map(table.paint)
    if table.codes is None:
        st.dataframe(rows, **settings)
        return None
    event = st.dataframe(rows, **settings, on_select="rerun", selection_mode="single-row")
    places = event["selection"]["rows"]
    return str(table.codes[places[0]]) if places else None
