"""A rate of every school by its size, between the limits that chance explains."""

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.charts.labels import Label, add_labels, spread_labels
from ui.text import Words, marked
from ui.theme import Mark, Palette

PLOT_HEIGHT = 520
MOST_POINTS = 260
MARKS: dict[str, Mark] = {
    "above_998": Mark("▲", "triangle-up", "above", marked("above the 99.8% limit")),
    "above_95": Mark("△", "triangle-up-open", "above", marked("above the 95% limit")),
    "inside": Mark("●", "circle", "neutral", marked("inside the limits")),
    "below_95": Mark("▽", "triangle-down-open", "below", marked("below the 95% limit")),
    "below_998": Mark("▼", "triangle-down", "below", marked("below the 99.8% limit")),
}
_LINES = (
    ("low_998", "dash", marked("99.8% limits")),
    ("low_95", "dot", marked("95% limits")),
    ("high_95", "dot", ""),
    ("high_998", "dash", ""),
)
_OTHER_SIDE = {"above": "below", "below": "above", "neutral": "neutral"}


def funnel(
    units: pd.DataFrame,
    limits: pd.DataFrame,
    *,
    target: float,
    lower_is_better: bool,
    words: Words,
    palette: Palette,
) -> go.Figure:
    """Draw the schools and the lines of the funnel; a name stands outside the outer limits.

    Parameters
    ----------
    units : DataFrame
        school, name, n_pupils, estimate (0 to 1), flag.
    limits : DataFrame
        n_pupils, low_998, low_95, high_95, high_998.
    lower_is_better : bool
        Turns the colours round; the shapes still point up and down.
    """
    drawing = Drawing(palette)
    for column, dash, name in _LINES:
        drawing.add(_limit(limits, column, dash, words(name) if name else "", palette))
    drawn = _few_inside(units)
    for flag, mark in MARKS.items():
        group = drawn[drawn["flag"] == flag]
        if len(group):
            colour = _OTHER_SIDE[mark.colour] if lower_is_better else mark.colour
            n_all = int((units["flag"] == flag).sum())
            drawing.add(_points(group, mark, str(getattr(palette, colour)), n_all, words))
    drawing.add_line(y=100 * target)
    x_range, y_range = _ranges(units, limits)
    drawing.set_x(title=words("pupils of the school"), range=x_range)
    drawing.set_y(title=words("rate, %"), range=y_range)
    drawing.lay_out(height=PLOT_HEIGHT, hovermode="closest", showlegend=True)
    _add_names(drawing, units, (x_range, y_range))
    return drawing.figure()


def _few_inside(units: pd.DataFrame) -> pd.DataFrame:
    """Return all schools outside the limits, and so many inside as can be drawn quickly."""
    inside = units[units["flag"] == "inside"]
    room = max(MOST_POINTS - (len(units) - len(inside)), 1)
    step = max(-(-len(inside) // room), 1)
    return pd.concat([units[units["flag"] != "inside"], inside.iloc[::step]])


def _limit(
    limits: pd.DataFrame, column: str, dash: str, name: str, palette: Palette
) -> go.Scatter:
    return go.Scatter(
        x=limits["n_pupils"],
        y=100 * limits[column],
        mode="lines",
        name=name,
        showlegend=bool(name),
        line={"color": palette.zero, "width": 1.6, "dash": dash},
        hoverinfo="skip",
    )


def _points(
    group: pd.DataFrame, mark: Mark, colour: str, n_all: int, words: Words
) -> go.Scatter:
    return go.Scatter(
        x=group["n_pupils"],
        y=100 * group["estimate"],
        mode="markers",
        name=f"{words(mark.word)} ({n_all})",
        marker={
            "symbol": mark.symbol,
            "size": 12,
            "color": colour,
            "line": {"color": colour, "width": 1.5},
        },
        customdata=group[["school"]],
        text=[_hover(row, words) for row in group.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(row: formats.Row, words: Words) -> str:
    return "<br>".join(
        (
            f"<b>{formats.safe_chart(str(row['name']))}</b>",
            formats.rate(row["estimate"]),
            words("{n} pupils", n=formats.count(row["n_pupils"])),
        )
    )


def _ranges(units: pd.DataFrame, limits: pd.DataFrame) -> tuple[list[float], list[float]]:
    """Return room for all schools and all lines, inside of what a rate can be."""
    low = 100 * min(float(units["estimate"].min()), float(limits["low_998"].min()))
    high = 100 * max(float(units["estimate"].max()), float(limits["high_998"].max()))
    room = max(0.06 * (high - low), 1.0)
    most = float(units["n_pupils"].max())
    return [0.0, 1.12 * most], [max(low - room, -2.0), min(high + room, 104.0)]


def _add_names(
    drawing: Drawing,
    units: pd.DataFrame,
    ranges: tuple[list[float], list[float]],
) -> None:
    outside = units[units["flag"].isin(["above_998", "below_998"])]
    labels = [
        Label(str(row["name"]), row["n_pupils"], 100 * row["estimate"])
        for row in outside.to_dict("records")
    ]
    points = list(zip(units["n_pupils"].astype(float), 100 * units["estimate"], strict=True))
    placed = spread_labels(labels, points=points, x_range=ranges[0], y_range=ranges[1])
    add_labels(drawing, placed)
