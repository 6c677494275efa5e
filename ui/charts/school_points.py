"""Schools as points in a plane, with guiding lines; names where a school stands out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.charts.labels import Label, add_labels, spread_labels
from ui.theme import Mark, Palette

PLOT_HEIGHT = 500
USUAL = "usual"
"""Mark of the schools that have no name in the plot."""

_ROOM = 0.07


@dataclass(frozen=True, slots=True)
class Guide:
    """A line that the points are held against; without a name it is not in the legend."""

    x: Sequence[float]
    y: Sequence[float]
    name: str
    dash: str


@dataclass(frozen=True, slots=True)
class PointAxes:
    """What the axes show, both with their 0, and the lines between them.

    Attributes
    ----------
    level : float or None
        Where a bound of y stands, and ``level_name`` what it is called.
    """

    x: str
    y: str
    guides: tuple[Guide, ...] = ()
    level: float | None = None
    level_name: str = ""


def school_points(
    points: pd.DataFrame,
    *,
    axes: PointAxes,
    marks: Mapping[str, Mark],
    names: Mapping[str, str],
    palette: Palette,
) -> go.Figure:
    """Draw a point for each school.

    Parameters
    ----------
    points : DataFrame
        code, name, x, y, mark (key of ``marks``; "usual" has no name), hover; points without x
        or y are left out.
    """
    shown = points.dropna(subset=["x", "y"])
    drawing = Drawing(palette)
    ranges = _range(shown["x"], axes, "x"), _range(shown["y"], axes, "y")
    for guide in axes.guides:
        drawing.add(_line(guide, palette))
    if axes.level is not None:
        level = Guide(ranges[0], (axes.level, axes.level), axes.level_name, "dash")
        drawing.add(_line(level, palette))
    for code, mark in marks.items():
        group = shown[shown["mark"] == code]
        if len(group):
            drawing.add(_points(group, mark, f"{names[code]} ({len(group)})", palette))
    drawing.set_x(title=axes.x, range=ranges[0])
    drawing.set_y(title=axes.y, range=ranges[1])
    drawing.lay_out(height=PLOT_HEIGHT, hovermode="closest", showlegend=True)
    labels = [
        Label(str(row["name"]), row["x"], row["y"])
        for row in shown[shown["mark"] != USUAL].to_dict("records")
    ]
    places = list(zip(shown["x"].astype(float), shown["y"].astype(float), strict=True))
    placed = spread_labels(labels, points=places, x_range=ranges[0], y_range=ranges[1])
    add_labels(drawing, placed)
    return drawing.figure()


def _line(guide: Guide, palette: Palette) -> go.Scatter:
    return go.Scatter(
        x=list(guide.x),
        y=list(guide.y),
        mode="lines",
        name=guide.name,
        showlegend=bool(guide.name),
        line={"color": palette.zero, "width": 1.6, "dash": guide.dash},
        hoverinfo="skip",
    )


def _points(group: pd.DataFrame, mark: Mark, name: str, palette: Palette) -> go.Scatter:
    colour = mark.paint(palette)
    return go.Scatter(
        x=group["x"],
        y=group["y"],
        mode="markers",
        name=name,
        marker={
            "symbol": mark.symbol,
            "size": 11,
            "color": colour,
            "opacity": 0.85,
            "line": {"color": mark.outline(palette), "width": 1.5},
        },
        customdata=group[["code"]],
        text=group["hover"],
        hovertemplate="%{text}<extra></extra>",
    )


def _range(values: pd.Series, axes: PointAxes, of: str) -> list[float]:
    """Return room for all points, all lines, and 0."""
    ends = [0.0, *(float(v) for v in values)]
    for guide in axes.guides:
        ends += [float(v) for v in (guide.x if of == "x" else guide.y)]
    if of == "y" and axes.level is not None:
        ends.append(axes.level)
    low, high = min(ends), max(ends)
    room = _ROOM * ((high - low) or 1.0)
    return [low - room, high + room]


def hover_lines(name: str, *lines: str) -> str:
    """Return what stands beside the pointer: the name, then a line for each figure."""
    return "<br>".join((f"<b>{formats.safe_chart(name)}</b>", *lines))
