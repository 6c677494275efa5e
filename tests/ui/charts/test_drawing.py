"""A chart is plain data: nothing in it makes a browser draw it twice."""

import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui.charts.drawing import Drawing
from ui.theme import LIGHT


def spec_of(drawing: Drawing) -> str:
    """Return what is sent to the browser."""
    return str(drawing.figure().to_json())


def test_numbers_are_lists_and_no_template_is_sent() -> None:
    """Packed arrays and templates are never found unchanged when a chart comes again."""
    drawing = Drawing(LIGHT)
    points = pd.DataFrame({"x": [0.5, 1.5], "code": ["a", "b"]})
    error = {"type": "data", "array": points["x"], "arrayminus": np.array([0.1, 0.2])}
    drawing.add(
        go.Scatter(x=points["x"], y=np.arange(2), error_x=error, customdata=points[["code"]])
    )
    drawing.set_y(tickmode="array", tickvals=pd.Series([0, 1]), ticktext=["A", "B"])
    sent = spec_of(drawing)
    assert "bdata" not in sent
    assert "template" not in sent
    (trace,) = json.loads(sent)["data"]
    assert trace["x"] == [0.5, 1.5]
    assert trace["error_x"]["arrayminus"] == [0.1, 0.2]
    assert json.loads(sent)["layout"]["yaxis"]["tickvals"] == [0, 1]


def test_what_is_not_known_is_null() -> None:
    drawing = Drawing(LIGHT)
    drawing.add(go.Scatter(x=np.array([1.0, np.nan]), y=[1, 2]))
    assert json.loads(spec_of(drawing))["data"][0]["x"] == [1.0, None]
