"""Classes of a grade: every question has its answer, and no class is shown by force."""

import pytest

from pipeline.demo import LONDON_CURRENT
from tests.pages.conftest import OpenPage
from ui.text import LANGUAGES

QUESTIONS = [
    "How do the classes stand against the grade?",
    "How do they stand against their own past?",
    "Are the classes balanced?",
    "Which subjects of a class are strong or weak?",
    "How many pupils stand near a line?",
]


def test_the_page_answers_each_of_its_questions(open_page: OpenPage) -> None:
    app = open_page("grade_class", lang="en", subject="math", school="J003")
    assert [header.value for header in app.header] == QUESTIONS
    assert len(app.get("plotly_chart")) in (3, 4)  # no progress chart where no class differs
    assert app.selectbox(key="class").value is not None
    assert app.select_slider(key="distance").value == "50"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_the_same_class_line_and_distance(
    open_page: OpenPage, language: str
) -> None:
    first = open_page("grade_class", lang=language, school="J003", subject="math")
    name = first.selectbox(key="class").options[1]
    address = {"class": name, "line": "excellent_line", "distance": "50"}
    app = open_page("grade_class", lang=language, school="J003", subject="math", **address)
    assert app.selectbox(key="class").value == name
    assert app.session_state["line"] == "excellent_line"
    assert app.select_slider(key="distance").value == "50"


def test_an_unknown_class_of_a_link_is_told(open_page: OpenPage) -> None:
    address = {"class": "no such class"}
    app = open_page("grade_class", lang="en", school="J003", **address)
    assert any("no such class" in warning.value for warning in app.warning)


def test_tables_are_shown_when_they_are_asked_for(open_page: OpenPage) -> None:
    app = open_page(
        "grade_class",
        lang="zh",
        school="J003",
        levels="all",
        balance="table",
        counts="levels",
    )
    assert not app.exception
    assert len(app.dataframe) == 4  # gaps, progress, balance, levels


def test_a_school_with_one_class_is_sent_to_its_own_page(open_page: OpenPage) -> None:
    app = open_page("grade_class", lang="en", exam=LONDON_CURRENT, school="S001")
    assert any("The grade has one class" in info.value for info in app.info)
    assert not app.header


def test_a_hidden_school_hides_its_classes(open_page: OpenPage) -> None:
    app = open_page("grade_class", lang="en", exam=LONDON_CURRENT, school="S048")
    assert any("Neither are its classes" in info.value for info in app.info)
    assert not app.dataframe


def test_an_unknown_school_shows_no_other_school(open_page: OpenPage) -> None:
    app = open_page("grade_class", lang="en", school="X99")
    assert any("X99" in warning.value for warning in app.warning)
    assert not app.header


def test_without_a_baseline_the_past_says_what_to_import(open_page: OpenPage) -> None:
    app = open_page("grade_class", lang="en", exam="2023-2024学年入学测 七年级", school="J003")
    assert any("Import one of the same pupils" in info.value for info in app.info)
    assert [header.value for header in app.header] == QUESTIONS
