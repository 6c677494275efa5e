"""How many calls were right, false or missed: one bar for each pair of exams."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.stamp import wrapped
from ui.text import Words
from ui.theme import TEXT_SIZE, Mark, Palette

MOST_BARS = 16
"""Pairs of exams that are read at once; more are cut before they are drawn."""

_ROW_PIXELS, _ROOM, _LABEL_WIDTH = 48, 130, 24
_FILLED, _HATCHED = "hits", "false_alarms"
"""What is missed is an empty box with an edge: nobody was called."""


def outcome_bars(
    pairs: pd.DataFrame, *, marks: Mapping[str, Mark], words: Words, palette: Palette
) -> go.Figure:
    """Draw the counts of each pair side by side in one bar, the first pair on top.

    Parameters
    ----------
    pairs : DataFrame
        name (of the pair), and one column of counts for each of ``marks``.
    """
    drawing = Drawing(palette)
    places = list(range(1, len(pairs) + 1))
    for code, mark in marks.items():
        drawing.add(_bars(pairs[code], pairs["name"], places, code, mark, words, palette))
    labels = [wrapped(str(name), _LABEL_WIDTH) for name in pairs["name"]]
    drawing.set_y(
        tickmode="array",
        tickvals=places,
        ticktext=["<br>".join(map(formats.safe_chart, label)) + "  " for label in labels],
        range=[len(pairs) + 0.6, 0.4],
        showgrid=False,
    )
    drawing.set_x(title=words("schools"), rangemode="tozero", tickformat="d")
    drawing.lay_out(
        barmode="stack",
        bargap=0.3,
        height=_ROW_PIXELS * max(len(pairs), 3) + _ROOM,
        showlegend=True,
    )
    # Stacked bars would have it the other way round.
    return drawing.figure().update_layout(legend_traceorder="normal")


def _bars(
    counts: pd.Series,
    names: pd.Series,
    places: list[int],
    code: str,
    mark: Mark,
    words: Words,
    palette: Palette,
) -> go.Bar:
    is_filled = code == _FILLED
    return go.Bar(
        orientation="h",
        y=places,
        # A bar of none would still have its edge.
        x=[int(n) if n else None for n in counts],
        name=f"{mark.sign} {words(mark.word)} ({int(counts.sum())})",
        marker={
            "color": mark.paint(palette) if is_filled else palette.paper,
            "line": {"color": mark.outline(palette), "width": 2},
            "pattern": {
                "shape": "/" if code == _HATCHED else "",
                "fgcolor": palette.faint,
                "size": 14,
                "solidity": 0.12,
            },
        },
        text=[f"{mark.sign} {n}" if n else "" for n in counts],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"size": TEXT_SIZE, "color": palette.paper if is_filled else palette.text},
        hovertext=[formats.safe_chart(str(name)) for name in names],
        hovertemplate="%{hovertext}<br>" + words(mark.word) + ": %{x}<extra></extra>",
    )
