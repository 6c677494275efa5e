"""A table as a picture, with the words and digits of the screen."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.stamp import base_layout
from ui.table_columns import Column
from ui.theme import TEXT_SIZE, Palette

_ROW_PIXELS = 32
_WIDEST = 28  # letters; a longer text is broken into lines by the picture


def table_picture(
    rows: pd.DataFrame, *, columns: Mapping[str, Column], missing: str, palette: Palette
) -> go.Figure:
    """Draw the rows; small lines are left out, which a picture cannot hold."""
    drawn = {name: column for name, column in columns.items() if column.kind != "line"}
    texts = {name: column.texts(rows[name], missing=missing) for name, column in drawn.items()}
    titles = [column.title for column in drawn.values()]
    figure = go.Figure(layout=base_layout(palette))
    figure.add_trace(
        go.Table(
            columnwidth=[_width(drawn[name].title, texts[name]) for name in drawn],
            header=_cells(titles, drawn, palette, head=True),
            cells=_cells(list(texts.values()), drawn, palette, head=False),
        )
    )
    figure.update_layout(height=_ROW_PIXELS * (len(rows) + 2), margin={"b": 10})
    return figure


def _cells(
    values: list[str] | list[list[str]],
    columns: Mapping[str, Column],
    palette: Palette,
    *,
    head: bool,
) -> dict[str, object]:
    safe = [
        f"<b>{formats.safe_chart(value)}</b>"
        if isinstance(value, str)
        else [formats.safe_chart(text) for text in value]
        for value in values
    ]
    return {
        "values": safe,
        "align": ["left" if c.kind == "text" else "right" for c in columns.values()],
        "height": _ROW_PIXELS,
        "font": {"size": TEXT_SIZE, "color": palette.text},
        "fill": {"color": palette.grid if head else palette.paper},
        "line": {"color": palette.grid},
    }


def _width(title: str, texts: list[str]) -> int:
    longest = max((len(text) for text in [title, *texts]), default=1)
    return min(max(longest, 6), _WIDEST)
