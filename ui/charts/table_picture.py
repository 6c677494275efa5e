"""A table as a picture, with the words and digits of the screen."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.stamp import letters, wrapped
from ui.table_columns import Column, without_lines
from ui.theme import TEXT_SIZE, Palette

WIDTH = 1280
"""Pixels of a picture; a table of many columns makes a wider one."""

_ROW_PIXELS = 32
_LINE_PIXELS, _LINES_ROOM = 1.3 * TEXT_SIZE, 19.2  # how Plotly makes a row of lines taller
_LETTER_PIXELS, _CELL_ROOM = 9.2, 20
_MARGINS = 44
_MOST_LETTERS = 44  # in one line of a cell; a Chinese letter counts two
_LEAST_LETTERS = 16


def table_picture(
    rows: pd.DataFrame, *, columns: Mapping[str, Column], missing: str, palette: Palette
) -> go.Figure:
    """Draw all rows; small lines are left out, which a picture cannot hold.

    Long texts are broken into lines until the columns fit side by side; where they cannot,
    the picture is wider than ``WIDTH``.
    """
    drawn = without_lines(columns)
    texts = {name: column.texts(rows[name], missing=missing) for name, column in drawn.items()}
    widths = _widths([[drawn[name].title, *texts[name]] for name in drawn])
    heads = [wrapped(column.title, w) for column, w in zip(drawn.values(), widths, strict=True)]
    cells = [
        [wrapped(text, w) for text in texts[name]]
        for name, w in zip(drawn, widths, strict=True)
    ]
    heights = [_row_height(lines) for lines in zip(*cells, strict=True)]
    drawing = Drawing(palette)
    drawing.add(
        go.Table(
            columnwidth=[_pixels(width) for width in widths],
            header={
                **_style(drawn, palette, palette.grid),
                "values": [f"<b>{_broken(lines)}</b>" for lines in heads],
                "height": _ROW_PIXELS,
            },
            cells={
                **_style(drawn, palette, palette.paper),
                "values": [[_broken(lines) for lines in column] for column in cells],
                "height": _ROW_PIXELS,
            },
        )
    )
    drawing.lay_out(
        height=round(_row_height(heads) + sum(heights) + _ROW_PIXELS),
        width=max(WIDTH, round(sum(_pixels(width) for width in widths) + _MARGINS)),
        margin={"b": 10},
    )
    return drawing.figure()


def _widths(columns: Sequence[Sequence[str]]) -> list[int]:
    """Return the letters of each column: the longest are broken first, down to a limit."""
    longest = [
        min(max((letters(text) for text in texts), default=1), _MOST_LETTERS)
        for texts in columns
    ]
    widths = [max(width, 4) for width in longest]
    while sum(_pixels(width) for width in widths) > WIDTH - _MARGINS:
        widest = max(widths)
        if widest <= _LEAST_LETTERS:
            break
        widths[widths.index(widest)] -= 1
    return widths


def _pixels(width: int) -> float:
    return _LETTER_PIXELS * width + _CELL_ROOM


def _row_height(cells: Sequence[list[str]]) -> float:
    n_lines = max((len(lines) for lines in cells), default=1)
    return _ROW_PIXELS if n_lines < 2 else _LINE_PIXELS * n_lines + _LINES_ROOM


def _broken(lines: list[str]) -> str:
    return "<br>".join(formats.safe_chart(line) for line in lines)


def _style(columns: Mapping[str, Column], palette: Palette, fill: str) -> dict[str, object]:
    return {
        "align": ["left" if c.kind == "text" else "right" for c in columns.values()],
        "font": {"size": TEXT_SIZE, "color": palette.text},
        "fill": {"color": fill},
        "line": {"color": palette.grid},
    }
