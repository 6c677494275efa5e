"""Effective weights: closed forms, the county's-best case, properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.weighting.aggregate import Terms
from core.weighting.effective import effective_weights
from core.weighting.normalise import normalise
from core.weighting.scheme import Leaf, share_out

Floats = NDArray[np.float64]


def shares(value: Floats, weights: Floats) -> Floats:
    return effective_weights(Terms(value, weights, is_log=False))


def test_uncorrelated_indicators_share_by_squared_weight_times_variance() -> None:
    value = np.array([[1.0, 2.0], [1.0, -2.0], [-1.0, 2.0], [-1.0, -2.0]])
    assert shares(value, np.array([0.6, 0.4])) == pytest.approx([0.36, 0.64])


def test_an_indicator_that_runs_against_the_composite_has_a_negative_share() -> None:
    value = np.column_stack([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]])
    assert shares(value, np.array([0.75, 0.25])) == pytest.approx([1.5, -0.5])


@given(
    st.integers(0, 2**32 - 1),
    st.lists(st.integers(1, 9), min_size=2, max_size=8),
    st.integers(2, 12),
)
def test_effective_weights_sum_to_one(seed: int, raw: list[int], n_units: int) -> None:
    value = np.random.default_rng(seed).normal(size=(n_units, len(raw)))
    assert shares(value, share_out(raw)).sum() == pytest.approx(1)


@given(st.integers(0, 2**32 - 1))
def test_a_shift_of_an_indicator_changes_no_share(seed: int) -> None:
    rng = np.random.default_rng(seed)
    value, weights = rng.normal(size=(8, 3)), np.array([0.2, 0.3, 0.5])
    shifted = value + np.array([100, -7, 3])
    assert shares(shifted, weights) == pytest.approx(shares(value, weights))


def test_equal_spreads_and_no_correlation_make_equal_weights_act_equally() -> None:
    value = np.array([[1.0, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])
    assert shares(value, np.full(3, 1 / 3)) == pytest.approx(np.full(3, 1 / 3))


def test_shares_of_the_best_let_the_excellent_rate_decide() -> None:
    """Of nominal 30/35/35 for mean, excellent and pass rate, the widest spread rules."""
    rng = np.random.default_rng(3)
    acting = []
    leaves = [Leaf(name, "total", w) for name, w in (("mean", 0.3), ("e", 0.35), ("p", 0.35))]
    for _ in range(100):
        level = rng.normal(0, 0.35, 20)
        marks = np.clip(68 + 16 * (level[:, None] + rng.normal(0, 0.93, (20, 150))), 0, 100)
        rates = [marks.mean(axis=1), (marks >= 85).mean(axis=1), (marks >= 60).mean(axis=1)]
        scaled = normalise(np.column_stack(rates), leaves=leaves, method="share_of_best")
        acting.append(shares(scaled.value, np.array([0.3, 0.35, 0.35])))
    assert np.mean(acting, axis=0) == pytest.approx([0.13, 0.56, 0.31], abs=0.02)


@pytest.mark.parametrize("n_units", [0, 1, 4])
def test_without_differences_nothing_decides(n_units: int) -> None:
    found = shares(np.full((n_units, 2), 0.1), np.array([0.3, 0.7]))
    assert np.isnan(found).tolist() == [True, True]
