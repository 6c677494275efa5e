"""Beeswarm: every school a point of its own, shapes for those outside, names that are free."""

from itertools import combinations

import pandas as pd

from tests.ui.made_subject_views import make_subject_view
from ui.charts.beeswarm import beeswarm
from ui.flag_marks import SIDES_OF_Z
from ui.text import Words
from ui.theme import LIGHT

EN = Words("en")


def drawn(schools: pd.DataFrame):  # type: ignore[no-untyped-def]
    return beeswarm(schools, title="z", marks=SIDES_OF_Z, words=EN, palette=LIGHT)


def test_each_side_has_its_shape_and_its_number() -> None:
    figure = drawn(make_subject_view().schools)
    assert [trace.name for trace in figure.data] == [
        "clearly above the county mean (2)",
        "not clearly different from it (8)",
        "clearly below the county mean (2)",
    ]
    assert len({trace.marker.symbol for trace in figure.data}) == 3
    assert [code for (code,) in figure.data[0].customdata] == ["S000", "S001"]


def test_only_schools_outside_are_named() -> None:
    schools = make_subject_view().schools
    outside = set(schools.loc[schools["side"] != "within", "name"])
    assert {a.text for a in drawn(schools).layout.annotations} == outside


def test_no_point_lies_on_another() -> None:
    schools = pd.concat([make_subject_view().schools] * 15, ignore_index=True)
    schools = schools.assign(estimate=schools["estimate"].round(1))
    figure = drawn(schools)
    points = [(x, y) for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(set(points)) == len(points) == 180
    width = 1.0 / 61
    near = [
        (a, b) for a, b in combinations(points, 2) if a[1] == b[1] and abs(a[0] - b[0]) < width
    ]
    assert not near
    assert figure.layout.yaxis.range[1] > max(y for _, y in points)


def test_a_school_without_a_side_is_not_drawn() -> None:
    schools = make_subject_view().schools
    schools["side"] = schools["side"].mask(schools["school"] == "S000")
    codes = {code for trace in drawn(schools).data for (code,) in trace.customdata}
    assert "S000" not in codes
    assert len(codes) == 11


def test_names_from_files_are_shown_letter_by_letter() -> None:
    schools = make_subject_view().schools.assign(name="<b>A</b>")
    figure = drawn(schools)
    assert "&lt;b&gt;A&lt;/b&gt;" in figure.data[0].text[0]
    assert all("&lt;b&gt;" in a.text for a in figure.layout.annotations)


def test_nobody_to_draw_is_an_empty_chart() -> None:
    assert drawn(make_subject_view().schools.iloc[:0]).data == ()
