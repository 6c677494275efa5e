"""Weights: what a moved slider changes, what decides, what follows."""

import pytest

from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import texts_of
from tests.pages.weight_bench import chart_of, open_bench, weights_in

TWO_RATES = '[["total.mean",30],["total.pass_rate",35],["total.excellent_rate",35]]'


def test_the_bench_begins_with_the_weights_of_the_screening(open_page: OpenPage) -> None:
    app = open_bench(open_page)
    assert weights_in(app) == {
        "total.z": 30.0,
        "total.value_added": 40.0,
        "total.low_rate": 15.0,
        "total.bottom20_share": 15.0,
    }
    said = texts_of(app)
    assert "默认权重" in said
    assert "敏感性区间，不是置信区间" in said
    assert "抽样 10,000 次" in said


def test_a_moved_slider_moves_the_others_ranks_and_effective_weights(
    open_page: OpenPage,
) -> None:
    app = open_bench(open_page)
    before = chart_of(app, "weights_ranks"), chart_of(app, "weights_effective")
    app.slider(key="weight (1,)").set_value(80.0).run()
    assert not app.exception
    assert weights_in(app) == {
        "total.z": 10.0,
        "total.value_added": 80.0,
        "total.low_rate": 5.0,
        "total.bottom20_share": 5.0,
    }
    assert app.slider(key="weight (0,)").value == 10.0
    after = chart_of(app, "weights_ranks"), chart_of(app, "weights_effective")
    assert after[0] != before[0]
    assert after[1] != before[1]
    assert "未保存的权重" in texts_of(app)


def test_two_people_with_one_link_see_the_same(open_page: OpenPage) -> None:
    first = open_bench(open_page, weights=TWO_RATES, scale="share_of_best")
    second = open_bench(open_page, weights=TWO_RATES, scale="share_of_best")
    assert texts_of(first) == texts_of(second)
    for key in ("weights_ranks", "weights_effective"):
        assert chart_of(first, key) == chart_of(second, key)


def test_two_rates_and_one_score_say_which_of_them_decides(open_page: OpenPage) -> None:
    app = open_bench(open_page)
    places = app.selectbox(key="weights_start").options
    place = next(i for i, name in enumerate(places) if "两率一分" in name)
    app.selectbox(key="weights_start").select_index(place).run()
    assert not app.exception
    assert app.selectbox(key="scale").value == "share_of_best"
    assert weights_in(app) == {
        "total.mean": 30.0,
        "total.pass_rate": 35.0,
        "total.excellent_rate": 35.0,
    }
    said = texts_of(app)
    assert "起决定作用最大的是优秀率" in said
    assert "名不副实" in said
    assert "预设方案" in said


@pytest.mark.parametrize(
    ("look", "table"),
    [
        ("moves", None),
        ("kinds", "weights_gains"),
        ("flips", "weights_flips"),
        ("any", "weights_any"),
        ("schemes", "weights_agreement"),
    ],
)
def test_every_look_answers_its_question(
    open_page: OpenPage, look: str, table: str | None
) -> None:
    app = open_bench(open_page, look=look, weights=TWO_RATES, scale="share_of_best")
    if table is None:
        assert chart_of(app, "weights_moves")
    else:
        assert not [d for d in app.dataframe if d.value.empty]
