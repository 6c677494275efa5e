"""Frames: the own mark lies where it does between the lowest and the highest school."""

import pytest

from tests.ui.made_school_views import make_frames
from ui.charts.frames import frames
from ui.text import Words
from ui.theme import LIGHT

EN = Words("en")
ROWS = make_frames().query("status == 'ok'").assign(name=["Z: <county>", "Z: peers"])


def test_each_frame_is_a_line_a_box_a_median_and_the_own_mark() -> None:
    figure = frames(ROWS, words=EN, palette=LIGHT)
    line, median, own = figure.data
    assert list(line.x) == [-0.4, 0.5, None, -0.4, 0.5, None]
    assert list(median.x) == [0.0, 0.35]
    assert list(own.x) == [0.3, 0.3]
    boxes = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert [(box.x0, box.x1) for box in boxes] == [(-0.1, 0.2)] * 2


def test_marks_differ_in_shape_and_no_colour_is_left_to_the_library() -> None:
    _, median, own = frames(ROWS, words=EN, palette=LIGHT).data
    assert median.marker.symbol != own.marker.symbol
    assert median.marker.color == LIGHT.text
    assert own.marker.color == LIGHT.own


@pytest.mark.parametrize(("language", "size"), [("en", "22 schools"), ("zh", "22 所学校")])
def test_a_frame_says_how_many_schools_it_holds(language: str, size: str) -> None:
    words = Words("zh" if language == "zh" else "en")
    figure = frames(ROWS, words=words, palette=LIGHT)
    assert size in figure.layout.yaxis.ticktext[0]
    assert "&lt;county&gt;" in figure.layout.yaxis.ticktext[0]


def test_hovering_tells_the_own_figure_and_the_ends() -> None:
    own = frames(ROWS, words=EN, palette=LIGHT).data[2]
    assert "this school +0.30" in own.text[0]
    assert "lowest to highest [−0.40, +0.50]" in own.text[0]
