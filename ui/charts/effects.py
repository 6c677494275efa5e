"""Effects in pupil SD with intervals, one row each, around the line of no effect."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from ui.charts.interval_rows import ValueAxis, interval_rows
from ui.theme import Mark, Palette

_WIDE = 1.0
"""Span in pupil SD from which on one digit tells the ticks apart."""


def effects(
    rows: pd.DataFrame,
    *,
    marks: Mapping[str, Mark],
    names: Mapping[str, str],
    title: str,
    palette: Palette,
) -> go.Figure:
    """Draw the rows of ``ui.effect_rows``; small effects have ticks with two digits.

    Parameters
    ----------
    title : str
        What the figures are, with their unit.
    """
    axis = ValueAxis(title, "sd", 0.0)
    figure = interval_rows(rows, marks=marks, names=names, axis=axis, palette=palette)
    ends = rows[["estimate", "low", "high"]].astype("float64")
    span = float(ends.max().max() - ends.min().min())
    figure.update_xaxes(tickformat="+.1f" if span >= _WIDE else "+.2f")
    return figure
