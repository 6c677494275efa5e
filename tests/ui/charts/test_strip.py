"""Strip: every school once, equal values stacked, the own one pointed at."""

import pandas as pd

from tests.ui.made_views import make_school_view, make_schools
from ui.charts.strip import strip
from ui.text import Words
from ui.theme import LIGHT

EN = Words("en")


def test_the_own_school_differs_in_shape_and_is_named() -> None:
    figure = strip(make_school_view().positions, words=EN, palette=LIGHT)
    others, own = figure.data
    assert len(others.x) == 19
    assert [code for (code,) in own.customdata] == ["S002"]
    assert own.marker.symbol != others.marker.symbol
    assert [a.text for a in figure.layout.annotations] == ["<b>第3实验学校</b>"]


def test_equal_values_are_stacked_and_do_not_cover_each_other() -> None:
    positions = make_schools(6)[["school", "name"]].assign(
        estimate=[0.1, 0.1, 0.1, -0.2, 0.3, 0.3], is_own=[False] * 5 + [True]
    )
    others, own = strip(positions, words=EN, palette=LIGHT).data
    points = [*zip(others.x, others.y, strict=True), *zip(own.x, own.y, strict=True)]
    assert len(set(points)) == 6


def test_schools_that_may_not_be_named_are_points_without_a_name() -> None:
    positions = make_schools(3)[["school", "estimate"]].assign(
        name=["", "Own", ""], is_own=[False, True, False]
    )
    others = strip(positions, words=EN, palette=LIGHT).data[0]
    assert list(others.text) == ["+0.50", "−0.50"]


def test_a_single_school_is_drawn() -> None:
    positions = pd.DataFrame(
        {"school": ["a"], "name": ["A"], "estimate": [0.2], "is_own": [True]}
    )
    assert list(strip(positions, words=EN, palette=LIGHT).data[1].y) == [0.0]
