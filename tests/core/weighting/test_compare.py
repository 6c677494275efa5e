"""Comparison of two composites: hand-computed moves and correlations, properties, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.weighting.compare import compare_ranks

SCORES = st.lists(st.integers(0, 9).map(float), min_size=2, max_size=15)


def test_moves_are_counted_as_by_hand() -> None:
    official = np.array([50.0, 40.0, 30.0, 20.0, 10.0])
    other = np.array([50.0, 10.0, 30.0, 20.0, 40.0])
    found = compare_ranks(official, other=other, n_bottom=1)
    assert found.gained.tolist() == [0, -3, 0, 0, 3]
    assert found.enters_bottom.tolist() == [False, True, False, False, False]
    assert found.leaves_bottom.tolist() == [False, False, False, False, True]
    assert found.mean_absolute_change == pytest.approx(1.2)
    assert found.kendall_tau == pytest.approx((5 - 5) / 10)
    assert found.spearman == pytest.approx(1 - 6 * (9 + 9) / (5 * 24))


@given(SCORES)
def test_a_composite_agrees_with_itself_and_opposes_its_negative(values: list[float]) -> None:
    scores = np.array(values)
    same = compare_ranks(scores, other=2 * scores + 5, n_bottom=1)
    assert same.gained.tolist() == [0] * len(values)
    assert not (same.enters_bottom | same.leaves_bottom).any()
    if len(set(values)) > 1:
        assert same.kendall_tau == pytest.approx(1)
        assert compare_ranks(scores, other=-scores, n_bottom=1).spearman < 0


@given(st.integers(2, 20), st.integers(0, 99))
def test_without_ties_as_many_enter_the_bottom_as_leave_it(n_units: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    official, other = (rng.permutation(n_units).astype(np.float64) for _ in range(2))
    found = compare_ranks(official, other=other, n_bottom=n_units // 3)
    assert found.enters_bottom.sum() == found.leaves_bottom.sum()
    assert found.gained.sum() == 0


def test_a_school_that_one_composite_lacks_is_left_out_of_both() -> None:
    official = np.array([4.0, 3.0, 2.0, 1.0])
    found = compare_ranks(official, other=np.array([np.nan, 3.0, 2.0, 1.0]), n_bottom=1)
    assert np.isnan(found.rank_official[0])
    assert found.rank_official[1:].tolist() == [1, 2, 3]
    assert found.gained[1:].tolist() == [0, 0, 0]
    assert found.mean_absolute_change == 0


def test_orders_that_cannot_be_compared_have_no_correlation() -> None:
    tied = compare_ranks(np.ones(3), other=np.array([1.0, 2.0, 3.0]), n_bottom=0)
    nobody = compare_ranks(np.array([np.nan]), other=np.array([1.0]), n_bottom=0)
    assert np.isnan([tied.kendall_tau, tied.spearman, nobody.kendall_tau]).all()
    assert tied.mean_absolute_change == pytest.approx(1)
    assert np.isnan(nobody.mean_absolute_change)


def test_composites_of_different_schools_are_refused_with_their_numbers() -> None:
    with pytest.raises(SettingsError, match=r"schools 2 and 3"):
        compare_ranks(np.ones(2), other=np.ones(3), n_bottom=1)
