"""The stamp: every fact stands in the figure, nothing is cut, nothing acts as markup."""

from dataclasses import replace
from datetime import UTC, datetime

import plotly.graph_objects as go
import pytest

from tests.ui.made_views import MADE_STAMP
from ui.stamp import LINE_WIDTH, Caption, caption_of, stamped, wrapped
from ui.text import LANGUAGES, Language, Words
from ui.theme import LIGHT, TEXT_SIZE


def title_of(figure: go.Figure) -> str:
    return str(figure.to_dict()["layout"]["title"]["text"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stamped_figure_names_exam_release_n_baseline_and_rules(language: Language) -> None:
    words = Words(language)
    caption = caption_of(MADE_STAMP, finding="Finding", words=words, notes=("Note",))
    title = title_of(stamped(go.Figure(), caption=caption, palette=LIGHT))
    for fact in (
        "Finding",
        "示范县",
        "2026年6月 九年级期末",
        "4,118",
        "3,870",
        "七年级入学",
        "Note",
    ):
        assert fact in title
    assert words("release {number} of {date}", number=2, date="").strip()[:3] in title
    assert words("demonstration data") in title
    assert words("rules {version}", version="1") in title


def test_a_release_has_the_date_of_beijing() -> None:
    late = replace(MADE_STAMP, published_at=datetime(2026, 7, 3, 17, 0, tzinfo=UTC))
    assert "release 2 of 4 July 2026" in caption_of(late, finding="F", words=Words("en")).facts


def test_a_stamp_without_baseline_says_so() -> None:
    bare = replace(MADE_STAMP, baseline=None, n_linked=None, is_demonstration=False)
    caption = caption_of(bare, finding="F", words=Words("en"))
    assert "no baseline" in caption.facts
    assert "demonstration data" not in caption.facts


def test_source_and_licence_stand_below_the_figure() -> None:
    third_party = replace(MADE_STAMP, source="Journal 1993", licence="GPL-2")
    caption = caption_of(third_party, finding="F", words=Words("en"))
    figure = stamped(go.Figure(), caption=caption, palette=LIGHT)
    texts = [annotation.text for annotation in figure.layout.annotations]
    assert texts == ["Source: Journal 1993 · Licence: GPL-2"]


def test_stamping_leaves_the_figure_itself_as_it_was() -> None:
    figure = go.Figure()
    stamped(figure, caption=Caption("F", ("a",), (), ""), palette=LIGHT)
    assert figure.layout.title.text is None


def test_more_notes_make_the_figure_taller_and_not_the_plot_smaller() -> None:
    short = stamped(go.Figure(), caption=Caption("F", ("a",), (), ""), palette=LIGHT).layout
    long = stamped(go.Figure(), caption=Caption("F", ("a",), ("b", "c"), ""), palette=LIGHT)
    grown = long.layout.height - short.height
    assert grown == long.layout.margin.t - short.margin.t
    assert grown >= 2 * TEXT_SIZE


def test_markup_in_a_name_is_shown_and_not_obeyed() -> None:
    caption = Caption("<b>x</b>", ("<a>",), (), "")
    assert "&lt;b&gt;x" in title_of(stamped(go.Figure(), caption=caption, palette=LIGHT))


@pytest.mark.parametrize("text", ["汉字" * 100, "word " * 100, "mixed 汉字 " * 40])
def test_wrapped_keeps_all_letters_in_lines_that_fit(text: str) -> None:
    lines = wrapped(text, LINE_WIDTH)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line.encode("gb18030")) <= LINE_WIDTH for line in lines)
