"""One school: every question has its answer, and a link means the same to everybody."""

from tests.pages.conftest import OpenPage
from ui.text import LANGUAGES


def test_a_link_to_an_unknown_school_shows_no_other_school(open_page: OpenPage) -> None:
    app = open_page("school", lang="en", school="X99")
    assert any("X99" in warning.value for warning in app.warning)
    assert app.selectbox(key="school").value is None
    assert not app.dataframe


def test_a_link_opens_the_same_selection_in_another_language(open_page: OpenPage) -> None:
    address = {"subject": "math", "method": "contextual", "school": "J003"}
    for language in LANGUAGES:
        app = open_page("school", lang=language, **address)
        assert {key: app.selectbox(key=key).value for key in address} == address


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
        "Only in this exam",
        "Only in the baseline",
        "Coverage",
    }
    assert len(app.get("plotly_chart")) == 2
