"""What each indicator is said to count beside what it decides: two marks and a bar a row."""

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.stamp import wrapped
from ui.text import Words
from ui.theme import Palette

_ROW_PIXELS, _ROOM, _LABEL_WIDTH = 34, 110, 22


def weight_shift(rows: pd.DataFrame, *, words: Words, palette: Palette) -> go.Figure:
    """Draw one row for each indicator, the first on top.

    Parameters
    ----------
    rows : DataFrame
        name, nominal, effective (shares; effective may be null).
    """
    drawing = Drawing(palette)
    place = list(range(1, len(rows) + 1))
    effective = rows["effective"].astype("float64")
    bars = [
        value
        for row, at in zip(rows.to_dict("records"), place, strict=True)
        for value in ((row["nominal"], at), (row["effective"], at), (None, None))
    ]
    drawing.add(
        go.Scatter(
            x=[x for x, _ in bars],
            y=[y for _, y in bars],
            mode="lines",
            line={"color": palette.faint, "width": 4},
            hoverinfo="skip",
            showlegend=False,
        ),
        _marks(
            rows["nominal"],
            place,
            rows,
            words("weight (nominal)"),
            "diamond-open",
            palette.neutral,
        ),
        _marks(effective, place, rows, words("decides (effective)"), "circle", palette.above),
    )
    labels = [
        "<br>".join(map(formats.safe_chart, wrapped(str(name), _LABEL_WIDTH)))
        for name in rows["name"]
    ]
    drawing.set_y(
        tickmode="array",
        tickvals=place,
        ticktext=[label + "  " for label in labels],
        range=[len(rows) + 0.7, 0.3],
        showgrid=False,
    )
    drawing.set_x(title=words("share of the composite"), tickformat=".0%")
    drawing.add_line(x=0)
    drawing.lay_out(
        height=_ROW_PIXELS * max(len(rows), 3) + _ROOM, hovermode="closest", showlegend=True
    )
    return drawing.figure()


def _marks(
    values: pd.Series, place: list[int], rows: pd.DataFrame, name: str, symbol: str, colour: str
) -> go.Scatter:
    hovers = [
        f"<b>{formats.safe_chart(str(label))}</b><br>{name} {formats.rate(value)}"
        if formats.is_number(value)
        else ""
        for label, value in zip(rows["name"], values, strict=True)
    ]
    return go.Scatter(
        x=values,
        y=place,
        mode="markers",
        name=name,
        marker={
            "symbol": symbol,
            "size": 14,
            "color": colour,
            "line": {"color": colour, "width": 2},
        },
        text=hovers,
        hovertemplate="%{text}<extra></extra>",
    )
