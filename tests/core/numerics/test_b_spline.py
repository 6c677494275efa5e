"""Spline basis: R's figures, R's share points by hand, unit change, coarse scores."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, NotEstimableError
from core.numerics.b_spline import SplineKnots, place_knots, spline_columns

# R 4.2.2: bs(c(421, 500, 861.5), knots = c(421, 479, 529, 578),
#             Boundary.knots = c(147.5, 861.5))
R_KNOTS = SplineKnots(inner=(421.0, 479.0, 529.0, 578.0), low=147.5, high=861.5, n_dropped=0)
R_ROWS = [
    [0.0306118038351203, 0.3779129328061841, 0.591475263358696, 0, 0, 0, 0],
    [0, 0.0118387456919567, 0.519081175387200, 0.464188813323695, 0.00489126559714795, 0, 0],
    [0, 0, 0, 0, 0, 0, 1],
]


def test_columns_equal_those_of_r() -> None:
    rows = spline_columns(np.array([421.0, 500.0, 861.5]), knots=R_KNOTS)
    assert rows == pytest.approx(np.array(R_ROWS), abs=1e-14)


def test_knots_of_counted_scores_are_the_share_points_of_the_pupils() -> None:
    value, n = np.array([12.0, 3.5, 40.0, 3.5, 7.25]), np.array([3, 1, 2, 2, 0])
    pupils = np.repeat(value, n)
    knots = place_knots(value, n=n)
    shares = np.quantile(pupils, [0.2, 0.4, 0.6, 0.8]).round(3)
    assert knots.inner == tuple(np.unique(shares))
    assert (knots.low, knots.high) == (-0.15, 43.65)


def test_equal_share_points_become_one_knot() -> None:
    knots = place_knots(np.array([1.0, 2.0, 3.0]), n=np.array([1, 98, 1]))
    assert (knots.inner, knots.n_dropped) == ((2.0,), 3)


def test_knots_in_a_range_of_a_thousandth_stay_inside_the_boundaries() -> None:
    knots = place_knots(np.array([1.0, 1.001]), n=np.array([50, 50]))
    assert knots == SplineKnots(inner=(), low=1.0, high=1.001, n_dropped=4)
    assert spline_columns(np.array([1.0, 1.001]), knots=knots).tolist() == [
        [0.0, 0.0, 0.0],
        [0.0, 0.0, 1.0],
    ]


def test_equal_prior_scores_are_refused_with_their_number() -> None:
    with pytest.raises(NotEstimableError, match=r"different values 1, required 2\)\. Choose"):
        place_knots(np.array([5.0, 9.0]), n=np.array([30, 0]))


def test_scores_beyond_the_boundaries_are_refused_with_their_number() -> None:
    with pytest.raises(DataError, match=r"outside 147\.5 to 861\.5: 2 of 3\. Place"):
        spline_columns(np.array([100.0, 300.0, 900.0]), knots=R_KNOTS)


def test_a_score_that_is_not_a_number_counts_as_beyond() -> None:
    with pytest.raises(DataError, match="1 of 1"):
        spline_columns(np.array([np.nan]), knots=R_KNOTS)


counted_scores = st.dictionaries(st.integers(0, 15_000), st.integers(1, 40), min_size=2)


@settings(deadline=None)
@given(counted=counted_scores)
def test_columns_lie_between_0_and_1_and_leave_one_over(counted: dict[int, int]) -> None:
    value, n = np.array(list(counted)) / 100, np.array(list(counted.values()))
    columns = spline_columns(value, knots=place_knots(value, n=n))
    assert columns.min() >= 0
    assert columns.sum(axis=1).max() <= 1 + 1e-12


@settings(deadline=None)
@given(counted=counted_scores, shift=st.integers(-50, 50), scale=st.sampled_from([2, 5, 10]))
def test_columns_stay_when_the_unit_changes(
    counted: dict[int, int], shift: int, scale: int
) -> None:
    value, n = np.array(list(counted)) / 100, np.array(list(counted.values()))
    before, knots = (
        spline_columns(value, knots=place_knots(value, n=n)),
        place_knots(value, n=n),
    )
    moved = place_knots(shift + scale * value, n=n)
    after = spline_columns(shift + scale * value, knots=moved)
    assert moved.inner == pytest.approx(shift + scale * np.array(knots.inner), abs=2e-3 * scale)
    if knots.n_dropped == moved.n_dropped and np.ptp(value) > 1:
        assert after == pytest.approx(before, abs=0.05)


@settings(deadline=None)
@given(counted=counted_scores, order=st.randoms(use_true_random=False))
def test_knots_do_not_depend_on_the_order_of_scores(
    counted: dict[int, int], order: object
) -> None:
    pairs = list(counted.items())
    order.shuffle(pairs)  # type: ignore[attr-defined]
    straight = np.array(list(counted.items()))
    shuffled = np.array(pairs)
    assert place_knots(straight[:, 0] / 100, n=straight[:, 1]) == place_knots(
        shuffled[:, 0] / 100, n=shuffled[:, 1]
    )
