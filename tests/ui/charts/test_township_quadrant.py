"""Quadrant of a township: own schools named, the others faint, nameless where not visible."""

import pandas as pd
import plotly.graph_objects as go

from tests.ui.made_views import make_schools
from ui.charts.township_quadrant import township_quadrant
from ui.text import Words
from ui.theme import LIGHT

EN = Words("en")


def make_others(*names: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "school": [f"X{k}" if name else "" for k, name in enumerate(names)],
            "name": list(names),
            "z": [1.9, -1.9, 0.1][: len(names)],
            "estimate": [0.9, -0.9, 0.1][: len(names)],
        }
    )


def drawn(others: pd.DataFrame) -> go.Figure:
    return township_quadrant(make_schools(3), others, words=EN, palette=LIGHT)


def test_the_others_lie_behind_and_are_faint() -> None:
    figure = drawn(make_others("甲校", ""))
    assert figure.data[0].name == "other schools"
    assert figure.data[0].marker.color == LIGHT.faint
    assert sum(len(trace.x) for trace in figure.data[1:]) == 3


def test_a_school_that_may_not_be_seen_has_neither_name_nor_code() -> None:
    background = drawn(make_others("甲校", "")).data[0]
    assert background.text[0].startswith("<b>甲校</b>")
    assert background.text[1] == "−1.90 / −0.90"
    assert [code for (code,) in background.customdata] == ["X0", ""]


def test_the_axes_hold_own_and_other_schools() -> None:
    figure = drawn(make_others("甲校", "乙校"))
    assert figure.layout.xaxis.range[0] < -1.9
    assert figure.layout.xaxis.range[1] > 1.9
    assert figure.layout.yaxis.range[0] < -0.9


def test_own_schools_are_named_and_the_corners_keep_their_words() -> None:
    texts = [a.text for a in drawn(make_others()).layout.annotations]
    assert {"第1实验学校", "第2实验学校", "第3实验学校"} <= set(texts)
    assert texts.count("lower attainment, adds more") == 1


def test_a_township_that_is_the_whole_county_is_drawn_without_others() -> None:
    assert len(drawn(make_others()).data[0].x) == 0
