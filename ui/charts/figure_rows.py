"""Rows of points with intervals: one row a school, subject, exam, class or knowledge point."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.stamp import wrapped
from ui.text import Words
from ui.theme import Mark, Palette

MOST_ROWS = 40
"""Rows that are read at once; more are cut before they are drawn, and the caption says so."""

_ROW_PIXELS, _LINE_PIXELS = 30, 20
_LABEL_WIDTH = 22  # Latin letters; a phone has room for no more beside the points
_TITLE_WIDTH = 30  # of the axis; a longer one would run out of a phone's plot
_ROOM = 110
_WIDE = 1.0  # span in pupil SD from which on one digit tells the ticks apart


@dataclass(frozen=True, slots=True)
class RowsAxis:
    """What the rows are measured in.

    Attributes
    ----------
    title : str
        Names the figure and its unit, in the reader's words.
    unit : str
        sd (signed), share (0 to 1, shown in per cent), change (of a share, signed, in per
        cent) or rank (whole, 1 is best).
    line : float or None
        Where a reference stands, such as 0 or a limit.
    line_name : str
        What it is called; empty for none.
    """

    title: str
    unit: Literal["sd", "share", "change", "rank"] = "sd"
    line: float | None = 0.0
    line_name: str = ""


def figure_rows(
    rows: pd.DataFrame,
    *,
    axis: RowsAxis,
    marks: Mapping[str, Mark],
    names: Mapping[str, str],
    palette: Palette,
) -> go.Figure:
    """Draw one row for each figure, the first on top.

    Parameters
    ----------
    rows : DataFrame
        code, name, estimate, low, high, mark (key of ``marks``), hover; rows without an
        estimate are left out, ends may be null, the first ``MOST_ROWS`` are drawn.
    marks : mapping of code to Mark
        How each value of ``mark`` looks, in the order of the legend.
    names : mapping of code to str
        How each value of ``mark`` is called in the legend.
    """
    shown = rows[rows["estimate"].notna()].head(MOST_ROWS)
    shown = shown.assign(place=range(1, len(shown) + 1))
    labels = [wrapped(str(name), _LABEL_WIDTH) for name in shown["name"]]
    drawing = Drawing(palette)
    for code, mark in marks.items():
        group = shown[shown["mark"] == code]
        if len(group):
            drawing.add(_points(group, mark, f"{names[code]} ({len(group)})", palette))
    drawing.set_y(
        tickmode="array",
        tickvals=shown["place"],
        ticktext=[_broken(label) + "  " for label in labels],
        # A named line has its name below the last row.
        range=[len(shown) + (1.5 if axis.line_name else 0.7), 0.3],
        showgrid=False,
    )
    title = wrapped(axis.title, _TITLE_WIDTH)
    drawing.set_x(title=_broken(title), tickformat=_ticks(axis, shown))
    if axis.line is not None:
        _add_line(drawing, axis, palette)
    most_lines = max((len(label) for label in labels), default=1)
    row = _ROW_PIXELS + _LINE_PIXELS * (most_lines - 1)
    drawing.lay_out(
        height=row * max(len(shown), 4) + _ROOM + _LINE_PIXELS * len(title),
        hovermode="closest",
        showlegend=True,
    )
    return drawing.figure()


def words_of(marks: Mapping[str, Mark], *, words: Words) -> dict[str, str]:
    """Return what the marks are called, in the reader's words."""
    return {code: words(mark.word) for code, mark in marks.items()}


def with_hover(rows: pd.DataFrame, axis: RowsAxis, *, words: Words) -> pd.DataFrame:
    """Return the rows with what stands beside the pointer: name, figure, interval, n."""
    return rows.assign(hover=[_hover(row, axis, words) for row in rows.to_dict("records")])


def _broken(lines: list[str]) -> str:
    return "<br>".join(formats.safe_chart(line) for line in lines)


def _ticks(axis: RowsAxis, rows: pd.DataFrame) -> str:
    """Return the format of the ticks; a narrow axis has ticks with two digits."""
    match axis.unit:
        case "rank":
            return "d"
        case "share":
            return ".0%"
        case "change":
            return "+.0%"
    ends = rows[["estimate", "low", "high"]].astype("float64")
    span = float(ends.max().max() - ends.min().min()) if len(rows) else 0.0
    return "+.1f" if span >= _WIDE else "+.2f"


def _points(group: pd.DataFrame, mark: Mark, name: str, palette: Palette) -> go.Scatter:
    colour, edge = mark.paint(palette), mark.outline(palette)
    estimate = group["estimate"].astype("float64")
    return go.Scatter(
        x=estimate,
        y=group["place"],
        mode="markers",
        name=name,
        marker={
            "symbol": mark.symbol,
            "size": 12,
            "color": colour,
            "line": {"color": edge, "width": 1.5},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (group["high"] - estimate).astype("float64").fillna(0.0),
            "arrayminus": (estimate - group["low"]).astype("float64").fillna(0.0),
            "color": edge,
            "thickness": 2,
            "width": 4,
        },
        customdata=group[["code"]],
        text=group["hover"],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(row: formats.Row, axis: RowsAxis, words: Words) -> str:
    lines = [f"<b>{formats.safe_chart(str(row['name']))}</b>"]
    if formats.is_number(row["estimate"]):
        lines.append(f"{_text(row['estimate'], axis)} {_ends(row, axis)}".rstrip())
    if formats.is_number(row["n_pupils"]):
        lines.append(words("{n} pupils", n=formats.count(row["n_pupils"])))
    return "<br>".join(lines)


def _ends(row: formats.Row, axis: RowsAxis) -> str:
    low, high = row["low"], row["high"]
    if not (formats.is_number(low) and formats.is_number(high)):
        return ""
    return formats.interval(_text(low, axis), _text(high, axis))


def _text(value: float, axis: RowsAxis) -> str:
    return formats.rate(value) if axis.unit in ("share", "change") else formats.signed(value)


def _add_line(drawing: Drawing, axis: RowsAxis, palette: Palette) -> None:
    drawing.add_line(
        x=axis.line,
        line={"color": palette.zero, "width": 2, "dash": "dash"},
        layer="below",
    )
    if axis.line_name:
        drawing.add_words(
            formats.safe_chart(axis.line_name),
            x=axis.line,
            y=0,
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            xshift=5,
            colour=palette.quiet,
            bgcolor=palette.paper,
        )
