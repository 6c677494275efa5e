"""Rows of points with intervals: one row a school, subject, exam or knowledge point."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.stamp import base_layout, wrapped
from ui.text import Words
from ui.theme import TEXT_SIZE, Mark, Palette

MOST_ROWS = 40
"""Rows that are read at once; more are cut before they are drawn, and the caption says so."""

_ROW_PIXELS, _TWO_LINES = 30, 46
_LABEL_WIDTH = 24  # Latin letters; a phone has room for no more beside the points
_ROOM = 110


@dataclass(frozen=True, slots=True)
class RowsAxis:
    """What the rows are measured in.

    Attributes
    ----------
    title : str
        In the reader's words.
    is_share : bool
        Shares of 0 to 1, written as per cent; otherwise differences with a sign.
    line : float or None
        Where a reference stands, such as 0 or a limit.
    line_name : str
        What it is called; empty for none.
    """

    title: str
    is_share: bool = False
    line: float | None = 0.0
    line_name: str = ""


def figure_rows(
    rows: pd.DataFrame,
    *,
    axis: RowsAxis,
    marks: Mapping[str, Mark],
    words: Words,
    palette: Palette,
) -> go.Figure:
    """Draw one row for each figure, the first on top.

    Parameters
    ----------
    rows : DataFrame
        code, name, n_pupils, estimate, low, high, mark (key of ``marks``); rows without an
        estimate are left out, ends may be null.
    """
    shown = rows[rows["estimate"].notna()].reset_index(drop=True)
    shown = shown.assign(place=range(1, len(shown) + 1))
    figure = go.Figure(layout=base_layout(palette))
    for code, mark in marks.items():
        group = shown[shown["mark"] == code]
        if len(group):
            figure.add_trace(_points(group, mark, axis, words, palette))
    figure.update_yaxes(
        tickmode="array",
        tickvals=shown["place"],
        ticktext=[_label(str(name)) + "  " for name in shown["name"]],
        # A named line has its name below the last row.
        range=[len(shown) + (1.5 if axis.line_name else 0.7), 0.3],
        showgrid=False,
    )
    figure.update_xaxes(title_text=axis.title, tickformat=".0%" if axis.is_share else None)
    if axis.line is not None:
        _add_line(figure, axis, palette)
    is_long = any("<br>" in _label(str(name)) for name in shown["name"])
    row = _TWO_LINES if is_long else _ROW_PIXELS
    figure.update_layout(height=row * max(len(shown), 3) + _ROOM, showlegend=True)
    return figure


def _label(name: str) -> str:
    return "<br>".join(formats.safe_chart(line) for line in wrapped(name, _LABEL_WIDTH))


def _points(
    group: pd.DataFrame, mark: Mark, axis: RowsAxis, words: Words, palette: Palette
) -> go.Scatter:
    colour = mark.paint(palette)
    return go.Scatter(
        x=group["estimate"],
        y=group["place"],
        mode="markers",
        name=f"{words(mark.word)} ({len(group)})",
        marker={
            "symbol": mark.symbol,
            "size": 11,
            "color": colour,
            "line": {"color": colour, "width": 1.5},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (group["high"] - group["estimate"]).fillna(0.0),
            "arrayminus": (group["estimate"] - group["low"]).fillna(0.0),
            "color": colour,
            "thickness": 2,
            "width": 4,
        },
        customdata=group[["code"]],
        text=[_hover(row, axis, words) for row in group.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(row: formats.Row, axis: RowsAxis, words: Words) -> str:
    lines = [
        f"<b>{formats.safe_chart(str(row['name']))}</b>",
        f"{_text(row['estimate'], axis)} {_ends(row, axis)}".rstrip(),
    ]
    if formats.is_number(row["n_pupils"]):
        lines.append(words("{n} pupils", n=formats.count(row["n_pupils"])))
    return "<br>".join(lines)


def _ends(row: formats.Row, axis: RowsAxis) -> str:
    low, high = row["low"], row["high"]
    if not (formats.is_number(low) and formats.is_number(high)):
        return ""
    return formats.interval(_text(low, axis), _text(high, axis))


def _text(value: float, axis: RowsAxis) -> str:
    return formats.rate(value) if axis.is_share else formats.signed(value)


def _add_line(figure: go.Figure, axis: RowsAxis, palette: Palette) -> None:
    dash = "dash" if axis.line_name else "solid"
    figure.add_vline(x=axis.line, line={"color": palette.zero, "width": 1.5, "dash": dash})
    if axis.line_name:
        figure.add_annotation(
            text=formats.safe_chart(axis.line_name),
            x=axis.line,
            y=0,
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            xshift=5,
            showarrow=False,
            font={"size": TEXT_SIZE, "color": palette.quiet},
            bgcolor=palette.paper,
        )
