"""Own schools in attainment and value-added, the county's others as faint points behind."""

import pandas as pd
import plotly.graph_objects as go

from ui import formats
from ui.charts.labels import Label, add_labels, spread_labels
from ui.charts.quadrant import padded, quadrant
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
    drawn = quadrant(own, words=words, palette=palette)
    figure = go.Figure([_points(others, words, palette), *drawn.data], layout=drawn.layout)
    x_range = padded(pd.concat([own["z"], others["z"]]))
    y_range = padded(pd.concat([own["estimate"], others["estimate"]]))
    figure.update_xaxes(range=x_range)
    figure.update_yaxes(range=y_range)
    # The corners keep their words; names are set anew, by the wider ranges.
    figure.layout.annotations = [a for a in figure.layout.annotations if a.xref == "paper"]
    _add_names(figure, own, (x_range, y_range), palette)
    return figure


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
    figure: go.Figure,
    own: pd.DataFrame,
    ranges: tuple[list[float], list[float]],
    palette: Palette,
) -> None:
    labels = [
        Label(str(row["name"]), row["z"], row["estimate"]) for row in own.to_dict("records")
    ]
    points = list(zip(own["z"], own["estimate"], strict=True))
    placed = spread_labels(labels, points=points, x_range=ranges[0], y_range=ranges[1])
    add_labels(figure, placed=placed, palette=palette)
