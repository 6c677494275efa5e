"""Attainment against value-added: where the schools stand in both at once."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.charts.labels import Label, add_labels, spread_labels
from ui.charts.legend import judged_groups
from ui.text import Words
from ui.theme import Mark, Palette

LABELLED_INDEX = 2.0
PLOT_HEIGHT = 560
_SMALLEST, _LARGEST = 9.0, 30.0
_FEW = 60  # schools that stand apart at full size
_ROOM = 0.14  # of the range, left free at each edge for names and quadrant words


def quadrant(schools: pd.DataFrame, *, words: Words, palette: Palette) -> go.Figure:
    """Draw one point per judged school; its size is n, its name stands where it stands out.

    Parameters
    ----------
    schools : DataFrame
        school, name, n, z, z_low, z_high, estimate, low, high, index, verdict of the schools
        that are shown; none of the figures is null.
    """
    ranges = padded(schools["z"]), padded(schools["estimate"])
    drawing = empty_quadrant(*ranges, words=words, palette=palette)
    add_judged(drawing, schools, words=words, palette=palette)
    _add_names(drawing, schools, ranges)
    return drawing.figure()


def empty_quadrant(
    x_range: list[float], y_range: list[float], *, words: Words, palette: Palette
) -> Drawing:
    """Return axes, zero lines and what the four corners are called."""
    drawing = Drawing(palette)
    drawing.set_x(title=words("Attainment: mean z, in pupil SD"), range=x_range)
    drawing.set_y(title=words("Value-added, in pupil SD"), range=y_range)
    drawing.add_line(y=0)
    drawing.add_line(x=0)
    drawing.lay_out(height=PLOT_HEIGHT, hovermode="closest")
    _add_corner_words(drawing, words, palette)
    return drawing


def add_judged(
    drawing: Drawing, schools: pd.DataFrame, *, words: Words, palette: Palette
) -> None:
    """Add the points of the judged schools."""
    sizes = _sizes(schools["n"])
    for mark, group in judged_groups(schools):
        drawing.add(_points(group, mark, sizes, words, palette))


def _points(
    group: pd.DataFrame, mark: Mark, sizes: pd.Series, words: Words, palette: Palette
) -> go.Scatter:
    colour = mark.paint(palette)
    return go.Scatter(
        x=group["z"],
        y=group["estimate"],
        mode="markers",
        name=f"{words(mark.word)} ({len(group)})",
        marker={
            "symbol": mark.symbol,
            "size": sizes[group.index],
            "color": colour,
            "opacity": 0.85,
            "line": {"color": colour, "width": 2},
        },
        customdata=group[["school"]],
        text=[hover_text(row, words=words) for row in group.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def hover_text(row: formats.Row, *, words: Words) -> str:
    """Return name, both figures with intervals, and n of one school."""
    lines = [
        f"<b>{formats.safe_chart(str(row['name']))}</b>",
        words("Attainment {z} {interval}", z=_signed(row["z"]), interval=_ends(row, "z_")),
        words(
            "Value-added {v} {interval}", v=_signed(row["estimate"]), interval=_ends(row, "")
        ),
        words("{n} pupils linked", n=f"{row['n']:,.0f}"),
    ]
    return "<br>".join(lines)


def _signed(value: object) -> str:
    return formats.signed(value) if formats.is_number(value) else ""


def _ends(row: formats.Row, prefix: str) -> str:
    return formats.signed_interval(row[f"{prefix}low"], row[f"{prefix}high"])


def _sizes(n_pupils: pd.Series) -> pd.Series:
    """Return marker sizes whose area grows with n; smaller ones where there are many."""
    crowd = min(1.0, max(0.5, (_FEW / max(len(n_pupils), 1)) ** 0.5))
    largest = max(float(n_pupils.max()), 1.0) if len(n_pupils) else 1.0
    sizes: pd.Series[float] = crowd * (
        _SMALLEST + (_LARGEST - _SMALLEST) * np.sqrt(n_pupils / largest)
    )
    return sizes


def padded(values: pd.Series) -> list[float]:
    """Return a range that holds the values and zero, with room for words at the edges."""
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    room = _ROOM * ((high - low) or 1.0)
    return [low - room, high + room]


def _add_corner_words(drawing: Drawing, words: Words, palette: Palette) -> None:
    corners: Sequence[tuple[float, float, str]] = (
        (0, 1, words("lower attainment, adds more")),
        (1, 1, words("higher attainment, adds more")),
        (0, 0, words("lower attainment, adds less")),
        (1, 0, words("higher attainment, adds less")),
    )
    for x, y, text in corners:
        drawing.add_words(
            text,
            x=x,
            y=y,
            xref="paper",
            yref="paper",
            xanchor="right" if x else "left",
            yanchor="top" if y else "bottom",
            colour=palette.quiet,
        )


def _add_names(
    drawing: Drawing,
    schools: pd.DataFrame,
    ranges: tuple[list[float], list[float]],
) -> None:
    outstanding = schools[schools["index"].abs() >= LABELLED_INDEX]
    ordered = outstanding.sort_values("index", key=abs, ascending=False)
    labels = [
        Label(str(row["name"]), row["z"], row["estimate"]) for row in ordered.to_dict("records")
    ]
    others = list(zip(schools["z"], schools["estimate"], strict=True))
    placed = spread_labels(labels, points=others, x_range=ranges[0], y_range=ranges[1])
    add_labels(drawing, placed)
