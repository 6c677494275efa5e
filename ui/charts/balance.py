"""How far the classes of a grade lie apart in every subject, beside what chance would give."""

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.text import Words, marked
from ui.theme import Mark, Palette

MARKS: dict[str, Mark] = {
    "more_than_chance": Mark("▲", "triangle-up", "below", marked("more than chance")),
    "chance": Mark("●", "circle", "neutral", marked("as by chance")),
    "less_than_chance": Mark("▼", "triangle-down", "above", marked("less than chance")),
}
_START = "diamond-open"
_ROW_PIXELS = 36
_BAND = 0.28


def balance(rows: pd.DataFrame, *, words: Words, palette: Palette) -> go.Figure:
    """Draw a row for each subject: what chance gives as a box, now and at the start as marks.

    Parameters
    ----------
    rows : DataFrame
        subject, name, moment (now or start), spread, chance_low, chance_high, verdict.
    """
    subjects = list(dict.fromkeys(rows["subject"]))
    placed = rows.assign(place=rows["subject"].map({s: k + 1 for k, s in enumerate(subjects)}))
    now, start = (placed[placed["moment"] == moment] for moment in ("now", "start"))
    drawing = Drawing(palette)
    for row in now.to_dict("records"):
        _add_chance(drawing, row, palette)
    drawing.add(_legend_of_chance(words, palette))
    for code, mark in MARKS.items():
        group = now[now["verdict"] == code]
        if len(group):
            name = words("now: {verdict}", verdict=words(mark.word))
            drawing.add(_points(group, mark.symbol, mark.paint(palette), name, words))
    if len(start):
        name = words("the same pupils at the start")
        drawing.add(_points(start, _START, palette.text, name, words))
    names = placed.drop_duplicates("subject")["name"]
    drawing.set_y(
        tickmode="array",
        tickvals=list(range(1, len(subjects) + 1)),
        ticktext=[formats.safe_chart(str(name)) + "  " for name in names],
        range=[len(subjects) + 0.7, 0.3],
        showgrid=False,
    )
    drawing.set_x(
        title=words("Standard deviation of the class means, in pupil SD"),
        rangemode="tozero",
    )
    height = _ROW_PIXELS * max(len(subjects), 3) + 130
    drawing.lay_out(height=height, hovermode="closest", showlegend=True)
    return drawing.figure()


def _add_chance(drawing: Drawing, row: formats.Row, palette: Palette) -> None:
    drawing.add_box(
        (row["chance_low"], row["chance_high"]),
        (row["place"] - _BAND, row["place"] + _BAND),
        line={"width": 0},
        fillcolor=palette.grid,
    )


def _legend_of_chance(words: Words, palette: Palette) -> go.Scatter:
    """Return an empty trace that tells in the legend what the boxes are."""
    return go.Scatter(
        x=[None],
        y=[None],
        mode="markers",
        name=words("by chance alone (95 of 100)"),
        marker={"symbol": "square", "size": 16, "color": palette.grid},
        hoverinfo="skip",
    )


def _points(
    group: pd.DataFrame, symbol: str, colour: str, name: str, words: Words
) -> go.Scatter:
    return go.Scatter(
        x=group["spread"],
        y=group["place"],
        mode="markers",
        name=f"{name} ({len(group)})",
        marker={
            "symbol": symbol,
            "size": 13,
            "color": colour,
            "line": {"color": colour, "width": 2},
        },
        customdata=group[["subject"]],
        text=[_hover(row, words) for row in group.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(row: formats.Row, words: Words) -> str:
    ends = (formats.plain(row[end], digits=2) for end in ("chance_low", "chance_high"))
    return "<br>".join(
        [
            f"<b>{formats.safe_chart(str(row['name']))}</b>",
            words("SD of class means {spread}", spread=formats.plain(row["spread"], digits=2)),
            words("by chance {ends}", ends=formats.interval(*ends)),
        ]
    )
