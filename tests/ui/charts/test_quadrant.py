"""Quadrant: one point per school, sized by n, named where it stands out, told on touch."""

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from tests.ui.made_views import make_schools
from ui.charts.quadrant import hover_text, quadrant
from ui.text import Words
from ui.theme import DARK, LIGHT

EN = Words("en")


def traces_of(schools: pd.DataFrame) -> tuple[go.Scatter, ...]:
    return tuple(quadrant(schools, words=EN, palette=LIGHT).data)


def test_every_school_is_one_point_with_its_code() -> None:
    schools = make_schools(20)
    points = [code for trace in traces_of(schools) for (code,) in trace.customdata]
    assert sorted(points) == sorted(schools["school"])


def test_verdicts_differ_in_shape_and_stand_in_the_legend_best_first() -> None:
    traces = traces_of(make_schools(20))
    symbols = [trace.marker.symbol for trace in traces]
    assert symbols == [
        "triangle-up",
        "triangle-up-open",
        "circle",
        "triangle-down-open",
        "triangle-down",
    ]
    assert [trace.name.split(" (")[0] for trace in traces] == [
        "well above expected",
        "slightly above expected",
        "as expected",
        "slightly below expected",
        "well below expected",
    ]


def test_touching_a_point_without_interval_tells_none() -> None:
    row = make_schools(1).iloc[0].to_dict() | {"low": math.nan, "high": math.nan}
    assert "nan" not in hover_text(row, words=EN)


def test_touching_a_point_tells_both_intervals_and_n() -> None:
    text = traces_of(make_schools(20))[0].text[0]
    assert text == (
        "<b>第1实验学校</b><br>Attainment 0.00 [−0.20, +0.20]"
        "<br>Value-added +0.50 [+0.21, +0.79]<br>55 pupils linked"
    )


def test_area_grows_with_n() -> None:
    schools = make_schools(3).assign(n=[25, 100, 400], verdict="as_expected")
    sizes = np.asarray(traces_of(schools)[0].marker.size, float)
    assert (sizes[1] - 9) / (sizes[2] - 9) == pytest.approx(0.5)


def test_only_schools_that_stand_out_are_named() -> None:
    schools = make_schools(20)
    outstanding = set(schools.loc[schools["index"].abs() >= 2, "name"])
    annotations = quadrant(schools, words=EN, palette=LIGHT).layout.annotations
    named = {a.text for a in annotations if a.xref != "paper"}
    assert named <= outstanding
    assert named


def test_four_quadrants_are_named_in_words() -> None:
    annotations = quadrant(make_schools(5), words=EN, palette=LIGHT).layout.annotations
    assert {a.text for a in annotations if a.xref == "paper"} == {
        "lower attainment, adds more",
        "higher attainment, adds more",
        "lower attainment, adds less",
        "higher attainment, adds less",
    }


def test_a_county_without_differences_is_drawn_on_the_zero_line() -> None:
    schools = make_schools(5).assign(
        estimate=0.0, low=0.0, high=0.0, index=0.0, verdict="no_difference_found"
    )
    traces = traces_of(schools)
    assert [trace.marker.symbol for trace in traces] == ["circle-open"]
    assert set(traces[0].y) == {0.0}


def test_the_dark_palette_colours_paper_and_text() -> None:
    layout = quadrant(make_schools(5), words=EN, palette=DARK).layout
    assert layout.paper_bgcolor == DARK.paper
    assert layout.font.color == DARK.text
