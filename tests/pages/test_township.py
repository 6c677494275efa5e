"""Township: its schools among the county's, the sample, the lowest 20%, what is due."""

from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import texts_of

LONDON = "Inner London 1990 · GCSE (age 16)"
ENTRY_TEST = "2023-2024学年入学测 七年级"


def test_the_page_answers_each_of_its_questions(open_page: OpenPage) -> None:
    app = open_page("township", lang="en", township="T01")
    assert [header.value for header in app.header][1:] == [
        "Where do my schools stand?",
        "Is the common sample fine?",
        "How many of the county's lowest 20% learn here?",
        "Which subjects lag?",
        "What is due?",
        "What is not shown?",
    ]
    assert len(app.get("plotly_chart")) == 3
    assert {metric.label for metric in app.metric} == {
        "Matched",
        "Only in this exam",
        "Only in the baseline",
        "Coverage",
    }


def test_a_link_opens_its_township_and_an_empty_ledger_says_where_cases_come_from(
    open_page: OpenPage,
) -> None:
    app = open_page("township", lang="zh", township="T01", subject="math")
    assert app.selectbox(key="township").value == "T01"
    assert app.query_params["township"] == "T01"
    assert any(i.value.startswith("台账中没有该单位") for i in app.info)


def test_a_link_to_an_unknown_township_shows_no_other(open_page: OpenPage) -> None:
    app = open_page("township", lang="en", township="T99")
    assert any("T99" in warning.value for warning in app.warning)
    assert app.selectbox(key="township").value is None
    assert not app.dataframe


def test_an_exam_without_townships_says_so(open_page: OpenPage) -> None:
    app = open_page("township", lang="en", exam=LONDON)
    assert not app.exception
    assert any("belong to no township" in i.value for i in app.info)
    assert not app.dataframe


def test_an_exam_without_baseline_shows_attainment_and_says_what_is_missing(
    open_page: OpenPage,
) -> None:
    app = open_page("township", lang="en", exam=ENTRY_TEST, township="T01")
    assert not app.exception
    said = texts_of(app)
    assert "No value-added for this exam" in said
    assert "There is no common sample" in said
    assert "estimate" not in app.dataframe[0].value


def test_asking_to_pool_where_nothing_can_be_pooled_is_answered(open_page: OpenPage) -> None:
    app = open_page("township", lang="en", township="T01", pooled="1")
    assert app.toggle(key="pooled").value
    assert app.query_params["pooled"] == "1"
    assert "each by itself" in texts_of(app)
