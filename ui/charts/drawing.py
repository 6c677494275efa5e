"""A chart while it is drawn: plain data, checked by Plotly once, when all of it is there.

Plotly looks through its whole figure at every change: 25 names added one by one took it 130 ms,
and together 9 ms. Numbers are sent as lists: packed arrays cannot be compared in the browser,
so that Streamlit's second handing-over of the same chart drew it a second time.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.basedatatypes import BaseTraceType

from ui.stamp import base_layout
from ui.theme import AXIS_SIZE, TEXT_SIZE, Palette

Settings = Mapping[str, Any]
"""Part of a layout, in Plotly's own words."""

_ZERO_WIDTH = 1.5


class Drawing:
    """Traces, lines, boxes, words and axes, in the order in which they are added."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._layout: dict[str, Any] = {**base_layout(palette)}
        self._traces: list[BaseTraceType] = []
        self._shapes: list[Settings] = []
        self._notes: list[Settings] = []

    def add(self, *traces: BaseTraceType) -> None:
        """Add traces; later ones lie on earlier ones."""
        self._traces += traces

    def lay_out(self, **settings: Any) -> None:
        """Set what concerns the whole chart, such as its height."""
        self._layout.update(settings)

    def set_x(self, title: str = "", **settings: Any) -> None:
        """Set the axis below the plot."""
        self._set_axis("xaxis", title, settings)

    def set_y(self, title: str = "", **settings: Any) -> None:
        """Set the axis left of the plot."""
        self._set_axis("yaxis", title, settings)

    def add_second(self, title: str = "", **settings: Any) -> None:
        """Add a second upright axis, of a plot below the first."""
        self._layout["yaxis2"] = {**self._layout["yaxis"], "anchor": "x"}
        self._set_axis("yaxis2", title, settings)

    def add_line(
        self,
        *,
        x: float | None = None,
        y: float | None = None,
        line: Settings | None = None,
        layer: str = "below",
    ) -> None:
        """Add a line across the plot, upright at ``x`` or level at ``y``."""
        across = (
            {"x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "y domain"}
            if y is None
            else {"x0": 0, "x1": 1, "y0": y, "y1": y, "xref": "x domain"}
        )
        thin = {"color": self._palette.zero, "width": _ZERO_WIDTH}
        self._shapes.append({"type": "line", **across, "line": line or thin, "layer": layer})

    def add_box(self, x: Sequence[float], y: Sequence[float], **settings: Any) -> None:
        """Add a box below the points, from one corner to the other."""
        corners = {"x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1]}
        self._shapes.append({"type": "rect", **corners, "layer": "below", **settings})

    def add_words(self, text: str, *, colour: str | None = None, **settings: Any) -> None:
        """Add words in the plot, without an arrow."""
        font = {"size": TEXT_SIZE, "color": colour or self._palette.text}
        self._notes.append({"text": text, "showarrow": False, "font": font, **settings})

    def figure(self) -> go.Figure:
        """Return the chart."""
        layout = {**self._layout, "shapes": self._shapes, "annotations": self._notes}
        traces = [trace.to_plotly_json() for trace in self._traces]
        return go.Figure(_with_lists({"data": traces, "layout": layout}))

    def _set_axis(self, name: str, title: str, settings: Settings) -> None:
        axis = {**self._layout[name], **settings}
        if title:
            axis["title"] = {"font": {"size": AXIS_SIZE}, **axis["title"], "text": title}
        self._layout[name] = axis


def _with_lists(value: Any) -> Any:
    """Return settings in which arrays are lists."""
    if isinstance(value, Mapping):
        return {key: _with_lists(item) for key, item in value.items()}
    if isinstance(value, np.ndarray | pd.Series):
        return value.tolist()
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return [_with_lists(item) for item in value]
    return value
