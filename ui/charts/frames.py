"""One school in several frames: where its mark lies between the lowest and the highest."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.text import Words
from ui.theme import Palette

_ROW_PIXELS = 54
_BOX = 0.32
_ROOM = 0.05


def frames(rows: pd.DataFrame, *, words: Words, palette: Palette) -> go.Figure:
    """Draw a line from the lowest to the highest school of each frame, a box, and the own mark.

    Parameters
    ----------
    rows : DataFrame
        name, lowest, q1, median, q3, highest, own, n_schools; one row for each frame, none
        of the figures null.
    """
    drawing = Drawing(palette)
    places = list(range(1, len(rows) + 1))
    drawing.add(_range(rows, places, words, palette))
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        _add_box(drawing, place, row, palette)
    drawing.add(_median(rows, places, words, palette))
    drawing.add(_own(rows, places, words, palette))
    drawing.set_y(
        tickmode="array",
        tickvals=places,
        ticktext=[_label(row, words) for row in rows.to_dict("records")],
        range=[len(rows) + 0.7, 0.3],
        showgrid=False,
    )
    low, high = float(rows["lowest"].min()), float(rows["highest"].max())
    room = _ROOM * ((high - low) or 1.0)
    drawing.set_x(title=words("pupil SD"), tickformat="+.1f", range=[low - room, high + room])
    drawing.add_line(x=0)
    height = _ROW_PIXELS * max(len(rows), 3) + 130
    drawing.lay_out(height=height, hovermode="closest", showlegend=True)
    return drawing.figure()


def _range(
    rows: pd.DataFrame, places: Sequence[int], words: Words, palette: Palette
) -> go.Scatter:
    """Return one trace for all lines, with gaps between them."""
    x: list[float | None] = []
    y: list[float | None] = []
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        x += [row["lowest"], row["highest"], None]
        y += [place, place, None]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        name=words("lowest to highest school; box: middle half"),
        line={"color": palette.neutral, "width": 2},
        hoverinfo="skip",
    )


def _add_box(drawing: Drawing, place: int, row: formats.Row, palette: Palette) -> None:
    drawing.add_box(
        (row["q1"], row["q3"]),
        (place - _BOX, place + _BOX),
        line={"color": palette.neutral, "width": 1.5},
        fillcolor=palette.grid,
    )


def _median(
    rows: pd.DataFrame, places: Sequence[int], words: Words, palette: Palette
) -> go.Scatter:
    return go.Scatter(
        x=rows["median"],
        y=places,
        mode="markers",
        name=words("median school"),
        marker={
            "symbol": "line-ns-open",
            "size": 26,
            "color": palette.text,
            "line": {"color": palette.text, "width": 3},
        },
        hoverinfo="skip",
    )


def _own(
    rows: pd.DataFrame, places: Sequence[int], words: Words, palette: Palette
) -> go.Scatter:
    return go.Scatter(
        x=rows["own"],
        y=places,
        mode="markers",
        name=words("this school"),
        marker={"symbol": "diamond", "size": 17, "color": palette.own},
        text=[_hover(row, words) for row in rows.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(row: formats.Row, words: Words) -> str:
    ends = (formats.signed(row[name]) for name in ("lowest", "highest"))
    return "<br>".join(
        [
            f"<b>{formats.safe_chart(str(row['name']))}</b>",
            words("this school {own}", own=formats.signed(row["own"])),
            words(
                "median {median}, lowest to highest {ends}",
                median=formats.signed(row["median"]),
                ends=formats.interval(*ends),
            ),
            words("{n} schools", n=formats.count(row["n_schools"])),
        ]
    )


def _label(row: formats.Row, words: Words) -> str:
    """Return name and size in two lines, so that the marks keep their room."""
    n = words.plural("{n} school", "{n} schools", n=int(row["n_schools"]))
    return f"{formats.safe_chart(str(row['name']))}  <br>{n}  "
