"""A matrix of correlations: each pair once, its number in a tile that is darker the higher."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.theme import TEXT_SIZE, Palette

_ROW_PIXELS, _ROOM, _FAINTEST, _STRONGEST = 36, 110, 0.06, 0.55
_LEAST = 0.5
"""Correlation from which on a tile has a colour; below it stays pale."""


def correlation_tiles(
    pairs: pd.DataFrame, *, columns: Sequence[str], title: str, palette: Palette
) -> go.Figure:
    """Draw the lower half of the matrix.

    Parameters
    ----------
    pairs : DataFrame
        row, column (places from 0, row below column), value (null where unknown), hover.
    columns : sequence of str
        Short names, in order.
    title : str
        What the columns are.
    """
    drawing = Drawing(palette)
    for row in pairs.to_dict("records"):
        drawing.add_box(
            (row["column"] - 0.5, row["column"] + 0.5),
            (row["row"] - 0.5, row["row"] + 0.5),
            fillcolor=palette.neutral,
            opacity=_shade(row["value"]),
            line={"width": 0},
        )
    drawing.add(
        go.Scatter(
            x=pairs["column"],
            y=pairs["row"],
            mode="text",
            text=[_number(value) for value in pairs["value"]],
            textfont={"size": TEXT_SIZE, "color": palette.text},
            hovertext=pairs["hover"],
            hovertemplate="%{hovertext}<extra></extra>",
            showlegend=False,
        )
    )
    places = list(range(len(columns)))
    ticks: dict[str, Any] = {
        "tickmode": "array",
        "tickvals": places,
        "ticktext": list(columns),
        "tickangle": 0,
        "showgrid": False,
    }
    drawing.set_x(title=title, range=[-0.5, len(columns) - 0.5], **ticks)
    drawing.set_y(range=[len(columns) - 0.5, -0.5], **ticks)
    drawing.lay_out(height=_ROW_PIXELS * max(len(columns), 4) + _ROOM, hovermode="closest")
    return drawing.figure()


def _number(value: object) -> str:
    return formats.plain(value, digits=2) if formats.is_number(value) else "–"


def _shade(value: object) -> float:
    if not formats.is_number(value):
        return 0.0
    return max(_FAINTEST, _STRONGEST * (value - _LEAST) / (1 - _LEAST))
