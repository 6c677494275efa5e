"""Funnel: limits around the rate, names outside the outer ones, few points of many schools."""

import plotly.graph_objects as go

from tests.ui.briefing_views import make_funnel
from ui.charts.funnel import MOST_POINTS, funnel
from ui.text import Words
from ui.theme import LIGHT

EN = Words("en")


def drawn(n_schools: int = 4, *, lower_is_better: bool = False) -> go.Figure:
    """Draw a made funnel."""
    view = make_funnel(n_schools)
    return funnel(
        view.units,
        view.limits,
        target=0.6,
        lower_is_better=lower_is_better,
        words=EN,
        palette=LIGHT,
    )


def test_four_limits_and_the_schools_by_where_they_lie() -> None:
    names = [trace.name for trace in drawn().data]
    assert names == [
        "99.8% limits",
        "95% limits",
        "",
        "",
        "above the 99.8% limit (1)",
        "inside the limits (2)",
        "below the 99.8% limit (1)",
    ]


def test_names_stand_only_outside_the_outer_limits() -> None:
    texts = [note.text for note in drawn().layout.annotations]
    assert sorted(texts) == ["第1校", "第4校"]


def test_a_point_leads_to_its_school() -> None:
    assert drawn().data[4].customdata[0][0] == "S0000"
    assert drawn().data[4].text[0] == "<b>第1校</b><br>90.0%<br>100 pupils"


def test_where_low_is_better_the_colours_turn_and_the_shapes_stay() -> None:
    plain, turned = drawn().data[4], drawn(lower_is_better=True).data[4]
    assert plain.marker.color == LIGHT.above
    assert turned.marker.color == LIGHT.below
    assert plain.marker.symbol == turned.marker.symbol == "triangle-up"


def test_of_many_schools_the_outer_ones_all_stay() -> None:
    figure = drawn(2000)
    points = [trace for trace in figure.data if trace.mode == "markers"]
    assert sum(len(trace.x) for trace in points) <= MOST_POINTS + 2
    assert [trace.name for trace in points][1] == "inside the limits (1998)"
    assert len(points[0].x) == len(points[2].x) == 1
