"""Five answers: each one sentence with its numbers, or what is missing."""

from dataclasses import replace

import pytest

from pipeline.views.briefing import GapTrend
from tests.ui.briefing_views import make_briefing, make_empty_briefing
from ui import briefing_sentences as said
from ui.text import LANGUAGES, Words
from ui.widgets.answer_cards import CARDS

EN, ZH = Words("en"), Words("zh")


def test_crossed_lines_are_counted_by_way() -> None:
    found = make_briefing().crossings
    assert said.crossings_answer(found, words=EN) == (
        "▲ 1 moved to a graver band, ▽ 1 to a milder one, of 20 schools judged."
    )
    basis = said.crossings_basis(found, words=EN)
    assert basis.startswith("since 上次; no band in one of the exams: 2 schools; value-added")


def test_nobody_crossed_is_said_with_how_many_were_judged() -> None:
    found = make_briefing().crossings
    nobody = replace(found, rows=found.rows.iloc[:0])
    assert said.crossings_answer(nobody, words=EN) == "None of 20 schools judged."
    assert "20 所" in said.crossings_answer(nobody, words=ZH)


def test_wrong_flags_stand_beside_the_flags() -> None:
    view = make_briefing()
    assert said.flags_answer(view, words=EN) == (
        "12 candidates for the weak schools, about 4.1 of them may be wrong."
    )
    assert said.flags_answer(view, words=ZH) == "12 所候选薄弱学校，其中约 4.1 所可能是误判。"
    assert said.flags_basis(view, words=EN) == (
        "value-added: 26 of 63 schools beyond ±2 errors; were all equal, on average about "
        "3.1 would be"
    )


def test_an_expected_number_that_would_read_none_is_told_as_a_limit() -> None:
    view = make_briefing()
    few = replace(view, flags=view.flags.assign(expected=0.04))
    assert said.flags_answer(few, words=EN).endswith(", fewer than 0.1 of them may be wrong.")
    assert said.flags_answer(few, words=ZH).endswith("其中不到 0.1 所可能是误判。")


@pytest.mark.parametrize(
    ("verdict", "start"),
    [
        ("down", "Yes: it has become smaller since the first exam, −0.020 [−0.030, −0.010]."),
        ("up", "No: it has become wider"),
        ("flat", "Not to be seen"),
    ],
)
def test_the_gap_closes_only_beyond_its_error(verdict: str, start: str) -> None:
    gap = make_briefing().gap
    changed = GapTrend(gap.figures, gap.changes.assign(verdict=verdict))
    assert said.gap_answer(changed, words=EN).startswith(start)
    assert "share between schools now 0.130 [0.100, 0.180]" in said.gap_basis(gap, words=EN)


def test_the_three_places_are_named_and_called_arithmetic() -> None:
    places = make_briefing().places
    assert said.places_answer(places, words=ZH) == "甲校·化学"
    assert said.places_answer(places, words=EN) == "甲校 · Chemistry"
    basis = said.places_basis(places, words=EN)
    assert "score rate over all subjects would go from 61.9% to 62.1%: arithmetic" in basis
    assert "全县各科合计得分率将由 61.9% 变为 62.1%" in said.places_basis(places, words=ZH)


@pytest.mark.parametrize(
    ("verdict", "start"),
    [
        ("up", "Yes: 1 school gained +0.20 SD beyond"),
        ("down", "No: 1 school stayed"),
        ("flat", "Not to be seen: 1 school gained no more"),
    ],
)
def test_a_gain_counts_only_beyond_rebound(verdict: str, start: str) -> None:
    found = make_briefing().rebound
    assert found.mean is not None
    changed = replace(found, mean=replace(found.mean, verdict=verdict))
    assert said.rebound_answer(changed, words=EN).startswith(start)
    assert "no list of supported schools is stored yet" in said.rebound_basis(found, words=EN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_without_data_says_what_is_missing(language: str) -> None:
    words = Words("en" if language == "en" else "zh")
    view = make_empty_briefing()
    answers = [card.answer(view, words) for card in CARDS]
    assert len(answers) == 5
    assert all(answers)
    missing = ("No answer", "No candidates") if language == "en" else ("无法", "暂无")
    assert all(answer.startswith(missing) for answer in answers)
    assert "nan" not in " ".join(card.basis(view, words) for card in CARDS).lower()
