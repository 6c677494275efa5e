"""How much of the way from baseline to target is done: one bullet for each target."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.stamp import wrapped
from ui.text import Words, marked
from ui.theme import TEXT_SIZE, Mark, Palette

MARKS: Mapping[str, Mark] = {
    "reached": Mark("▲", "triangle-up", "above", marked("reached")),
    "near": Mark("●", "circle", "neutral", marked("missed by less than chance may be")),
    "missed": Mark("▼", "triangle-down", "below", marked("missed")),
}
_ROW_PIXELS, _ROOM = 64, 120
_LABEL_WIDTH = 24
_FURTHEST = 1.6  # of the way; what lies further is drawn here, its figure stands beside it


def target_bullets(rows: pd.DataFrame, *, words: Words, palette: Palette) -> go.Figure:
    """Draw for each target a bar from the baseline (0) towards the target (1), with interval.

    Parameters
    ----------
    rows : DataFrame
        name, way, way_low, way_high, verdict (key of ``MARKS``), text (figure and target).
    """
    shown = rows.assign(place=range(1, len(rows) + 1))
    least = min(0.0, float(shown[["way", "way_low"]].min().min()))
    drawing = Drawing(palette)
    for code, mark in MARKS.items():
        group = shown[shown["verdict"] == code]
        if len(group):
            drawing.add(_bars(group, mark, f"{mark.sign} {words(mark.word)}", palette))
    drawing.add_line(x=1.0, line={"color": palette.text, "width": 4}, layer="above")
    for row in shown.to_dict("records"):
        drawing.add_words(
            formats.safe_chart(str(row["text"])),
            x=max(least, 0.0),
            y=row["place"] - 0.42,
            xanchor="left",
            yanchor="middle",
        )
    drawing.set_x(
        title=words("way from the baseline (0%) to the target of the year (100%)"),
        tickformat=".0%",
        range=[max(least, -_FURTHEST), _FURTHEST],
    )
    drawing.set_y(
        tickmode="array",
        tickvals=shown["place"],
        ticktext=[_label(str(name)) for name in shown["name"]],
        range=[len(shown) + 0.6, 0.3],
        showgrid=False,
    )
    drawing.lay_out(
        height=_ROW_PIXELS * max(len(shown), 2) + _ROOM, hovermode="closest", showlegend=True
    )
    return drawing.figure()


def _bars(group: pd.DataFrame, mark: Mark, name: str, palette: Palette) -> go.Bar:
    way = group["way"].clip(-_FURTHEST, _FURTHEST)
    return go.Bar(
        orientation="h",
        y=group["place"],
        x=way,
        width=0.34,
        name=name,
        marker={"color": mark.paint(palette)},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": group["way_high"] - group["way"],
            "arrayminus": group["way"] - group["way_low"],
            "color": palette.text,
            "thickness": 2,
            "width": 6,
        },
        textfont={"size": TEXT_SIZE},
        hovertext=[
            f"<b>{formats.safe_chart(str(row['name']))}</b><br>"
            + formats.safe_chart(str(row["text"]))
            for row in group.to_dict("records")
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _label(name: str) -> str:
    return "<br>".join(formats.safe_chart(line) for line in wrapped(name, _LABEL_WIDTH)) + "  "
