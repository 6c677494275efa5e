"""Effects of schools on low starts against high starts, beside the line of equals."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from ui.charts.drawing import Drawing
from ui.charts.labels import Label, add_labels, spread_labels
from ui.text import Words
from ui.theme import Mark, Palette

PLOT_HEIGHT = 560
MOST_WHISKERS = 25
"""Schools whose intervals are told apart; of more, only flagged ones have theirs drawn."""

_ROOM = 0.05


def start_scatter(
    schools: pd.DataFrame,
    *,
    marks: Mapping[str, Mark],
    names: Mapping[str, str],
    words: Words,
    palette: Palette,
) -> go.Figure:
    """Draw one mark for each school: across its lowest starts, upwards its highest.

    Parameters
    ----------
    schools : DataFrame
        school, name, lowest_estimate, lowest_low, lowest_high, highest_estimate, highest_low,
        highest_high, flag (key of ``marks``), hover; rows without both are left out.
    marks, names : mapping of code to Mark, and to str
        How each flag looks, in the order of the legend, and what it is called.
    """
    shown = schools.dropna(subset=["lowest_estimate", "highest_estimate"])
    drawing = Drawing(palette)
    low, high = _reach(shown)
    drawing.add(_diagonal(low, high, words, palette))
    for code, mark in marks.items():
        group = shown[shown["flag"] == code]
        if len(group):
            has_whiskers = len(shown) <= MOST_WHISKERS or code != "none"
            title = f"{names[code]} ({len(group)})"
            drawing.add(_points(group, mark, title, has_whiskers, palette))
    _add_names(drawing, shown, (low, high))
    drawing.set_x(
        title=words("Value-added for the lowest starts, in pupil SD"),
        tickformat="+.1f",
        range=[low, high],
    )
    drawing.set_y(
        title=words("Value-added for the highest starts, in pupil SD"),
        tickformat="+.1f",
        range=[low, high],
    )
    drawing.add_line(x=0)
    drawing.add_line(y=0)
    drawing.lay_out(height=PLOT_HEIGHT, hovermode="closest", showlegend=True)
    return drawing.figure()


def _diagonal(low: float, high: float, words: Words, palette: Palette) -> go.Scatter:
    return go.Scatter(
        x=[low, high],
        y=[low, high],
        mode="lines",
        name=words("the same for both"),
        line={"color": palette.zero, "width": 2, "dash": "dash"},
        hoverinfo="skip",
    )


def _points(
    group: pd.DataFrame, mark: Mark, name: str, has_whiskers: bool, palette: Palette
) -> go.Scatter:
    colour, edge = mark.paint(palette), mark.outline(palette)
    whiskers = {
        f"error_{axis}": _whisker(group, side, edge)
        for axis, side in (("x", "lowest"), ("y", "highest"))
        if has_whiskers
    }
    return go.Scatter(
        x=group["lowest_estimate"],
        y=group["highest_estimate"],
        mode="markers",
        name=name,
        marker={
            "symbol": mark.symbol,
            "size": 13,
            "color": colour,
            "line": {"color": edge, "width": 1.5},
        },
        customdata=group[["school"]],
        text=group["hover"],
        hovertemplate="%{text}<extra></extra>",
        **whiskers,
    )


def _whisker(group: pd.DataFrame, side: str, colour: str) -> dict[str, object]:
    estimate = group[f"{side}_estimate"]
    return {
        "type": "data",
        "symmetric": False,
        "array": (group[f"{side}_high"] - estimate).fillna(0.0),
        "arrayminus": (estimate - group[f"{side}_low"]).fillna(0.0),
        "color": colour,
        "thickness": 0.8,
        "width": 0,
    }


def _add_names(drawing: Drawing, shown: pd.DataFrame, ends: tuple[float, float]) -> None:
    """Write names, flagged schools first, where they lie on no other."""
    far = (shown["lowest_estimate"] - shown["highest_estimate"]).abs()
    order = shown.assign(is_plain=shown["flag"] == "none", far=far).sort_values(
        ["is_plain", "far"], ascending=[True, False]
    )
    pairs = list(zip(order["lowest_estimate"], order["highest_estimate"], strict=True))
    labels = [Label(str(name), x, y) for name, (x, y) in zip(order["name"], pairs, strict=True)]
    add_labels(drawing, spread_labels(labels, points=pairs, x_range=ends, y_range=ends))


def _reach(shown: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of both axes, so that the line of equals is a diagonal."""
    columns = [f"{s}_{e}" for s in ("lowest", "highest") for e in ("estimate", "low", "high")]
    values = shown[columns].astype("float64")
    low, high = float(values.min().min()), float(values.max().max())
    room = _ROOM * ((high - low) or 1.0)
    return low - room, high + room
