"""Setting weights: locks, indicators, from the data, by number, in pairs, by a bad link."""

import pytest

from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import texts_of
from tests.pages.weight_bench import open_bench, weights_in


def test_another_indicator_takes_an_even_share(open_page: OpenPage) -> None:
    app = open_bench(open_page, weights='[["total.z",60],["total.low_rate",40]]')
    app.multiselect(key="weights_indicators").set_value(
        ["total.z", "total.low_rate", "math.pass_rate"]
    ).run()
    assert weights_in(app) == {
        "total.z": 40.0,
        "total.low_rate": 26.667,
        "math.pass_rate": 33.333,
    }


@pytest.mark.parametrize("way", ["equal", "entropy", "critic"])
def test_weights_from_the_data_are_taken_by_one_click(open_page: OpenPage, way: str) -> None:
    app = open_bench(open_page)
    app.button(key=f"weights_{way}").click().run()
    assert not app.exception
    found = weights_in(app)
    assert sum(found.values()) == pytest.approx(100, abs=0.01)
    assert (set(found.values()) == {25.0}) == (way == "equal")


def test_typed_weights_are_shared_out(open_page: OpenPage) -> None:
    app = open_bench(
        open_page, weights='[["total.z",60],["total.low_rate",40]]', entry="numbers"
    )
    app.number_input[0].set_value(30.0)
    app.number_input[1].set_value(90.0)
    app.button(key="weights_use_numbers").click().run()
    assert weights_in(app) == {"total.z": 25.0, "total.low_rate": 75.0}


def test_judgements_in_pairs_give_weights_and_advice(open_page: OpenPage) -> None:
    three = '[["total.z",30],["total.value_added",40],["total.low_rate",30]]'
    app = open_bench(open_page, weights=three, entry="pairs")
    sliders = app.select_slider
    assert len(sliders) == 3
    sliders[0].set_value(2)  # z twice as much as value-added
    sliders[1].set_value(6)
    sliders[2].set_value(3).run()
    assert "一致性比率 0.00" in texts_of(app)
    app.button(key="weights_use_pairs").click().run()
    assert weights_in(app) == {
        "total.z": 60.0,
        "total.value_added": 30.0,
        "total.low_rate": 10.0,
    }


def test_judgements_that_contradict_each_other_are_not_taken(open_page: OpenPage) -> None:
    three = '[["total.z",30],["total.value_added",40],["total.low_rate",30]]'
    app = open_bench(open_page, weights=three, entry="pairs")
    for slider, answer in zip(app.select_slider, (9, -9, 9), strict=True):
        slider.set_value(answer)
    app.run()
    assert any("判断矩阵不一致" in warning.value for warning in app.warning)
    assert app.button(key="weights_use_pairs").disabled


def test_locked_weights_stay(open_page: OpenPage) -> None:
    app = open_bench(open_page)
    app.session_state["weights_locked"] = [(0,), (2,)]
    app.run()
    app.slider(key="weight (1,)").set_value(50.0).run()
    found = weights_in(app)
    assert (found["total.z"], found["total.low_rate"]) == (30.0, 15.0)
    assert (found["total.value_added"], found["total.bottom20_share"]) == (50.0, 5.0)


@pytest.mark.parametrize("weights", ["x", "[]", '[["total.nothing",100]]'])
def test_a_link_with_weights_that_cannot_be_used_says_so(
    open_page: OpenPage, weights: str
) -> None:
    app = open_page("weights", lang="en", weights=weights)
    assert not app.exception
    assert len(app.error) == 1
    assert "cannot be read" in app.error[0].value
    app.button(key="weights_back").click().run()
    assert not app.error
    assert weights_in(app)["total.z"] == 30.0
