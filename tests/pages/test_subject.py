"""The page of one subject: its questions and pickers, and what it says without data."""

import pytest

from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import texts_of

LONDON = "Inner London 1990 · GCSE (age 16)"
ENTRY_TEST = "2023-2024学年入学测 七年级"
EIGHTH = "2025-2026学年下学期期末 八年级"


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("en", "How do all schools stand in this subject?", "What is not shown?"),
        ("zh", "各校这一学科处在什么位置？", "哪些内容未显示？"),
    ],
)
def test_the_page_answers_each_of_its_questions(
    open_page: OpenPage, language: str, first: str, last: str
) -> None:
    app = open_page("subject", lang=language, subject="math")
    assert not app.exception
    headers = [header.value for header in app.header]
    assert (len(headers), headers[0], headers[-1]) == (6, first, last)
    assert len(app.get("plotly_chart")) == 5
    assert len(app.dataframe) == 2


def test_a_link_may_name_the_subject_in_chinese(open_page: OpenPage) -> None:
    app = open_page("subject", lang="zh", subject="数学")
    assert app.selectbox(key="subject").value == "math"
    assert "链接要求" not in texts_of(app)


def test_the_total_asks_for_a_subject_and_shows_nothing_else(open_page: OpenPage) -> None:
    app = open_page("subject", lang="en")
    assert app.selectbox(key="subject").value == "total"
    assert app.info[0].value.startswith("This page is about one subject")
    assert len(app.get("page_link")) == 9
    assert not app.header


def test_the_measure_changes_what_is_compared_and_the_address(open_page: OpenPage) -> None:
    app = open_page("subject", lang="en", subject="math", measure="value_added")
    assert app.query_params["measure"] == "value_added"
    by_added = app.dataframe[0].value["gap"].tolist()
    app = open_page("subject", lang="en", subject="math")
    assert app.query_params["measure"] == "z"
    assert app.dataframe[0].value["gap"].tolist() != by_added


def test_flags_come_first_and_whom_to_visit_follows_the_school(open_page: OpenPage) -> None:
    app = open_page("subject", lang="en", subject="math", school="J003")
    q = app.dataframe[0].value["q_value"].tolist()
    assert q == sorted(q)
    assert app.selectbox(key="school").value == "J003"
    assert len(app.dataframe[1].value) == 5
    said = texts_of(app)
    assert "of all the flags may be false" in said
    assert "In the store: 25 items, 6 knowledge points." in said


def test_an_unknown_school_in_the_link_shows_no_other_school(open_page: OpenPage) -> None:
    app = open_page("subject", lang="en", subject="math", school="nowhere")
    assert app.selectbox(key="school").value is None
    assert any("nowhere" in warning.value for warning in app.warning)
    assert len(app.dataframe) == 1


def test_an_exam_with_a_year_before_shows_the_county(open_page: OpenPage) -> None:
    app = open_page("subject", lang="en", subject="math", exam=EIGHTH)
    assert len(app.get("plotly_chart")) == 6
    assert "No points by item" in texts_of(app)
    assert "against the same grade a year before" in texts_of(app)


def test_an_exam_without_baseline_compares_attainment_and_says_why(open_page: OpenPage) -> None:
    app = open_page("subject", lang="en", subject="math", exam=ENTRY_TEST)
    assert not app.exception
    said = texts_of(app)
    assert "schools are compared in attainment" in said
    assert "This exam has no baseline" in said


def test_one_subject_has_no_gaps_and_says_so(open_page: OpenPage) -> None:
    app = open_page("subject", lang="en", exam=LONDON)
    assert not app.exception
    assert any(info.value.startswith("No subject gaps.") for info in app.info)
    assert "2 schools not shown" in texts_of(app)
