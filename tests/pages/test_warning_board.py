"""The warning board: counts, schools, reasons, changes, rules; nothing of a hidden school."""

from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import texts_of
from ui.band_words import band_words
from ui.text import LANGUAGES, Words
from ui.theme import BANDS

LONDON = "Inner London 1990 · GCSE (age 16)"
ENTRY_TEST = "2023-2024学年入学测 七年级"
QUESTIONS = [
    "How many warnings stand?",
    "Which schools, in which subjects?",
    "Why?",
    "What changed since the exam before?",
    "How is a band made?",
    "What is not shown?",
]


def test_each_question_has_its_answer_in_both_languages(open_page: OpenPage) -> None:
    for language in LANGUAGES:
        app = open_page("warning_board", lang=language)
        words = Words(language)
        heads = [header.value for header in app.header]
        asked = [words(question) for question in QUESTIONS]
        assert [head for head in heads if head in asked] == asked
        assert len(app.get("plotly_chart")) == 1
        assert len(app.dataframe) == 4
        board = app.dataframe[0].value
        assert len(board) == 12
        assert {"name", "township", "math", "total"} <= set(board.columns)
        assert set(board["math"]) <= {band_words(code, words=words) for code in BANDS}
    assert any("no policy" in warning.value for warning in app.warning)
    assert any("version 1" in text.value for text in app.markdown)


def test_the_rules_are_plain_defaults_and_the_grid_judges_within_a_group(
    open_page: OpenPage,
) -> None:
    said = texts_of(open_page("warning_board", lang="zh"))
    assert "这些界线是本项目的默认值" in said
    assert "规则集：质量预警（默认规则），版本 1。" in said
    assert "由所在格定：水平是学校在本比较组内" in said


def test_filters_stand_in_the_address_and_narrow_the_list(open_page: OpenPage) -> None:
    app = open_page("warning_board", lang="en", band="none", subject="math", span="one")
    assert app.selectbox(key="band").value == "none"
    shown = app.dataframe[0].value
    assert list(shown.columns) == ["name", "math", "township"]
    assert set(shown["math"]) == {"– no warning"}
    app.selectbox(key="band").set_value("warned").run()
    assert not app.exception
    assert app.query_params["band"] == "warned"
    assert not set(app.dataframe[0].value["math"]) & {"– no warning"}


def test_the_reasons_of_the_school_in_the_address_are_told(open_page: OpenPage) -> None:
    app = open_page("warning_board", lang="en", school="J003")
    assert app.selectbox(key="school").value == "J003"
    signals = app.dataframe[1].value
    assert {"value-added index", "low rate"} <= set(signals["signal"])
    assert signals["value"].notna().any()
    app = open_page("warning_board", lang="en", school="X99")
    assert any("X99" in warning.value for warning in app.warning)
    assert app.selectbox(key="school").value is None


def test_a_hidden_school_is_listed_and_has_no_reasons(open_page: OpenPage) -> None:
    app = open_page("warning_board", lang="en", exam=LONDON, school="S048")
    assert any(text.value.startswith("- Hidden:") for text in app.markdown)
    assert any(info.value.startswith("This school is not shown") for info in app.info)


def test_a_first_exam_has_no_changes_and_says_so(open_page: OpenPage) -> None:
    app = open_page("warning_board", lang="en", exam=ENTRY_TEST)
    assert any(info.value.startswith("No earlier exam") for info in app.info)
    assert not app.exception
