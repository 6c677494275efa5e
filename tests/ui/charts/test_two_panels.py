"""Two panels: one axis for both, a plot each, whiskers where they are given."""

from ui.charts.two_panels import HEIGHT, Panel, Series, two_panels
from ui.theme import LIGHT

X = (1.0, 2.0, 3.0)
UPPER = Panel("mean", (Series("m", X, (0.1, float("nan"), 0.2), ("a", "", "c"), X),), line=0.0)
LOWER = Panel("spread", (Series("s", X, X, ("a", "b", "c")),), begins_at_zero=True)


def test_each_panel_has_its_axis_and_both_share_the_one_below() -> None:
    figure = two_panels(UPPER, LOWER, x_title="prior", palette=LIGHT)
    assert [trace.yaxis for trace in figure.data] == ["y", "y2"]
    layout = figure.layout
    assert layout.xaxis.anchor == "y2"
    assert layout.yaxis.domain[0] > layout.yaxis2.domain[1]
    assert (layout.yaxis.title.text, layout.yaxis2.title.text) == ("mean", "spread")
    assert layout.yaxis2.rangemode == "tozero"
    assert layout.height == HEIGHT
    assert layout.shapes[0].y0 == 0


def test_whiskers_stand_where_they_are_given_and_a_gap_breaks_the_line() -> None:
    figure = two_panels(UPPER, LOWER, x_title="prior", palette=LIGHT)
    assert [trace.error_y.visible for trace in figure.data] == [True, False]
    assert figure.data[0].connectgaps is False
