"""Own schools in attainment and value-added, the county's others as faint points behind."""

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.drawing import Drawing
from ui.charts.labels import Label, add_labels, spread_labels
from ui.charts.quadrant import add_judged, empty_quadrant, padded
from ui.text import Words
from ui.theme import Palette


def township_quadrant(
    own: pd.DataFrame, others: pd.DataFrame, *, words: Words, palette: Palette
) -> go.Figure:
    """Draw the own schools as in the county's quadrant, each with its name if it finds room.

    Parameters
    ----------
    own : DataFrame
        As the county's quadrant takes it.
    others : DataFrame
        school, name, z, estimate; code and name are empty where the reader may not know them.
    """
    ranges = (
        padded(pd.concat([own["z"], others["z"]])),
        padded(pd.concat([own["estimate"], others["estimate"]])),
    )
    drawing = empty_quadrant(*ranges, words=words, palette=palette)
    drawing.add(_points(others, words, palette))
    add_judged(drawing, own, words=words, palette=palette)
    _add_names(drawing, own, ranges)
    return drawing.figure()


def _points(others: pd.DataFrame, words: Words, palette: Palette) -> go.Scatter:
    return go.Scatter(
        x=others["z"],
        y=others["estimate"],
        mode="markers",
        name=words("other schools"),
        marker={"symbol": "circle", "size": 8, "color": palette.faint, "opacity": 0.7},
        customdata=others[["school"]],
        text=[_hover(row) for row in others.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(row: formats.Row) -> str:
    """Return name and figures; a school that the reader may not know has no name."""
    figures = f"{formats.signed(row['z'])} / {formats.signed(row['estimate'])}"
    name = formats.safe_chart(str(row["name"]))
    return f"<b>{name}</b><br>{figures}" if name else figures


def _add_names(
    drawing: Drawing,
    own: pd.DataFrame,
    ranges: tuple[list[float], list[float]],
) -> None:
    labels = [
        Label(str(row["name"]), row["z"], row["estimate"]) for row in own.to_dict("records")
    ]
    points = list(zip(own["z"], own["estimate"], strict=True))
    placed = spread_labels(labels, points=points, x_range=ranges[0], y_range=ranges[1])
    add_labels(drawing, placed)
