"""The county: key figures, charts, its table, and what is said when something is missing."""

from tests.pages.conftest import OpenPage

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
    assert shown["Participation"] == "≥ 99 %"  # all of them: told as a range
    intervals = [c.value for c in app.caption if c.value.startswith("95 % interval [")]
    assert len(intervals) == 5
    coded = [c.value for c in app.caption if c.value.startswith("given as a range")]
    assert len(coded) == 1
    assert coded[0].endswith("n = 4,059")
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


def test_an_unknown_subject_is_replaced_and_said(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="en", subject="astrology")
    assert app.selectbox(key="subject").value == "total"
    assert any("astrology" in caption.value for caption in app.caption)


def test_a_changed_subject_changes_figures_and_address(open_page: OpenPage) -> None:
    app = open_page("leadership", lang="zh", subject="math")
    app.selectbox(key="subject").set_value("english").run()
    assert not app.exception
    assert app.query_params["subject"] == "english"
