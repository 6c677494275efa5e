"""The page of items: its questions, and what it says where there are no item data."""

import pytest

from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import texts_of

LONDON = "Inner London 1990 · GCSE (age 16)"
EIGHTH = "2025-2026学年下学期期末 八年级"


@pytest.mark.parametrize(
    ("language", "first"), [("en", "Is the test reliable?"), ("zh", "这份试卷可靠吗？")]
)
def test_the_page_answers_each_of_its_questions(
    open_page: OpenPage, language: str, first: str
) -> None:
    app = open_page("items", lang=language, subject="math")
    assert not app.exception
    headers = [header.value for header in app.header]
    assert (len(headers), headers[0]) == (5, first)
    assert len(app.get("plotly_chart")) == 3
    assert len(app.metric) == 3
    assert len(app.dataframe[0].value) == 25


def test_reliability_has_its_interval_and_its_pupils(open_page: OpenPage) -> None:
    app = open_page("items", lang="en", subject="math")
    shown = {metric.label: metric.value for metric in app.metric}
    assert 0.8 < float(shown["Reliability (alpha)"]) < 0.95
    assert int(shown["Pupils with all items"].replace(",", "")) > 500
    assert any(caption.value.startswith("95% interval [0.") for caption in app.caption)


def test_the_knowledge_point_is_chosen_and_kept_in_the_address(open_page: OpenPage) -> None:
    app = open_page("items", lang="zh", subject="math", point="统计与概率")
    assert app.selectbox(key="point").value == "统计与概率"
    before = app.dataframe[1].value["mastery"].tolist()
    app.selectbox(key="point").set_value("函数").run()
    assert app.query_params["point"] == "函数"
    assert app.dataframe[1].value["mastery"].tolist() != before
    assert len(app.dataframe[1].value) == 12


def test_a_subject_without_item_data_tells_where_there_are_and_how_to_import(
    open_page: OpenPage,
) -> None:
    app = open_page("items", lang="en", subject="english")
    assert not app.exception
    said = texts_of(app)
    assert "No points by item are in the store" in said
    assert "Of this exam there are item data in:" in said
    assert "python -m pipeline dataset items" in app.code[0].value
    assert not app.header


def test_another_exam_leads_to_the_one_with_item_data(open_page: OpenPage) -> None:
    app = open_page("items", lang="en", subject="math", exam=EIGHTH)
    assert "Other exams with item data:" in texts_of(app)
    assert len(app.get("page_link")) == 1


def test_a_county_without_any_item_data_tells_how_to_import(open_page: OpenPage) -> None:
    app = open_page("items", lang="en", exam=LONDON)
    assert not app.exception
    assert "Other exams" not in texts_of(app)
    assert "How to import item data" in [header.value for header in app.subheader]
