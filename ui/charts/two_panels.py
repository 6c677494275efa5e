"""Two plots above each other along one axis: points with whiskers or lines in each."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ui.charts.drawing import Drawing
from ui.theme import Palette

HEIGHT = 490
_UPPER, _LOWER = (0.44, 1.0), (0.0, 0.34)


@dataclass(frozen=True, slots=True)
class Series:
    """Figures along the axis.

    Attributes
    ----------
    y : sequence of float
        NaN where there is no figure; a line is broken there.
    reach : sequence of float or None
        How far the whisker of each figure goes to either side; None for no whiskers.
    colour : str
        Name of a colour of the palette.
    is_line : bool
        Whether the points are joined.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]
    hover: Sequence[str]
    reach: Sequence[float] | None = None
    symbol: str = "circle"
    colour: str = "neutral"
    is_line: bool = True


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the two plots: the title of its axis, its series, a line across."""

    title: str
    series: tuple[Series, ...]
    line: float | None = None
    begins_at_zero: bool = False


def two_panels(upper: Panel, lower: Panel, *, x_title: str, palette: Palette) -> go.Figure:
    """Draw the upper and the lower panel along one axis."""
    drawing = Drawing(palette)
    for panel, axis in ((upper, "y"), (lower, "y2")):
        for series in panel.series:
            drawing.add(_trace(series, axis, palette))
    drawing.set_x(title=x_title, anchor="y2")
    drawing.set_y(title=upper.title, domain=list(_UPPER), **_extent(upper))
    drawing.add_second(title=lower.title, domain=list(_LOWER), **_extent(lower))
    if upper.line is not None:
        drawing.add_line(y=upper.line)
    drawing.lay_out(height=HEIGHT, hovermode="closest", showlegend=True)
    return drawing.figure()


def _extent(panel: Panel) -> dict[str, object]:
    return {"rangemode": "tozero"} if panel.begins_at_zero else {}


def _trace(series: Series, axis: str, palette: Palette) -> go.Scatter:
    colour = str(getattr(palette, series.colour))
    spread = {
        "type": "data",
        "array": list(series.reach or ()),
        "visible": series.reach is not None,
        "color": colour,
        "thickness": 1.8,
        "width": 4,
    }
    return go.Scatter(
        x=list(series.x),
        y=list(series.y),
        yaxis=axis,
        mode="lines+markers" if series.is_line else "markers",
        name=series.name,
        connectgaps=False,
        line={"color": colour, "width": 2},
        marker={"symbol": series.symbol, "size": 10, "color": colour},
        error_y=spread,
        text=list(series.hover),
        hovertemplate="%{text}<extra></extra>",
    )
