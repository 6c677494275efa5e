"""The status x change grid: how many schools stand in each cell, and what the cell gives."""

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.band_words import CHANGE_LEVELS, NO_EARLIER, STATUS_LEVELS
from ui.charts.drawing import Drawing
from ui.stamp import wrapped
from ui.text import Words
from ui.theme import BANDS, TEXT_SIZE, Palette

PLOT_HEIGHT = 440
_FILL = 0.25
_MOST_NAMES = 8


def status_grid(cells: pd.DataFrame, *, words: Words, palette: Palette) -> go.Figure:
    """Draw every cell in the colour of its band, with shape and number of schools.

    Parameters
    ----------
    cells : DataFrame
        status (1 lowest .. 5), change (1 large fall .. 5 large rise, 6 not known), band, n,
        names (of the schools in the cell); one row per cell.
    """
    drawing = Drawing(palette)
    for row in cells.to_dict("records"):
        mark = BANDS[str(row["band"])]
        drawing.add_box(
            (row["change"] - 0.5, row["change"] + 0.5),
            (row["status"] - 0.5, row["status"] + 0.5),
            fillcolor=mark.paint(palette) if row["band"] != "none" else palette.paper,
            opacity=_FILL,
            line={"width": 0},
        )
    drawing.add(
        go.Scatter(
            x=cells["change"],
            y=cells["status"],
            mode="text",
            text=[f"{BANDS[str(b)].sign} {n}" for b, n in _pairs(cells)],
            textfont={"size": TEXT_SIZE + 2, "color": palette.text},
            hovertext=[_hover(row, words) for row in cells.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
            showlegend=False,
        )
    )
    changes = [*CHANGE_LEVELS, NO_EARLIER][: int(cells["change"].max())]
    _lay_out(drawing, changes, int(cells["change"].min()), words, palette)
    return drawing.figure()


def _pairs(cells: pd.DataFrame) -> list[tuple[str, int]]:
    return list(zip(cells["band"], cells["n"], strict=True))


def _lay_out(
    drawing: Drawing, changes: list[str], first: int, words: Words, palette: Palette
) -> None:
    places = list(range(first, len(changes) + 1))
    drawing.set_x(
        title=words("Change since the exam before"),
        tickmode="array",
        tickvals=places,
        ticktext=["<br>".join(wrapped(words(changes[k - 1]), 12)) for k in places],
        tickangle=0,
        range=[first - 0.5, len(changes) + 0.5],
        showgrid=False,
    )
    drawing.set_y(
        title=words("Level in the comparison group"),
        tickmode="array",
        tickvals=list(range(1, len(STATUS_LEVELS) + 1)),
        ticktext=[words(level) + "  " for level in STATUS_LEVELS],
        range=[0.5, len(STATUS_LEVELS) + 0.5],
        showgrid=False,
    )
    gap = {"color": palette.paper, "width": 3}
    for edge in range(first, len(changes)):
        drawing.add_line(x=edge + 0.5, line=gap, layer="above")
    for edge in range(1, len(STATUS_LEVELS)):
        drawing.add_line(y=edge + 0.5, line=gap, layer="above")
    drawing.lay_out(height=PLOT_HEIGHT)


def _hover(row: formats.Row, words: Words) -> str:
    names = list(row["names"])
    lines = [
        f"<b>{words(BANDS[str(row['band'])].word)}</b>",
        words.plural("{n} school", "{n} schools", n=int(row["n"])),
        *[formats.safe_chart(str(name)) for name in names[:_MOST_NAMES]],
    ]
    if len(names) > _MOST_NAMES:
        lines.append(words("{n} more", n=len(names) - _MOST_NAMES))
    return "<br>".join(lines)
