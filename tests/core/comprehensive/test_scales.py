"""Scale scores: hand-computed values, reversal, missing answers, reliability, refusals."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.comprehensive.scales import Scale, compute_scale_scores
from core.errors import DataError, SettingsError
from core.numerics.reliability import estimate_reliability
from core.survey_tables import SCALES

SCALE = Scale("conduct", ("q1", "q2", "q3"), 1, 5, reversed_items=("q2",))


def answers_of(*rows: list[float | None]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["q1", "q2", "q3"], dtype="float64")


def made_answers(seed: int = 1, n: int = 50) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    true = rng.normal(size=(n, 1))
    value = np.clip(np.round(3 + true * [1, -1, 1] + 0.7 * rng.normal(size=(n, 3))), 1, 5)
    return pd.DataFrame(value, columns=["q1", "q2", "q3"])


def test_scores_by_hand() -> None:
    answers = answers_of([1, 5, 1], [5, 1, 5], [3, 3, 3], [2, 4, 5])
    scores = compute_scale_scores(answers, scales=(SCALE,)).scores["conduct"]
    assert scores.tolist() == pytest.approx([0, 100, 50, 50])


def test_half_of_the_questions_are_enough_and_less_is_not() -> None:
    answers = answers_of([5, 1, None], [5, None, None], [None, None, None])
    scores = compute_scale_scores(answers, scales=(SCALE,)).scores["conduct"]
    assert scores.tolist() == pytest.approx([100, np.nan, np.nan], nan_ok=True)
    pair = replace(SCALE, items=("q1", "q2"))
    half = compute_scale_scores(answers, scales=(pair,)).scores["conduct"]
    assert half.tolist() == pytest.approx([100, 100, np.nan], nan_ok=True)


def test_alpha_rests_on_reversed_answers_of_complete_pupils() -> None:
    answers = made_answers()
    answers.loc[:4, "q1"] = np.nan
    (row,) = SCALES.require(compute_scale_scores(answers, scales=(SCALE,)).scales).itertuples()
    turned = answers.assign(q2=6 - answers["q2"]).dropna().to_numpy()
    fit = estimate_reliability(turned)
    assert (row.alpha, row.low, row.high) == pytest.approx((fit.alpha, fit.low, fit.high))
    assert (row.n_items, row.n_pupils, row.n_complete) == (3, 50, 45)


def test_a_scale_of_one_question_has_scores_and_no_alpha() -> None:
    one = Scale("ideals", ("q3",), 1, 5, reversed_items=())
    result = compute_scale_scores(made_answers(), scales=(SCALE, one))
    assert result.scales["status"].tolist() == ["ok", "not_estimable"]
    assert np.isnan(result.scales["alpha"][1])
    assert result.scores["ideals"].notna().all()


@pytest.mark.parametrize(
    "faulty",
    [
        replace(SCALE, items=()),
        replace(SCALE, items=("q1", "q1", "q2")),
        replace(SCALE, items=("q1", "q2", "q9")),
        replace(SCALE, reversed_items=("q9",)),
        replace(SCALE, highest=1),
    ],
)
def test_a_faulty_scale_is_refused_by_its_indicator(faulty: Scale) -> None:
    other = Scale("ideals", ("q3",), 1, 5, reversed_items=())
    with pytest.raises(SettingsError, match=r"1 of 2 \(conduct\)"):
        compute_scale_scores(made_answers(), scales=(faulty, other))


def test_an_indicator_given_twice_is_refused() -> None:
    with pytest.raises(SettingsError, match="given twice 1"):
        compute_scale_scores(made_answers(), scales=(SCALE, SCALE))


def test_answers_outside_the_choices_are_refused_with_their_number() -> None:
    with pytest.raises(DataError, match=r"choices: 2 \(questions q1, q3\)"):
        compute_scale_scores(answers_of([0, 1, 6], [1, 1, 1]), scales=(SCALE,))


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000), low=st.integers(-3, 3), step=st.floats(0.5, 4))
def test_other_numbers_for_the_same_choices_change_nothing(
    seed: int, low: int, step: float
) -> None:
    answers = made_answers(seed)
    moved = low + step * (answers - 1)
    other = replace(SCALE, lowest=low, highest=low + 4 * step)
    before = compute_scale_scores(answers, scales=(SCALE,)).scores["conduct"].to_numpy()
    after = (
        compute_scale_scores(moved.clip(low, low + 4 * step), scales=(other,))
        .scores["conduct"]
        .to_numpy()
    )
    assert after == pytest.approx(before)
    assert np.all((before >= 0) & (before <= 100))


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_turning_every_question_turns_the_score(seed: int) -> None:
    answers = made_answers(seed)
    turned = replace(SCALE, reversed_items=("q1", "q3"))
    before, after = (
        compute_scale_scores(answers, scales=(scale,)).scores["conduct"].to_numpy()
        for scale in (SCALE, turned)
    )
    assert before + after == pytest.approx(np.full(50, 100.0))
