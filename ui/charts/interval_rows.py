"""Figures of named units with intervals, one row each: who lies on which side of a line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.stamp import base_layout
from ui.theme import Mark, Palette

MOST_ROWS = 40
_ROW_PIXELS = 30
_TICKS = {"sd": "+.2f", "share": ".0%", "rank": "d"}


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """What the figures are, and the line they are held against.

    Attributes
    ----------
    title : str
        Names the figure, its unit and what the line is.
    unit : str
        sd (signed), share (0 to 1, shown in per cent) or rank (whole, 1 is best).
    line : float or None
        Where the line stands.
    """

    title: str
    unit: Literal["sd", "share", "rank"]
    line: float | None = None


def interval_rows(
    rows: pd.DataFrame,
    *,
    marks: Mapping[str, Mark],
    names: Mapping[str, str],
    axis: ValueAxis,
    palette: Palette,
) -> go.Figure:
    """Draw one row per unit from the top down; a unit without a figure has no row.

    Parameters
    ----------
    rows : DataFrame
        code, name, estimate, low, high, mark, hover; the first ``MOST_ROWS`` are drawn.
    marks : mapping of code to Mark
        How each value of ``mark`` looks, in the order of the legend.
    names : mapping of code to str
        How each value of ``mark`` is called in the legend.
    """
    drawn = rows[rows["estimate"].notna()].head(MOST_ROWS)
    drawn = drawn.assign(place=range(1, len(drawn) + 1))
    figure = go.Figure(layout=base_layout(palette))
    for code, mark in marks.items():
        group = drawn[drawn["mark"] == code]
        if len(group):
            figure.add_trace(_whiskers(group, mark, f"{names[code]} ({len(group)})", palette))
    figure.update_yaxes(
        tickmode="array",
        tickvals=drawn["place"],
        ticktext=[formats.safe_chart(str(name)) + "  " for name in drawn["name"]],
        range=[len(drawn) + 0.7, 0.3],
        showgrid=False,
    )
    figure.update_xaxes(title_text=axis.title, tickformat=_TICKS[axis.unit])
    if axis.line is not None:
        figure.add_vline(x=axis.line, line={"color": palette.zero, "width": 2, "dash": "dash"})
    height = _ROW_PIXELS * max(len(drawn), 4) + 130
    figure.update_layout(height=height, hovermode="closest", showlegend=True)
    return figure


def _whiskers(group: pd.DataFrame, mark: Mark, name: str, palette: Palette) -> go.Scatter:
    colour, edge = mark.paint(palette), mark.outline(palette)
    return go.Scatter(
        x=group["estimate"],
        y=group["place"],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": group["high"] - group["estimate"],
            "arrayminus": group["estimate"] - group["low"],
            "color": edge,
            "thickness": 2,
            "width": 4,
        },
        mode="markers",
        name=name,
        marker={
            "symbol": mark.symbol,
            "size": 12,
            "color": colour,
            "line": {"color": edge, "width": 1.5},
        },
        customdata=group[["code"]],
        text=group["hover"],
        hovertemplate="%{text}<extra></extra>",
    )
