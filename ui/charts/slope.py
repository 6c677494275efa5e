"""Places of schools by two ways of counting: a line each from left to right."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.stamp import letters
from ui.theme import Mark, Palette

MOST_LINES = 30
"""Lines that are told apart; more are cut before they are drawn, and the caption says so."""

_HEIGHT, _LONGEST, _TICKS = 560, 22, 10


@dataclass(frozen=True, slots=True)
class SlopeAxis:
    """What the two sides are called, and what the places are.

    Attributes
    ----------
    line : float or None
        Where a reference stands on both sides, such as the line of the bottom 20 %.
    """

    left: str
    right: str
    title: str
    line: float | None = None


def slope(
    rows: pd.DataFrame,
    *,
    axis: SlopeAxis,
    marks: Mapping[str, Mark],
    names: Mapping[str, str],
    palette: Palette,
) -> go.Figure:
    """Draw a line for each school, best place on top.

    Parameters
    ----------
    rows : DataFrame
        code, name, left, right (places, 1 is best), mark (key of ``marks``), hover.
    """
    shown = rows.dropna(subset=["left", "right"]).head(MOST_LINES)
    drawing = Drawing(palette)
    for code, mark in marks.items():
        group = shown[shown["mark"] == code]
        if len(group):
            drawing.add(_lines(group, mark, f"{names[code]} ({len(group)})", palette))
    for row in _named(shown):
        drawing.add_words(
            formats.safe_chart(_short(str(row["name"]))),
            x=1,
            y=row["right"],
            xanchor="left",
            xshift=10,
            colour=marks[str(row["mark"])].outline(palette),
        )
    if axis.line is not None:
        drawing.add_line(y=axis.line, line={"color": palette.zero, "width": 2, "dash": "dash"})
    drawing.set_x(
        tickmode="array",
        tickvals=[0, 1],
        ticktext=[formats.safe_chart(axis.left), formats.safe_chart(axis.right)],
        range=[-0.15, 1.6],
        showgrid=False,
    )
    # Places are whole: no tick stands between two of them.
    step = max(1, round(_span(shown) / _TICKS))
    drawing.set_y(title=axis.title, autorange="reversed", tickformat="d", dtick=step)
    drawing.lay_out(height=_HEIGHT, hovermode="closest", showlegend=True)
    return drawing.figure()


def _lines(group: pd.DataFrame, mark: Mark, name: str, palette: Palette) -> go.Scatter:
    colour = mark.outline(palette)
    x = [value for _ in range(len(group)) for value in (0, 1, None)]
    y = [
        v
        for left, right in zip(group["left"], group["right"], strict=True)
        for v in (left, right, None)
    ]
    texts = [t for hover in group["hover"] for t in (hover, hover, "")]
    codes = [[c] for code in group["code"] for c in (code, code, "")]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines+markers",
        name=name,
        line={"color": colour, "width": 2},
        marker={"symbol": mark.symbol, "size": 9, "color": colour},
        customdata=codes,
        text=texts,
        hovertemplate="%{text}<extra></extra>",
    )


def _named(rows: pd.DataFrame) -> list[formats.Row]:
    """Return the rows whose names find room at the right: no two closer than a line."""
    if rows.empty:
        return []
    least, last, found = _span(rows) * 20 / (_HEIGHT - 120), float("-inf"), []
    for row in rows.sort_values("right").to_dict("records"):
        if row["right"] - last >= least:
            found.append(row)
            last = float(row["right"])
    return found


def _span(rows: pd.DataFrame) -> float:
    """Return how many places lie between the best and the worst, at least 1."""
    places = rows[["left", "right"]].to_numpy(float)
    return max(float(np.ptp(places)), 1.0) if len(places) else 1.0


def _short(name: str) -> str:
    while letters(name) > _LONGEST:
        name = name[:-2] + "…"
    return name
