"""Judged deviations: shrinkage within a measure, tests over the whole table."""

import numpy as np
import pytest
from scipy.stats import t

from core.multiplicity import adjust_q
from core.numerics.group_deviation import Deviations
from core.numerics.shrinkage import shrink
from core.subject_gaps.judged import flags_of, judge_deviations, two_sided_p

FREE = 1e9  # so many degrees of freedom that Student's law is the normal one


def _deviations(value: list[list[float]], se: float = 0.1) -> Deviations:
    raw = np.array(value)
    return Deviations(raw, se=np.where(np.isnan(raw), np.nan, se))


def test_each_measure_is_shrunk_by_itself() -> None:
    found = judge_deviations(
        _deviations([[1.0, 0.1], [-1.0, -0.1], [0.0, np.nan]]), freedom=np.full((3, 2), FREE)
    )
    first = shrink(np.array([1.0, -1.0, 0.0]), se=np.full(3, 0.1))
    assert found["gap"].to_numpy()[[0, 2, 4]] == pytest.approx(first.estimate)
    second = shrink(np.array([0.1, -0.1]), se=np.full(2, 0.1))
    assert found["gap"].to_numpy()[[1, 3]] == pytest.approx(second.estimate)
    assert found.loc[5].drop("flag").isna().all()
    assert found["flag"].isna().tolist() == [False] * 5 + [True]


def test_the_interval_is_students_with_one_unit_less_than_there_are() -> None:
    found = judge_deviations(_deviations([[1.0], [-1.0], [0.2]]), freedom=np.full((3, 1), FREE))
    half = (found["high"] - found["low"]) / 2
    assert half.to_numpy() == pytest.approx(t.ppf(0.975, 2) * found["se"].to_numpy())


def test_without_differences_beyond_chance_there_is_no_interval() -> None:
    found = judge_deviations(
        _deviations([[0.01], [-0.01], [0.0]]), freedom=np.full((3, 1), FREE)
    )
    assert found[["low", "high"]].isna().all(axis=None)
    assert found["gap"].notna().all()


def test_the_tests_of_all_measures_are_adjusted_together_both_ways() -> None:
    value = np.array([[0.5, -0.5], [0.02, 0.01]])
    found = judge_deviations(_deviations(value.tolist()), freedom=np.full((2, 2), 30.0))
    p = 2 * t.sf(np.abs(value) / 0.1, 30)
    assert found["q_value"].to_numpy() == pytest.approx(adjust_q(p).ravel())
    assert found["flag"].tolist() == ["strong", "weak", "none", "none"]


def test_few_pupils_make_a_test_more_careful() -> None:
    p = two_sided_p(np.array([3.0, -3.0]), freedom=np.array([8.0, FREE]))
    assert p == pytest.approx([0.0171, 0.0027], abs=1e-4)


def test_a_flag_starts_at_the_false_discovery_rate_itself() -> None:
    gap = np.array([0.1, -0.1, 0.1])
    assert flags_of(gap, q_value=np.array([0.05, 0.0500001, np.nan])).tolist() == [
        "strong", "none", None,
    ]  # fmt: skip


def test_a_deviation_without_error_is_no_evidence() -> None:
    found = judge_deviations(
        _deviations([[1.0], [-1.0]], se=0.0), freedom=np.full((2, 1), FREE)
    )
    assert found["raw_gap"].isna().all()
