"""Value-added of all schools with 95% intervals, best first: who clearly differs."""

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.charts.quadrant import hover_text
from ui.text import Words, marked
from ui.theme import Mark, Palette

MOST_NAMED_ROWS = 30
_ROW_PIXELS = 30
_WIDE_HEIGHT = 520
# Names stand upright beside their whisker; so many fit side by side on a laptop.
_UPRIGHT_NAMES = 46
_DRAWN = ("ok", "low_coverage")
# The same rule as everywhere on the page: the verdict, not whether a whisker touches zero.
_CLEAR = ("well_above", "well_below")
_ABOVE = Mark("▲", "triangle-up", "above", marked("well above expected (index 2 or more)"))
_BELOW = Mark("▼", "triangle-down", "below", marked("well below expected (index −2 or less)"))
_WITHIN = Mark("●", "circle", "neutral", marked("not clearly different from expected"))
_UNSURE = Mark("×", "x-thin-open", "faint", marked("low coverage, not compared"))


def caterpillar(schools: pd.DataFrame, *, words: Words, palette: Palette) -> go.Figure:
    """Draw estimates and intervals; a few schools as named rows, many as a rising line.

    Parameters
    ----------
    schools : DataFrame
        school, name, n, z, z_low, z_high, estimate, low, high, verdict, status. Low coverage is
        put last, in grey; rows with another status or without an estimate are left out.
    """
    ordered = _ordered(schools)
    drawing = Drawing(palette)
    named = len(ordered) <= MOST_NAMED_ROWS
    for mark, group in _groups(ordered):
        drawing.add(_whiskers(group, mark, named, words, palette))
    if named:
        _lay_out_rows(drawing, ordered)
    else:
        _lay_out_ranks(drawing, ordered, words)
    value_axis = drawing.set_x if named else drawing.set_y
    value_axis(title=words("Value-added, in pupil SD"))
    return drawing.figure()


def _ordered(schools: pd.DataFrame) -> pd.DataFrame:
    shown = schools[schools["status"].isin(_DRAWN) & schools["estimate"].notna()]
    keys = shown.assign(is_unsure=shown["status"] != "ok")
    ordered = keys.sort_values(["is_unsure", "estimate"], ascending=[True, False])
    return ordered.assign(place=range(1, len(ordered) + 1))


def _groups(ordered: pd.DataFrame) -> list[tuple[Mark, pd.DataFrame]]:
    unsure, verdict = ordered["is_unsure"], ordered["verdict"]
    groups = (
        (_ABOVE, ordered[~unsure & (verdict == "well_above")]),
        (_WITHIN, ordered[~unsure & ~verdict.isin(_CLEAR)]),
        (_BELOW, ordered[~unsure & (verdict == "well_below")]),
        (_UNSURE, ordered[unsure]),
    )
    return [(mark, group) for mark, group in groups if len(group)]


def _whiskers(
    group: pd.DataFrame, mark: Mark, named: bool, words: Words, palette: Palette
) -> go.Scatter:
    colour = mark.paint(palette)
    spread = {
        "type": "data",
        "symmetric": False,
        "array": group["high"] - group["estimate"],
        "arrayminus": group["estimate"] - group["low"],
        "color": colour,
        "thickness": 2 if named else 1.4,
        "width": 4 if named else 0,
    }
    along, across = ("x", "y") if named else ("y", "x")
    return go.Scatter(
        **{along: group["estimate"], across: group["place"], f"error_{along}": spread},
        mode="markers",
        name=f"{words(mark.word)} ({len(group)})",
        marker={
            "symbol": mark.symbol,
            "size": 11 if named else 8,
            "color": colour,
            "line": {"color": colour, "width": 1.5},
        },
        customdata=group[["school"]],
        text=[hover_text(row, words=words) for row in group.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _lay_out_rows(drawing: Drawing, ordered: pd.DataFrame) -> None:
    drawing.set_y(
        tickmode="array",
        tickvals=ordered["place"],
        ticktext=[formats.safe_chart(name) + "  " for name in ordered["name"]],
        range=[len(ordered) + 0.7, 0.3],
        showgrid=False,
    )
    drawing.add_line(x=0)
    drawing.lay_out(height=_ROW_PIXELS * max(len(ordered), 4) + 130)


def _lay_out_ranks(drawing: Drawing, ordered: pd.DataFrame, words: Words) -> None:
    drawing.set_x(
        title=words("Schools, largest estimate first"),
        showticklabels=False,
        showgrid=False,
        range=[0, len(ordered) + 1],
    )
    drawing.add_line(y=0)
    drawing.lay_out(height=_WIDE_HEIGHT)
    for row in _named_ranks(ordered).to_dict("records"):
        _add_upright_name(drawing, row)


def _named_ranks(ordered: pd.DataFrame) -> pd.DataFrame:
    """Return the clear schools whose upright names do not touch, clearest first."""
    outside = ordered[~ordered["is_unsure"] & ordered["verdict"].isin(_CLEAR)]
    gap = len(ordered) / _UPRIGHT_NAMES
    chosen: list[int] = []
    for place in outside.sort_values("estimate", key=abs, ascending=False)["place"]:
        if all(abs(place - other) >= gap for other in chosen):
            chosen.append(place)
    return outside[outside["place"].isin(chosen)]


def _add_upright_name(drawing: Drawing, row: formats.Row) -> None:
    """Write the name on the side of the whisker that points to zero, where there is room."""
    is_above = row["verdict"] == "well_above"
    drawing.add_words(
        formats.safe_chart(str(row["name"])),
        x=row["place"],
        y=row["low"] if is_above else row["high"],
        textangle=-90,
        xanchor="center",
        yanchor="top" if is_above else "bottom",
        yshift=-6 if is_above else 6,
    )
