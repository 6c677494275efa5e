"""A growth chart: curves of the county over the prior score, and a group of pupils on it."""

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.text import Words, marked
from ui.theme import Palette

PLOT_HEIGHT = 500
_MIDDLE = 50
_DASHES = {10: "dot", 25: "dash", 50: "solid", 75: "dash", 90: "dot"}
_MEASURES = {
    "median": ("diamond", marked("the group: median")),
    "mean": ("diamond-open", marked("the group: mean (under 20 pupils)")),
}
_DRAWN_PIXELS, _LINE_PIXELS = 380.0, 17.0
_ROOM = 0.06  # of the width, for the numbers at the ends of the curves


def growth_chart(
    curves: pd.DataFrame, fifths: pd.DataFrame, *, words: Words, palette: Palette
) -> go.Figure:
    """Draw the curves with their percentile at the end, and a mark for each fifth.

    Parameters
    ----------
    curves : DataFrame
        percentile, start, score.
    fifths : DataFrame
        name, n, start, measure (median mean), estimate, low, high, typical; rows without an
        estimate are left out.
    """
    drawing = Drawing(palette)
    for place, (percentile, rows) in enumerate(curves.groupby("percentile")):
        drawing.add(_curve(rows, int(str(percentile)), place == 0, words, palette))
    _add_percentiles(drawing, curves)
    shown = fifths[fifths["estimate"].notna()]
    for measure, (symbol, name) in _MEASURES.items():
        rows = shown[shown["measure"] == measure]
        if len(rows):
            drawing.add(_marks(rows, symbol, words(name), words, palette))
    drawing.set_x(title=words("Prior score, in points"), range=_reach(curves, shown))
    drawing.set_y(title=words("Current score, in points"))
    drawing.lay_out(height=PLOT_HEIGHT, hovermode="closest", showlegend=True)
    return drawing.figure()


def _curve(
    rows: pd.DataFrame, percentile: int, is_first: bool, words: Words, palette: Palette
) -> go.Scatter:
    return go.Scatter(
        x=rows["start"],
        y=rows["score"],
        mode="lines",
        name=words("the county: percentiles 10, 25, 50, 75, 90"),
        legendgroup="county",
        showlegend=is_first,
        line={
            "color": palette.neutral,
            "width": 3 if percentile == _MIDDLE else 1.8,
            "dash": _DASHES.get(percentile, "solid"),
        },
        hoverinfo="skip",
    )


def _add_percentiles(drawing: Drawing, curves: pd.DataFrame) -> None:
    """Write the percentile at the end of each curve, where they are close a little higher."""
    ends = curves.groupby("percentile").tail(1).sort_values("score")
    pixels = _DRAWN_PIXELS / ((curves["score"].max() - curves["score"].min()) or 1.0)
    free = float("-inf")
    for row in ends.to_dict("records"):
        height = max(pixels * row["score"], free)
        free = height + _LINE_PIXELS
        drawing.add_words(
            f"{row['percentile']:.0f}",
            x=row["start"],
            y=row["score"],
            xanchor="left",
            xshift=6,
            yshift=height - pixels * row["score"],
        )


def _marks(
    rows: pd.DataFrame, symbol: str, name: str, words: Words, palette: Palette
) -> go.Scatter:
    return go.Scatter(
        x=rows["start"],
        y=rows["estimate"],
        mode="markers",
        name=name,
        marker={
            "symbol": symbol,
            "size": 15,
            "color": palette.own,
            "line": {"color": palette.own, "width": 2},
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (rows["high"] - rows["estimate"]).fillna(0.0),
            "arrayminus": (rows["estimate"] - rows["low"]).fillna(0.0),
            "color": palette.own,
            "thickness": 2,
            "width": 5,
        },
        text=[_hover(row, words) for row in rows.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(row: formats.Row, words: Words) -> str:
    ends = ""
    if formats.is_number(row["low"]) and formats.is_number(row["high"]):
        ends = formats.interval(*(formats.plain(row[end]) for end in ("low", "high")))
    return "<br>".join(
        [
            f"<b>{formats.safe_chart(str(row['name']))}</b>",
            f"{formats.plain(row['estimate'])} {ends}".rstrip(),
            words("county at this start: {typical}", typical=formats.plain(row["typical"])),
            words("{n} pupils", n=formats.count(row["n"])),
        ]
    )


def _reach(curves: pd.DataFrame, shown: pd.DataFrame) -> list[float]:
    """Return both ends of the axis, with room for the numbers of the curves."""
    starts = pd.concat([curves["start"], shown["start"]]).astype("float64")
    low, high = float(starts.min()), float(starts.max())
    room = _ROOM * ((high - low) or 1.0)
    return [low - room / 2, high + room]
