"""Means over several school years with intervals, and the single years as small marks."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.stamp import wrapped
from ui.text import Words
from ui.theme import Mark, Palette

MOST_ROWS = 45
"""Schools that are named in rows; of more, those in the middle are left out by the caller."""

_YEAR_SYMBOLS = ("diamond-open", "square-open", "triangle-up-open")
_ROW_PIXELS, _ROOM, _NAME_WIDTH = 30, 140, 26


def year_marks(
    schools: pd.DataFrame,
    single: pd.DataFrame,
    *,
    exams: Sequence[str],
    marks: Mapping[str, Mark],
    names: Mapping[str, str],
    words: Words,
    palette: Palette,
) -> go.Figure:
    """Draw one row for each school, the first on top.

    Parameters
    ----------
    schools : DataFrame
        code, name, estimate, low, high, mark (key of ``marks``), hover.
    single : DataFrame
        school, exam, estimate.
    exams : sequence of str
        The years' exams, latest first.
    marks, names : mapping of code to Mark, and to str
        How each verdict looks, in the order of the legend, and what it is called.
    """
    shown = schools[schools["estimate"].notna()].head(MOST_ROWS)
    shown = shown.assign(place=range(1, len(shown) + 1))
    place = shown.set_index("code")["place"]
    drawing = Drawing(palette)
    for code, mark in marks.items():
        group = shown[shown["mark"] == code]
        if len(group):
            drawing.add(_means(group, mark, f"{names[code]} ({len(group)})", palette))
    for exam, symbol in zip(exams, _YEAR_SYMBOLS, strict=False):
        rows = single[(single["exam"] == exam) & single["school"].isin(place.index)]
        drawing.add(_year(rows, rows["school"].map(place), exam, symbol, palette))
    drawing.set_y(
        tickmode="array",
        tickvals=shown["place"],
        ticktext=[_label(str(name)) + "  " for name in shown["name"]],
        range=[len(shown) + 0.7, 0.3],
        showgrid=False,
    )
    drawing.set_x(title=words("Value-added, in pupil SD"), tickformat="+.2f")
    drawing.add_line(x=0, line={"color": palette.zero, "width": 2, "dash": "dash"})
    drawing.lay_out(
        height=_ROW_PIXELS * max(len(shown), 4) + _ROOM, hovermode="closest", showlegend=True
    )
    return drawing.figure()


def _label(name: str) -> str:
    return "<br>".join(formats.safe_chart(line) for line in wrapped(name, _NAME_WIDTH))


def _means(group: pd.DataFrame, mark: Mark, name: str, palette: Palette) -> go.Scatter:
    colour, edge = mark.paint(palette), mark.outline(palette)
    return go.Scatter(
        x=group["estimate"],
        y=group["place"],
        mode="markers",
        name=name,
        marker={
            "symbol": mark.symbol,
            "size": 13,
            "color": colour,
            "line": {"color": edge, "width": 1.5},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (group["high"] - group["estimate"]).fillna(0.0),
            "arrayminus": (group["estimate"] - group["low"]).fillna(0.0),
            "color": edge,
            "thickness": 2,
            "width": 4,
        },
        customdata=group[["code"]],
        text=group["hover"],
        hovertemplate="%{text}<extra></extra>",
    )


def _year(
    rows: pd.DataFrame, places: pd.Series, exam: str, symbol: str, palette: Palette
) -> go.Scatter:
    name = formats.safe_chart(exam)
    return go.Scatter(
        x=rows["estimate"],
        # A little below the mean, so that neither lies on the other.
        y=places + 0.28,
        mode="markers",
        name=name,
        marker={
            "symbol": symbol,
            "size": 7,
            "color": palette.quiet,
            "line": {"color": palette.quiet, "width": 1.2},
        },
        text=[
            f"{name}<br>{formats.signed(value)}" if formats.is_number(value) else ""
            for value in rows["estimate"]
        ],
        hovertemplate="%{text}<extra></extra>",
    )
