"""Schools in a plane: marks with numbers, names of those that stand out, lines, room."""

import pandas as pd
import plotly.graph_objects as go

from ui.charts.school_points import Guide, PointAxes, hover_lines, school_points
from ui.theme import LIGHT, Mark

MARKS = {
    "much": Mark("◆", "diamond", "own", "stands out"),
    "usual": Mark("●", "circle", "neutral", "usual"),
}
POINTS = pd.DataFrame(
    {
        "code": ["A", "B", "C"],
        "name": ["甲校", "<b>", "丙校"],
        "x": [1.0, 2.0, None],
        "y": [5.0, 1.0, 2.0],
        "mark": ["much", "usual", "much"],
        "hover": ["a", "b", "c"],
    }
)
GUIDE = Guide((0.0, 8.0), (0.0, 9.0), "a line", "dot")


def drawn(axes: PointAxes, points: pd.DataFrame = POINTS) -> go.Figure:
    names = {code: mark.word for code, mark in MARKS.items()}
    return school_points(points, axes=axes, marks=MARKS, names=names, palette=LIGHT)


def test_marks_carry_their_number_and_points_without_a_place_are_left_out() -> None:
    figure = drawn(PointAxes("x", "y"))
    assert [trace.name for trace in figure.data] == ["stands out (1)", "usual (1)"]
    assert [code for (code,) in figure.data[0].customdata] == ["A"]


def test_only_what_stands_out_is_named() -> None:
    assert [note.text for note in drawn(PointAxes("x", "y")).layout.annotations] == ["甲校"]


def test_lines_and_bound_are_in_the_legend_and_in_the_plot() -> None:
    figure = drawn(PointAxes("x", "y", (GUIDE,), level=12.0, level_name="bound"))
    assert [trace.name for trace in figure.data][:2] == ["a line", "bound"]
    assert figure.layout.xaxis.range[1] > 8
    assert figure.layout.yaxis.range[1] > 12
    assert figure.layout.xaxis.range[0] < 0
    assert list(figure.data[1].x) == list(figure.layout.xaxis.range)


def test_without_points_the_axes_stand() -> None:
    figure = drawn(PointAxes("x", "y"), POINTS.iloc[:0])
    assert len(figure.data) == 0
    assert figure.layout.xaxis.title.text == "x"


def test_a_name_beside_the_pointer_is_no_markup() -> None:
    assert hover_lines("<i>", "1") == "<b>&lt;i&gt;</b><br>1"
