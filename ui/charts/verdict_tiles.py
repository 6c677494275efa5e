"""Verdicts of schools by several definitions: a row a school, a column a definition."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.stamp import letters
from ui.theme import Mark, Palette

MOST_ROWS = 24
"""Schools that are read at once; more are cut before, and the caption says so."""

_ROW_PIXELS, _ROOM, _LONGEST = 30, 120, 20


def verdict_tiles(
    tiles: pd.DataFrame,
    *,
    schools: Sequence[str],
    columns: Sequence[str],
    title: str,
    marks: Mapping[str, Mark],
    names: Mapping[str, str],
    palette: Palette,
) -> go.Figure:
    """Draw the mark of each verdict, the first school on top, the main definition left.

    Parameters
    ----------
    tiles : DataFrame
        row and column (from 0), mark (key of ``marks``), hover.
    schools : sequence of str
        Names of the rows.
    columns : sequence of str
        Short names of the columns.
    title : str
        What the columns are.
    """
    drawing = Drawing(palette)
    drawing.add_box(
        (-0.5, 0.5), (-0.5, len(schools) - 0.5), fillcolor=palette.grid, line={"width": 0}
    )
    for code, mark in marks.items():
        group = tiles[tiles["mark"] == code]
        if len(group):
            drawing.add(_marks(group, mark, names[code], palette))
    drawing.set_y(
        tickmode="array",
        tickvals=list(range(len(schools))),
        ticktext=[formats.safe_chart(_short(name)) + "  " for name in schools],
        range=[len(schools) - 0.4, -0.6],
        showgrid=False,
    )
    drawing.set_x(
        title=title,
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=list(columns),
        tickangle=0,
        range=[-0.6, max(len(columns), 6) - 0.4],
        showgrid=False,
    )
    drawing.lay_out(
        height=_ROW_PIXELS * max(len(schools), 4) + _ROOM, hovermode="closest", showlegend=True
    )
    return drawing.figure()


def _marks(group: pd.DataFrame, mark: Mark, name: str, palette: Palette) -> go.Scatter:
    colour = mark.outline(palette)
    return go.Scatter(
        x=group["column"],
        y=group["row"],
        mode="markers",
        name=name,
        marker={
            "symbol": mark.symbol,
            "size": 13,
            "color": colour,
            "line": {"color": colour, "width": 1.5},
        },
        text=group["hover"],
        hovertemplate="%{text}<extra></extra>",
    )


def _short(name: str) -> str:
    while letters(name) > _LONGEST:
        name = name[:-2] + "…"
    return name
