"""Strip: one school among all, every school a point, equal values stacked."""

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.stamp import base_layout
from ui.text import Words
from ui.theme import TEXT_SIZE, Palette

PLOT_HEIGHT = 270
_PILES = 70
_ROOM = 0.06


def strip(positions: pd.DataFrame, *, words: Words, palette: Palette) -> go.Figure:
    """Draw all schools along one axis and point at the own one.

    Parameters
    ----------
    positions : DataFrame
        school, name, estimate, is_own; only schools that are shown, none null.
    """
    placed = positions.assign(height=_pile_heights(positions["estimate"]))
    figure = go.Figure(layout=base_layout(palette))
    others, own = placed[~placed["is_own"]], placed[placed["is_own"]]
    figure.add_trace(_points(others, words("other schools"), "circle", palette.faint, 11))
    figure.add_trace(_points(own, words("this school"), "diamond", palette.own, 18))
    for row in own.to_dict("records"):
        _point_at(figure, row, palette)
    tallest = max(float(placed["height"].max()), 3.0) if len(placed) else 3.0
    figure.update_yaxes(visible=False, range=[-0.8, tallest + 3])
    figure.update_xaxes(title_text=words("Value-added, in pupil SD"))
    figure.add_vline(x=0, line={"color": palette.zero, "width": 1.5})
    figure.update_layout(height=PLOT_HEIGHT, showlegend=True)
    return figure


def _points(rows: pd.DataFrame, name: str, symbol: str, colour: str, size: float) -> go.Scatter:
    return go.Scatter(
        x=rows["estimate"],
        y=rows["height"],
        mode="markers",
        name=name,
        marker={"symbol": symbol, "size": size, "color": colour},
        customdata=rows[["school"]],
        text=[_hover(str(row["name"]), row["estimate"]) for row in rows.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(name: str, estimate: float) -> str:
    """Return name and figure; a school that the reader may not know has no name."""
    figure = formats.signed(estimate)
    return f"<b>{formats.safe_chart(name)}</b><br>{figure}" if name else figure


def _pile_heights(values: "pd.Series[float]") -> "pd.Series[float]":
    """Return how many schools of about the same value lie below each one."""
    if values.empty:
        return values
    width = float(values.max() - values.min()) / _PILES or 1.0
    piles = ((values - values.min()) // width).astype(int)
    heights: pd.Series[float] = piles.groupby(piles).cumcount().astype(float)
    return heights


def _point_at(figure: go.Figure, row: formats.Row, palette: Palette) -> None:
    figure.add_annotation(
        text=f"<b>{formats.safe_chart(row['name'])}</b>",
        x=row["estimate"],
        y=row["height"],
        ay=-46,
        ax=0,
        arrowcolor=palette.text,
        font={"size": TEXT_SIZE + 1, "color": palette.text},
    )
