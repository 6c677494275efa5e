"""A line over exams with an interval at each of its points."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a line looks; ``shift`` keeps the whiskers of two lines apart."""

    name: str
    symbol: str
    colour: str
    dash: str
    shift: float


def whiskered_line(rows: pd.DataFrame, style: LineStyle, hovers: Sequence[str]) -> go.Scatter:
    """Return a line through the estimates, broken where there is none.

    Parameters
    ----------
    rows : DataFrame
        estimate, low, high; one row for each place of the axis, in its order.
    hovers : sequence of str
        What stands beside the pointer at each place.
    """
    return go.Scatter(
        x=[place + style.shift for place in range(len(rows))],
        y=rows["estimate"],
        mode="lines+markers",
        name=style.name,
        connectgaps=False,
        line={"color": style.colour, "width": 2.5, "dash": style.dash},
        marker={"symbol": style.symbol, "size": 12, "color": style.colour},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": rows["high"] - rows["estimate"],
            "arrayminus": rows["estimate"] - rows["low"],
            "color": style.colour,
            "thickness": 1.8,
            "width": 5,
        },
        text=list(hovers),
        hovertemplate="%{text}<extra></extra>",
    )
