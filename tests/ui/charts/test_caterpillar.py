"""Caterpillar: order, intervals, who lies outside zero; few schools as rows, many as a line."""

import numpy as np
import pandas as pd
import pytest

from tests.ui.made_views import make_schools
from ui.charts.caterpillar import MOST_NAMED_ROWS, caterpillar
from ui.text import Words
from ui.theme import LIGHT, TEXT_SIZE

EN = Words("en")


def places_of(schools: pd.DataFrame) -> dict[str, float]:
    """Return the place of every drawn school along the axis without values."""
    figure = caterpillar(schools, words=EN, palette=LIGHT)
    is_rows = figure.data[0].error_x.array is not None
    return {
        code: place
        for trace in figure.data
        for (code,), place in zip(
            trace.customdata, trace.y if is_rows else trace.x, strict=True
        )
    }


@pytest.mark.parametrize("n_schools", [20, 400])
def test_schools_stand_in_the_order_of_their_estimates(n_schools: int) -> None:
    shuffled = make_schools(n_schools).sample(frac=1, random_state=1)
    places = places_of(shuffled)
    assert sorted(places, key=lambda code: places[code]) == list(
        make_schools(n_schools)["school"]
    )


@pytest.mark.parametrize("n_schools", [20, 400])
def test_whiskers_end_at_the_interval(n_schools: int) -> None:
    schools = make_schools(n_schools).set_index("school")
    for trace in caterpillar(schools.reset_index(), words=EN, palette=LIGHT).data:
        rows = schools.loc[[code for (code,) in trace.customdata]]
        error = trace.error_x if n_schools <= MOST_NAMED_ROWS else trace.error_y
        assert np.allclose(error.array, rows["high"] - rows["estimate"])
        assert np.allclose(error.arrayminus, rows["estimate"] - rows["low"])


def test_clear_schools_differ_in_shape_and_are_counted_in_the_legend() -> None:
    schools = make_schools(20)
    above = int((schools["verdict"] == "well_above").sum())
    below = int((schools["verdict"] == "well_below").sum())
    traces = caterpillar(schools, words=EN, palette=LIGHT).data
    assert {(trace.name, trace.marker.symbol) for trace in traces} == {
        (f"well above expected (index 2 or more) ({above})", "triangle-up"),
        (f"not clearly different from expected ({20 - above - below})", "circle"),
        (f"well below expected (index −2 or less) ({below})", "triangle-down"),
    }


def test_low_coverage_is_grey_and_last_whatever_its_estimate() -> None:
    schools = make_schools(20)
    schools.loc[0, "status"] = "low_coverage"
    grey = caterpillar(schools, words=EN, palette=LIGHT).data[-1]
    assert list(grey.y) == [20]
    assert grey.marker.color == LIGHT.faint
    assert grey.name == "low coverage, not compared (1)"


def test_schools_without_an_estimate_are_left_out() -> None:
    schools = make_schools(20)
    schools.loc[[3, 4], ["estimate", "low", "high"]] = np.nan
    schools.loc[[3, 4], "status"] = "suppressed"
    assert len(places_of(schools)) == 18


def test_a_suppressed_school_is_not_drawn_even_if_its_figures_came_with_it() -> None:
    schools = make_schools(20)
    schools.loc[3, "status"] = "suppressed"
    assert "S003" not in places_of(schools)


def test_few_schools_are_all_named() -> None:
    names = caterpillar(make_schools(20), words=EN, palette=LIGHT).layout.yaxis.ticktext
    assert [name.strip() for name in names] == list(make_schools(20)["name"])


def test_upright_names_of_many_schools_keep_their_distance() -> None:
    figure = caterpillar(make_schools(400), words=EN, palette=LIGHT)
    places = sorted(a.x for a in figure.layout.annotations)
    pixels_per_school = 1000 / 400
    assert len(places) > 10
    assert min(np.diff(places)) * pixels_per_school >= TEXT_SIZE


def test_no_school_is_named_that_lies_within_chance_among_many() -> None:
    schools = make_schools(60).assign(verdict="as_expected")
    assert caterpillar(schools, words=EN, palette=LIGHT).layout.annotations == ()


def test_a_county_with_no_estimate_at_all_is_an_empty_chart() -> None:
    schools = make_schools(3).assign(estimate=np.nan, status="not_estimable")
    assert caterpillar(schools, words=EN, palette=LIGHT).data == ()
