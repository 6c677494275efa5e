"""The county: five answers, key figures, closer looks, and what is said of what is missing."""

from tests.pages.conftest import OpenPage
from ui.text import LANGUAGES, Words
from ui.widgets.answer_cards import CARDS
from ui.widgets.county_looks import LOOKS

LONDON = "Inner London 1990 · GCSE (age 16)"
ENTRY_TEST = "2023-2024学年入学测 七年级"


def test_public_data_carry_source_and_licence(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en", exam=LONDON)
    assert not app.warning
    assert "Oxford Review of Education" in app.info[0].value
    assert "GPL" in app.info[0].value


def test_key_figures_carry_value_interval_and_n(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en", exam=LONDON)
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["Participation"] == "≥ 99%"  # all of them: told as a range
    intervals = [c.value for c in app.caption if c.value.startswith("95% interval [")]
    assert len(intervals) == 5
    coded = [c.value for c in app.caption if c.value.startswith("given as a range")]
    assert len(coded) == 1
    assert coded[0].endswith("n = 4,059")
    assert all("n = 4,059" in text for text in intervals)


def test_the_screen_opens_with_five_questions_and_their_answers(open_page: OpenPage) -> None:
    for language in LANGUAGES:
        words = Words(language)
        app = open_page("leadership", lang=language)
        questions = [words(card.question) for card in CARDS]
        assert [header.value for header in app.header][:5] == questions
        bold = [text.value for text in app.markdown if text.value.startswith("**")]
        assert len(bold) >= 5


def test_candidates_are_told_with_how_many_may_be_wrong(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en", exam=LONDON)
    said = "\n".join(text.value for text in app.markdown)
    assert "candidates for the weak schools, about" in said
    assert "moved to a graver band" in said


def test_every_closer_look_opens_alone_and_stands_in_the_address(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en")
    for look in LOOKS:
        app.query_params["look"] = look
        app.run()
        assert not app.exception, look
        assert app.query_params["look"] == look
        assert len(app.get("plotly_chart")) <= 1, look
        assert len(app.dataframe) <= 2, look
        if look == "funnel":
            app.selectbox(key="rate").set_value("low_rate").run()
            assert app.query_params["rate"] == "low_rate"


def test_targets_are_bullets_with_their_figures(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en", look="targets")
    assert len(app.get("plotly_chart")) == 1
    bold = [text.value for text in app.markdown if text.value.startswith("**")]
    assert any("of 3 targets of 2026 reached" in text for text in bold)
    assert len(app.dataframe[0].value) == 3


def test_an_exam_without_targets_says_why(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en", look="targets", exam=LONDON)
    assert any(info.value.startswith("No target set was official") for info in app.info)
    assert not app.get("plotly_chart")


def test_an_exam_without_baseline_says_why_there_is_no_value_added(
    open_page: OpenPage,
) -> None:
    app = open_page("leadership", lang="en", exam=ENTRY_TEST, look="quadrant")
    assert app.selectbox(key="no_baseline").disabled
    assert any(i.value.startswith("No value-added for this exam") for i in app.info)
    assert not app.get("plotly_chart")
    assert len(app.dataframe) == 1
    said = "\n".join(text.value for text in app.markdown)
    assert "this exam has no baseline" in said
    assert "no earlier exam to compare with" in said


def test_one_look_is_drawn_and_the_county_is_listed(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="zh", look="caterpillar")
    assert len(app.get("plotly_chart")) == 1
    assert len(app.dataframe[0].value) == 12


def test_a_link_to_an_unknown_exam_shows_no_other_exam(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en", exam="Nowhere 1999")
    assert "Nowhere 1999" in app.warning[0].value
    assert app.selectbox(key="exam").value is None
    assert not app.metric


def test_an_unknown_subject_is_replaced_and_said(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en", subject="astrology")
    assert app.selectbox(key="subject").value == "total"
    assert any("astrology" in caption.value for caption in app.caption)


def test_a_changed_subject_changes_figures_and_address(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="zh", subject="math")
    app.selectbox(key="subject").set_value("english").run()
    assert not app.exception
    assert app.query_params["subject"] == "english"
