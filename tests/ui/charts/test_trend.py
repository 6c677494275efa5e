"""Trend: exams in order of their dates, intervals, gaps where there is no figure."""

import math

from tests.ui.made_views import make_trend
from ui.charts.trend import trend
from ui.text import Words
from ui.theme import LIGHT

EN = Words("en")


def test_two_lines_run_over_the_exams_oldest_first() -> None:
    figure = trend(make_trend().iloc[::-1], words=EN, palette=LIGHT)
    assert [line.name for line in figure.data] == ["Attainment (z)", "Value-added"]
    assert [text.replace("<br>", "") for text in figure.layout.xaxis.ticktext] == [
        "2025年6月 八年级期末",
        "2026年1月 九年级期末",
        "2026年6月 九年级期末",
    ]
    assert list(figure.data[0].y) == [0.10, 0.15, 0.20]


def test_an_exam_without_a_figure_leaves_a_gap_and_no_zero() -> None:
    value_added = trend(make_trend(), words=EN, palette=LIGHT).data[1]
    assert math.isnan(value_added.y[1])
    assert value_added.connectgaps is False
    assert value_added.text[1] == ""


def test_touching_a_point_tells_interval_and_n() -> None:
    text = trend(make_trend(), words=EN, palette=LIGHT).data[1].text[2]
    assert (
        text == "<b>2026年6月 九年级期末</b><br>Value-added +0.12 [+0.02, +0.22]<br>120 pupils"
    )


def test_touching_a_point_without_interval_tells_none() -> None:
    flat = make_trend().assign(estimate=0.0, low=math.nan, high=math.nan)
    text = trend(flat, words=EN, palette=LIGHT).data[1].text[2]
    assert text == "<b>2026年6月 九年级期末</b><br>Value-added 0.00<br>120 pupils"


def test_lines_differ_in_dash_and_shape_too() -> None:
    lines = trend(make_trend(), words=EN, palette=LIGHT).data
    assert len({(line.line.dash, line.marker.symbol) for line in lines}) == 2


def test_a_subject_without_value_added_has_one_line() -> None:
    attainment = make_trend().query("indicator == 'z'")
    assert [line.name for line in trend(attainment, words=EN, palette=LIGHT).data] == [
        "Attainment (z)"
    ]
