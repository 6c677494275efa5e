"""Item map: how hard each item was, and how well it told pupils apart."""

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.charts.labels import Label, add_labels, spread_labels
from ui.flag_marks import ITEM_NOTES
from ui.text import Words
from ui.theme import Mark, Palette

PLOT_HEIGHT = 560
_X_RANGE = [-0.02, 1.02]


def item_map(
    items: pd.DataFrame,
    *,
    limits: tuple[float, float, float],
    words: Words,
    palette: Palette,
) -> go.Figure:
    """Draw one point an item, named by its number.

    Parameters
    ----------
    items : DataFrame
        item, full_mark, n_pupils, difficulty, low, high, discrimination, note; items without
        both figures are left out.
    limits : tuple of float
        Difficulty of the hardest and of the easiest usual item, and least discrimination.
    """
    shown = items.dropna(subset=["difficulty", "discrimination"])
    drawing = Drawing(palette)
    for code, mark in ITEM_NOTES.items():
        group = shown[shown["note"] == code]
        if len(group):
            drawing.add(_points(group, mark, words, palette))
    y_range = _y_range(shown["discrimination"])
    drawing.set_x(
        title=words("Difficulty: share of the points earned (right is easier)"),
        range=_X_RANGE,
        tickformat=".0%",
    )
    drawing.set_y(title=words("Discrimination: top less bottom 27%"), range=y_range)
    hardest, easiest, least = limits
    line = {"color": palette.zero, "width": 1.5, "dash": "dash"}
    drawing.add_line(x=hardest, line=line, layer="above")
    drawing.add_line(x=easiest, line=line, layer="above")
    drawing.add_line(y=least, line=line, layer="above")
    drawing.lay_out(height=PLOT_HEIGHT, showlegend=True, hovermode="closest")
    _add_numbers(drawing, shown, y_range)
    return drawing.figure()


def _points(group: pd.DataFrame, mark: Mark, words: Words, palette: Palette) -> go.Scatter:
    colour = mark.paint(palette)
    return go.Scatter(
        x=group["difficulty"],
        y=group["discrimination"],
        mode="markers",
        name=f"{words(mark.word)} ({len(group)})",
        marker={
            "symbol": mark.symbol,
            "size": 13,
            "color": colour,
            "line": {"color": colour, "width": 2},
        },
        customdata=group[["item"]],
        text=[_hover(row, words) for row in group.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(row: formats.Row, words: Words) -> str:
    ends = formats.interval(formats.rate(row["low"]), formats.rate(row["high"]))
    lines = [
        words(
            "<b>Item {item}</b>, {points} points",
            item=formats.safe_chart(str(row["item"])),
            points=formats.plain(row["full_mark"]),
        ),
        words(
            "Difficulty {value} {interval}",
            value=formats.rate(row["difficulty"]),
            interval=ends,
        ),
        words("Discrimination {value}", value=formats.plain(row["discrimination"], digits=2)),
        words("{n} pupils", n=formats.count(row["n_pupils"])),
    ]
    return "<br>".join(lines)


def _y_range(values: "pd.Series[float]") -> list[float]:
    low = min(0.0, float(values.min())) if len(values) else 0.0
    high = max(0.6, float(values.max())) if len(values) else 0.6
    return [low - 0.05, high + 0.08]


def _add_numbers(drawing: Drawing, shown: pd.DataFrame, y_range: list[float]) -> None:
    # Items with a note choose their place first.
    ordered = shown.assign(is_plain=shown["note"] == "").sort_values("is_plain", kind="stable")
    labels = [
        Label(str(row["item"]), row["difficulty"], row["discrimination"])
        for row in ordered.to_dict("records")
    ]
    points = list(zip(shown["difficulty"], shown["discrimination"], strict=True))
    placed = spread_labels(labels, points=points, x_range=_X_RANGE, y_range=y_range)
    add_labels(drawing, placed)
