"""One school: every question has its answer, and a link means the same to everybody."""

import pytest

from pipeline.demo import LONDON_CURRENT
from tests.pages.conftest import OpenPage
from ui.text import LANGUAGES

QUESTIONS = [
    "What does the school add, by subject?",
    "For whom does it add more?",
    "Where does it stand among others?",
    "Which warnings stand, and why?",
    "How has it gone over the years?",
    "Who is compared, and what is not shown?",
]


def test_a_link_to_an_unknown_school_shows_no_other_school(open_page: OpenPage) -> None:
    app = open_page("school", lang="en", school="X99")
    assert any("X99" in warning.value for warning in app.warning)
    assert app.selectbox(key="school").value is None
    assert not app.dataframe


def test_a_link_opens_the_same_selection_in_another_language(open_page: OpenPage) -> None:
    address = {"subject": "math", "method": "contextual", "school": "J003"}
    for language in LANGUAGES:
        app = open_page("school", lang=language, **address, stands="profile")
        assert {key: app.selectbox(key=key).value for key in address} == address
        assert app.session_state["stands"] == "profile"
        assert not app.exception


def test_the_school_page_answers_each_of_its_questions(open_page: OpenPage) -> None:
    app = open_page("school", lang="en", subject="math")
    assert [header.value for header in app.header][1:] == QUESTIONS
    assert [s.value for s in app.subheader] == [
        "A first target: the mean of schools of like intake"
    ]
    labels = [metric.label for metric in app.metric]
    assert labels[-4:] == ["Matched", "Only in this exam", "Only in the baseline", "Coverage"]
    assert labels[0] == "Mean: mean of like schools"
    assert len(app.get("plotly_chart")) == 4  # subjects, starts, frames, exams of the cohort
    assert len(app.dataframe) == 1  # warnings


@pytest.mark.parametrize(
    ("address", "n_charts", "n_tables"),
    [
        ({"adds": "table", "stands": "figures", "warned": "signals"}, 2, 3),
        ({"adds": "grades", "stands": "peers", "past": "years"}, 2, 2),
    ],
)
def test_closer_looks_are_drawn_only_when_they_are_asked_for(
    open_page: OpenPage, address: dict[str, str], n_charts: int, n_tables: int
) -> None:
    app = open_page("school", lang="zh", subject="math", **address)
    assert not app.exception
    assert len(app.get("plotly_chart")) == n_charts
    assert len(app.dataframe) == n_tables


def test_a_school_of_one_subject_without_a_township_says_what_is_missing(
    open_page: OpenPage,
) -> None:
    app = open_page("school", lang="en", exam=LONDON_CURRENT, school="S001", stands="profile")
    assert not app.exception
    assert any("exam of two subjects" in info.value for info in app.info)
    framed = open_page("school", lang="en", exam=LONDON_CURRENT, school="S001")
    assert not framed.exception
    assert framed.session_state["stands"] == "frames"


def test_a_hidden_school_shows_that_and_no_figure(open_page: OpenPage) -> None:
    app = open_page("school", lang="en", exam=LONDON_CURRENT, school="S048")
    assert any("This school is not shown" in info.value for info in app.info)
    assert not app.metric
    assert not app.dataframe
    assert not app.get("plotly_chart")


def test_the_only_remarkable_switch_leaves_results_out(open_page: OpenPage) -> None:
    whole = open_page("school", lang="en", subject="math")
    said = [text.value for text in whole.markdown if text.value.startswith("- ")]
    only = open_page("school", lang="en", subject="math", remarkable="1")
    left = [text.value for text in only.markdown if text.value.startswith("- ")]
    assert set(left) <= set(said)
    assert not [text for text in left if text.startswith(("- ＝", "- ●", "- –"))]
