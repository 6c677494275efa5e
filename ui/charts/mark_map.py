"""Schools by past exams, or by definitions: a mark in each place says what stands there."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.stamp import wrapped
from ui.theme import Mark, Palette

MOST_SCHOOLS, MOST_COLUMNS = 30, 16
"""Rows and columns that are read at once; more are cut before they are drawn."""

_ROW_PIXELS, _LINE_PIXELS, _ROOM, _LABEL_WIDTH = 30, 20, 140, 22
_SIZE, _QUIET_SIZE = 15, 6
_FEWEST = 6
"""Columns that the width is for at least."""

_QUIET = ("neither", "none")
"""Marks of schools that nothing was said of: small, so that the others stand out."""


def mark_map(
    rows: pd.DataFrame,
    *,
    columns: Mapping[str, str],
    marks: Mapping[str, Mark],
    names: Mapping[str, str],
    palette: Palette,
    title: str = "",
    examined: str | None = None,
) -> go.Figure:
    """Draw one row for each school and one column for each exam or definition.

    Parameters
    ----------
    rows : DataFrame
        school, name, column, mark (key of ``marks``), hover; schools in the order of the rows.
    columns : mapping of str to str
        The columns in order, with what stands below each; lines are parted by ``<br>``.
    marks, names : mapping by code
        How each mark looks, and what it is called, in the order of the legend.
    title : str
        What the columns are.
    examined : str, optional
        The column that the others are held against; it is shaded.
    """
    schools = rows.drop_duplicates("school").set_index("school")["name"]
    places = {school: place for place, school in enumerate(schools.index, start=1)}
    across = {column: place for place, column in enumerate(columns, start=1)}
    shown = rows.assign(x=rows["column"].map(across), y=rows["school"].map(places))
    drawing = Drawing(palette)
    if examined is not None:
        place = across[examined]
        drawing.add_box(
            (place - 0.4, place + 0.4),
            (0.4, len(schools) + 0.6),
            fillcolor=palette.grid,
            line={"width": 0},
        )
    for code, mark in marks.items():
        group = shown[shown["mark"] == code]
        if len(group):
            size = _QUIET_SIZE if code in _QUIET else _SIZE
            drawing.add(_points(group, mark, f"{names[code]} ({len(group)})", size, palette))
    labels = [wrapped(str(name), _LABEL_WIDTH) for name in schools]
    drawing.set_y(
        tickmode="array",
        tickvals=list(places.values()),
        ticktext=["<br>".join(map(formats.safe_chart, label)) + "  " for label in labels],
        range=[len(schools) + 0.7, 0.3],
    )
    drawing.set_x(
        title=title,
        tickmode="array",
        tickvals=list(across.values()),
        ticktext=list(columns.values()),
        tickangle=0,
        range=[0.4, max(len(columns), _FEWEST) + 0.6],
        showgrid=False,
    )
    most_lines = max((len(label) for label in labels), default=1)
    row = _ROW_PIXELS + _LINE_PIXELS * (most_lines - 1)
    drawing.lay_out(
        height=row * max(len(schools), 4) + _ROOM, hovermode="closest", showlegend=True
    )
    return drawing.figure()


def _points(
    group: pd.DataFrame, mark: Mark, name: str, size: int, palette: Palette
) -> go.Scatter:
    return go.Scatter(
        x=group["x"],
        y=group["y"],
        mode="markers",
        name=name,
        marker={
            "symbol": mark.symbol,
            "size": size,
            "color": mark.paint(palette),
            "line": {"color": mark.outline(palette), "width": 2},
        },
        text=group["hover"],
        hovertemplate="%{text}<extra></extra>",
    )
