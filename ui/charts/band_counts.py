"""How many schools have which warning band, subject by subject."""

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.text import Words
from ui.theme import BANDS, TEXT_SIZE, Mark, Palette

_ROW_PIXELS, _ROOM = 36, 120
_LEAST_SHARE = 0.035  # of the widest bar: below it sign and number do not fit in


def band_counts(counts: pd.DataFrame, *, words: Words, palette: Palette) -> go.Figure:
    """Draw one bar per subject, its parts from serious to not enough data.

    Parameters
    ----------
    counts : DataFrame
        name (of the subject), band, n; subjects in the order in which they are drawn.
    """
    names = list(dict.fromkeys(counts["name"]))
    widest = counts.groupby("name")["n"].sum().max() if len(counts) else 1
    drawing = Drawing(palette)
    for code, mark in BANDS.items():
        rows = counts[counts["band"] == code].set_index("name").reindex(names)
        n = rows["n"].fillna(0).astype("int64")
        if n.any():
            drawing.add(_bars(mark, n, widest, words, palette))
    drawing.lay_out(
        barmode="stack",
        height=_ROW_PIXELS * max(len(names), 3) + _ROOM,
        bargap=0.25,
        legend={"traceorder": "normal"},
        showlegend=True,
    )
    drawing.set_y(autorange="reversed", showgrid=False, ticksuffix="  ", type="category")
    drawing.set_x(title=words("schools"), rangemode="tozero")
    return drawing.figure()


def _bars(mark: Mark, n: pd.Series, widest: float, words: Words, palette: Palette) -> go.Bar:
    is_colour = mark.colour in ("red", "yellow", "blue")
    fits = n >= _LEAST_SHARE * widest
    return go.Bar(
        orientation="h",
        y=[formats.safe_chart(str(name)) for name in n.index],
        x=n,
        name=f"{mark.sign} {words(mark.word)} ({int(n.sum())})",
        marker={
            "color": mark.paint(palette) if is_colour else palette.grid,
            "line": {"color": mark.outline(palette), "width": 1},
            "pattern": {
                "shape": "/" if mark is BANDS["insufficient"] else "",
                "fgcolor": palette.faint,
                "size": 14,
                "solidity": 0.12,
            },
        },
        text=[f"{mark.sign} {k}" if ok else "" for k, ok in zip(n, fits, strict=True)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"size": TEXT_SIZE, "color": _on_bar(mark, palette)},
        hovertemplate="%{y} · " + words(mark.word) + ": %{x}<extra></extra>",
    )


def _on_bar(mark: Mark, palette: Palette) -> str:
    """Return the colour in which text can be read on a part of the bar."""
    if mark.colour == "yellow":
        return "#1A1F29"
    return palette.paper if mark.colour in ("red", "blue") else palette.text
