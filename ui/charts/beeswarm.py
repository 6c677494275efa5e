"""Beeswarm: all schools along one axis, equal ones beside each other, names only outside."""

from collections.abc import Iterator, Mapping
from itertools import count

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.charts.labels import PLOT_PIXELS, Label, add_labels, spread_labels
from ui.text import Words
from ui.theme import Mark, Palette

PLOT_HEIGHT = 400
_POINTS_WIDE = 60  # points that fit side by side between lowest and highest school
_ROOM = 0.12  # of the range, left free at each end for names
_LEAST_REACH = (
    4.5  # rows above and below the middle, so that few schools do not fill the height
)
_MIDDLE = "within"


def beeswarm(
    schools: pd.DataFrame,
    *,
    title: str,
    marks: Mapping[str, Mark],
    words: Words,
    palette: Palette,
) -> go.Figure:
    """Draw one point a school; those that stand out have a shape and, where room is, a name.

    Parameters
    ----------
    schools : DataFrame
        school, name, n_pupils, estimate, low, high, side (key of ``marks``); schools without a
        side are not drawn.
    title : str
        What the axis shows.
    """
    shown = schools[schools["side"].notna() & schools["estimate"].notna()]
    placed = shown.assign(height=_heights(shown["estimate"]))
    drawing = Drawing(palette)
    for code, mark in marks.items():
        group = placed[placed["side"] == code]
        if len(group):
            drawing.add(_points(group, mark, words, palette))
    reach = max(float(placed["height"].abs().max()) + 2.0 if len(placed) else 0.0, _LEAST_REACH)
    x_range, y_range = _padded(placed["estimate"]), [-reach, reach]
    drawing.set_x(title=title, range=x_range)
    drawing.set_y(visible=False, range=y_range)
    drawing.add_line(x=0)
    drawing.lay_out(height=PLOT_HEIGHT, showlegend=True, hovermode="closest")
    _add_names(drawing, placed, x_range, y_range)
    return drawing.figure()


def _points(group: pd.DataFrame, mark: Mark, words: Words, palette: Palette) -> go.Scatter:
    colour = mark.paint(palette)
    return go.Scatter(
        x=group["estimate"],
        y=group["height"],
        mode="markers",
        name=f"{words(mark.word)} ({len(group)})",
        marker={
            "symbol": mark.symbol,
            "size": 13,
            "color": colour,
            "opacity": 0.85,
            "line": {"color": colour, "width": 1.5},
        },
        customdata=group[["school"]],
        text=[_hover(row, words) for row in group.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(row: formats.Row, words: Words) -> str:
    ends = formats.signed_interval(row["low"], row["high"])
    lines = [
        f"<b>{formats.safe_chart(str(row['name']))}</b>",
        f"{formats.signed(row['estimate'])} {ends}".rstrip(),
    ]
    if formats.is_number(row["n_pupils"]):
        lines.append(words("{n} pupils", n=formats.count(row["n_pupils"])))
    return "<br>".join(lines)


def _heights(values: "pd.Series[float]") -> "pd.Series[float]":
    """Return how far from the middle each point stands, so that none lies on another.

    From left to right, each takes the first of the rows 0, 1, -1, 2 .. whose last point is a
    point's width away.
    """
    if values.empty:
        return values
    width = float(values.max() - values.min()) / _POINTS_WIDE
    last: dict[int, float] = {}
    heights = {}
    for place, value in values.sort_values().items():
        row = next(r for r in _rows() if r not in last or value - last[r] > width)
        last[row] = value
        heights[place] = float(row)
    return pd.Series(heights).reindex(values.index)


def _rows() -> Iterator[int]:
    yield 0
    for distance in count(1):
        yield from (distance, -distance)


def _padded(values: "pd.Series[float]") -> list[float]:
    low = min(0.0, float(values.min())) if len(values) else -1.0
    high = max(0.0, float(values.max())) if len(values) else 1.0
    room = _ROOM * ((high - low) or 1.0)
    return [low - room, high + room]


def _add_names(
    drawing: Drawing,
    placed: pd.DataFrame,
    x_range: list[float],
    y_range: list[float],
) -> None:
    outside = placed[placed["side"] != _MIDDLE]
    ordered = outside.sort_values("estimate", key=abs, ascending=False)
    labels = [
        Label(str(row["name"]), row["estimate"], row["height"])
        for row in ordered.to_dict("records")
    ]
    # The names reckon with a taller plot than this one: its range is widened by as much.
    taller = PLOT_PIXELS[1] / (PLOT_HEIGHT - 70) * (y_range[1] - y_range[0])
    points = list(zip(placed["estimate"], placed["height"], strict=True))
    names = spread_labels(
        labels, points=points, x_range=x_range, y_range=[y_range[0], y_range[0] + taller]
    )
    add_labels(drawing, names)
