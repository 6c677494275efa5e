"""Every page opens in every language, with data and without, and shows what it promises."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from ui.registry import PAGES
from ui.text import LANGUAGES, Words

OpenPage = Callable[..., AppTest]
CODES = [entry.code for entry in PAGES]
LONDON = "Inner London 1990 · GCSE (age 16)"
ENTRY_TEST = "2023-2024学年入学测 七年级"


def texts_of(app: AppTest) -> str:
    """Return everything that the page says in running text."""
    blocks = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info)
    notes = (app.warning, app.error, app.text)
    return "\n".join(element.value for block in (*blocks, *notes) for element in block)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_a_page_opens_without_an_error(open_page: OpenPage, code: str, language: str) -> None:
    app = open_page(code, lang=language)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_a_store_without_exams_is_explained(
    open_page_without_exams: OpenPage, code: str, language: str
) -> None:
    app = open_page_without_exams(code, lang=language)
    assert not app.exception
    assert len(app.info) == 1


@pytest.mark.parametrize("code", CODES)
def test_demonstration_data_are_marked_on_every_page(open_page: OpenPage, code: str) -> None:
    marks = [warning.value for warning in open_page(code, lang="zh").warning]
    assert any(mark.startswith("演示数据") for mark in marks)


def test_public_data_carry_source_and_licence(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en", exam=LONDON)
    assert not app.warning
    assert "Oxford Review of Education" in app.info[0].value
    assert "GPL" in app.info[0].value


def test_key_figures_carry_value_interval_and_n(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en", exam=LONDON)
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["Participation"] == "100.0 %"
    intervals = [c.value for c in app.caption if c.value.startswith("95 % interval [")]
    assert len(intervals) == 6
    assert all("n = 4,059" in text for text in intervals)


def test_an_exam_without_baseline_says_why_there_is_no_value_added(
    open_page: OpenPage,
) -> None:
    app = open_page("leadership", lang="en", exam=ENTRY_TEST)
    assert app.selectbox(key="no_baseline").disabled
    assert any(i.value.startswith("No value-added for this exam") for i in app.info)
    assert not app.get("plotly_chart")
    assert len(app.dataframe) == 1


def test_the_county_is_drawn_twice_and_listed_once(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="zh")
    assert len(app.get("plotly_chart")) == 2
    assert len(app.dataframe[0].value) == 12


def test_a_link_to_an_unknown_exam_shows_no_other_exam(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en", exam="Nowhere 1999")
    assert "Nowhere 1999" in app.warning[0].value
    assert app.selectbox(key="exam").value is None
    assert not app.metric


def test_a_link_to_an_unknown_school_shows_no_other_school(open_page: OpenPage) -> None:
    app = open_page("school", lang="en", school="X99")
    assert "X99" in app.warning[0].value
    assert app.selectbox(key="school").value is None
    assert not app.dataframe


def test_an_unknown_subject_is_replaced_and_said(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en", subject="astrology")
    assert app.selectbox(key="subject").value == "total"
    assert any("astrology" in caption.value for caption in app.caption)


def test_a_link_opens_the_same_selection_in_another_language(open_page: OpenPage) -> None:
    address = {"subject": "math", "method": "contextual", "school": "J003"}
    for language in LANGUAGES:
        app = open_page("school", lang=language, **address)
        assert {key: app.selectbox(key=key).value for key in address} == address


def test_a_changed_subject_changes_figures_and_address(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="zh", subject="math")
    app.selectbox(key="subject").set_value("english").run()
    assert not app.exception
    assert app.query_params["subject"] == "english"


def test_the_school_page_answers_each_of_its_questions(open_page: OpenPage) -> None:
    app = open_page("school", lang="en", subject="math")
    assert [header.value for header in app.header][1:] == [
        "How does it stand in each subject?",
        "What does it add in each subject?",
        "Since when?",
        "Where does it lie among all schools?",
        "Who is compared?",
        "What is not shown?",
    ]
    assert {metric.label for metric in app.metric} == {
        "Matched",
        "Joined since",
        "Left since",
        "Coverage",
    }
    assert len(app.get("plotly_chart")) == 2


def test_the_start_page_lists_all_exams_and_teaches_to_import(open_page: OpenPage) -> None:
    app = open_page("home", lang="zh")
    assert LONDON in set(app.dataframe[0].value["考试"])
    assert "python -m pipeline import --help" in app.code[0].value


def test_no_page_shows_a_number_that_is_not_one(open_page: OpenPage) -> None:
    for code in CODES:
        app = open_page(code, lang="en")
        assert "nan" not in texts_of(app).lower().split()
        assert not [metric for metric in app.metric if "nan" in metric.value.lower()]


def test_titles_of_pages_are_translated() -> None:
    for entry in PAGES:
        assert Words("zh")(entry.title) != entry.title
