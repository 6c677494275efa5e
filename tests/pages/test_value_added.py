"""Value-added bench: what is examined, what holds, how definitions differ, same for two."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import texts_of
from tests.pages.weight_bench import chart_of


def open_methods(open_page: OpenPage, **address: str) -> AppTest:
    app = open_page("value_added", **{"lang": "zh", "subject": "math", **address})
    assert not app.exception
    assert not app.error
    return app


def table_of(app: AppTest, column: str) -> list[object]:
    (table,) = [d.value for d in app.dataframe if column in d.value]
    return list(table[column])


def test_the_page_begins_with_all_estimators_and_the_judging_one(open_page: OpenPage) -> None:
    app = open_methods(open_page)
    assert app.selectbox(key="main").value == "contextual"
    assert len(app.multiselect(key="methods").value) == 6
    assert app.query_params["priors"] == "own"
    said = texts_of(app)
    assert "在各口径下结论都相同" in said
    assert "一致并不是独立的证据" in said
    holds = [str(text) for text in table_of(app, "holds") if text]
    assert holds
    assert all(text.endswith(("/6", "/5")) for text in holds)


def test_another_main_estimator_is_examined(open_page: OpenPage) -> None:
    app = open_methods(open_page)
    before = chart_of(app, "estimators_verdicts")
    app.selectbox(key="main").set_value("z_change").run()
    assert not app.exception
    assert "方法：标准分增值" in texts_of(app)
    assert chart_of(app, "estimators_verdicts") != before


def test_more_priors_and_covariates_are_more_definitions(open_page: OpenPage) -> None:
    app = open_methods(open_page, look="facts")
    assert len(table_of(app, "icc")) == 6
    app.multiselect(key="priors").set_value(["own", "total", "all"]).run()
    assert len(table_of(app, "icc")) == 6 + 6 + 3
    app.multiselect(key="coverage").set_value(["70", "90"]).run()
    assert len(table_of(app, "icc")) == 30
    app.multiselect(key="traits").set_value(["school_type"]).run()
    assert not app.exception
    assert app.query_params["traits"] == "school_type"
    (coefficients,) = [d.value for d in app.dataframe if "se" in d.value]
    assert coefficients["name"].str.contains("学校类型").any()


@pytest.mark.parametrize("look", ["order", "pairs", "intake", "facts"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_look_answers(open_page: OpenPage, look: str, language: str) -> None:
    app = open_methods(open_page, look=look, lang=language)
    if look != "facts":
        assert json.loads(chart_of(app, f"estimators_{look}"))["data"]


def test_two_people_with_one_link_see_the_same(open_page: OpenPage) -> None:
    link = {"priors": "own,all", "coverage": "70,50", "main": "prior_group", "look": "pairs"}
    first, second = open_methods(open_page, **link), open_methods(open_page, **link)
    assert texts_of(first) == texts_of(second)
    for key in ("estimators_verdicts", "estimators_pairs"):
        assert chart_of(first, key) == chart_of(second, key)


def test_unknown_codes_of_a_link_are_named_and_left_out(open_page: OpenPage) -> None:
    app = open_methods(open_page, methods="contextual,magic,z_change", priors="own,none")
    said = texts_of(app)
    assert "magic" in said
    assert "none" in said
    assert app.query_params["methods"] == "contextual,z_change"


def test_an_exam_without_a_baseline_says_so(open_page: OpenPage) -> None:
    app = open_page("value_added", lang="zh")
    exam = next(name for name in app.selectbox(key="exam").options if "入学测" in str(name))
    app.selectbox(key="exam").set_value(exam).run()
    assert not app.exception
    assert "没有增值" in texts_of(app) or "基线" in texts_of(app)
    assert not app.get("plotly_chart")
