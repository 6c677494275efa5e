"""Growth percentiles: ranks inside a start, rounding, invariances, several priors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.numerics.growth_percentile import TAUS, GrowthPercentiles, growth_percentiles

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


def joint_cells(seed: int, *, n: int = 4000) -> tuple[Floats, Floats, Indices]:
    """Return prior, current (whole points) and pupils of the cells of a made-up exam pair."""
    rng = np.random.default_rng(seed)
    prior = rng.normal(60, 15, n).clip(0, 100)
    current = (12 + 0.8 * prior + rng.normal(0, 9, n)).clip(0, 100)
    cells, count = np.unique(
        np.rint(np.column_stack([prior, current])), axis=0, return_counts=True
    )
    return cells[:, 0], cells[:, 1], count


def growth_of(prior: Floats, current: Floats, n: Indices) -> GrowthPercentiles:
    return growth_percentiles(prior[:, None], current=current, n=n)


def test_with_two_starts_the_percentile_is_the_share_of_the_own_start_below() -> None:
    prior, current = np.repeat([10.0, 20.0], 4), np.tile([1.0, 2, 3, 4], 2)
    growth = growth_of(prior, current, np.array([10, 20, 30, 40, 25, 25, 25, 25]))
    assert growth.percentile.tolist() == [1, 10, 30, 60, 1, 25, 50, 75]
    assert (growth.rank, growth.n_columns) == (2, 6)
    assert growth.quantile[:, 0].tolist() == [1.0] * 10 + [2.0] * 20 + [3.0] * 30 + [4.0] * 40


def test_the_lowest_is_1_and_the_highest_99() -> None:
    growth = growth_of(
        np.array([0.0, 0, 1, 1]), np.array([0.0, 9, 0, 9]), np.array([500, 1] * 2)
    )
    assert growth.percentile.tolist() == [1, 99, 1, 99]


def test_a_score_that_a_quantile_meets_exactly_is_not_above_it() -> None:
    prior, current, n = joint_cells(1)
    growth = growth_of(prior, current, n)
    of_cell = growth.quantile[:, np.searchsorted(growth.start[:, 0], prior)]
    assert np.mean(np.any(of_cell == current, axis=0)) > 0.2
    expected = np.sum(of_cell < current, axis=0).clip(1, 99)
    assert growth.percentile.tolist() == expected.tolist()
    assert np.all(np.diff(growth.quantile, axis=0) >= 0)


def test_pupils_spread_evenly_over_the_percentiles() -> None:
    prior, current, n = joint_cells(2, n=20_000)
    percentile = growth_of(prior, current, n).percentile
    # Whole points lump: pupils of one cell share a percentile, which is its lower end.
    assert np.average(percentile, weights=n) == pytest.approx(50, abs=2.5)
    for low in (10, 30, 50, 70, 90):
        assert np.average(percentile <= low, weights=n) == pytest.approx(low / 100, abs=0.05)


def test_a_higher_score_from_the_same_start_never_has_a_lower_percentile() -> None:
    prior, current, n = joint_cells(3)
    percentile = growth_of(prior, current, n).percentile
    same_start = np.diff(prior) == 0  # cells ascend by prior, then by current
    assert np.all(np.diff(percentile)[same_start] >= 0)


def test_cells_without_pupils_have_a_percentile_and_no_say() -> None:
    prior, current, n = joint_cells(4)
    there = growth_of(prior, current, n)
    extended = growth_of(np.r_[prior, prior[0]], np.r_[current, 100.0], np.r_[n, 0])
    assert extended.percentile[:-1].tolist() == there.percentile.tolist()
    assert extended.percentile[-1] == 99
    assert extended.loss.tolist() == there.loss.tolist()


def test_equal_current_scores_are_refused_with_their_number() -> None:
    with pytest.raises(NotEstimableError, match=r"different values 1, required 2\)\. Choose"):
        growth_of(np.array([1.0, 2.0]), np.array([5.0, 5.0]), np.array([30, 30]))


def test_equal_prior_scores_are_refused() -> None:
    with pytest.raises(NotEstimableError, match="prior scores that differ"):
        growth_of(np.array([1.0, 1.0]), np.array([5.0, 6.0]), np.array([30, 30]))


def test_a_second_prior_that_repeats_the_first_changes_nothing() -> None:
    prior, current, n = joint_cells(5, n=500)
    one = growth_of(prior, current, n)
    two = growth_percentiles(np.column_stack([prior, prior]), current=current, n=n)
    assert (two.n_columns, two.rank) == (15, 8)
    assert two.loss == pytest.approx(one.loss, rel=1e-9)
    assert two.percentile.tolist() == one.percentile.tolist()


def test_a_second_prior_lowers_the_loss_of_every_quantile() -> None:
    rng = np.random.default_rng(6)
    first, second = rng.integers(0, 40, (2, 400)).astype(float)
    current = np.rint(first + second + rng.normal(0, 6, 400))
    pupils = np.ones(400, dtype=np.int64)
    one = growth_of(first, current, pupils)
    two = growth_percentiles(np.column_stack([first, second]), current=current, n=pupils)
    assert len(two.knots) == 2
    assert np.all(two.loss[10:90] < 0.8 * one.loss[10:90])
    assert np.all(two.loss <= one.loss * (1 + 1e-9))


@settings(max_examples=5, deadline=None)
@given(
    seed=st.integers(0, 50), shift=st.integers(-200, 200), scale=st.sampled_from([0.5, 2, 10])
)
def test_percentiles_stay_when_the_unit_of_the_current_score_changes(
    seed: int, shift: int, scale: float
) -> None:
    prior, current, n = joint_cells(seed, n=300)
    before = growth_of(prior, current, n)
    after = growth_of(prior, shift + scale * current, n)
    of_cell = before.quantile[:, np.searchsorted(before.start[:, 0], prior)]
    # Five decimals are finer or coarser in another unit: scores that nearly meet a quantile
    # without meeting it may change sides.
    distance = np.abs(of_cell - current)
    nearly = np.any((distance > 0) & (distance < 2e-5), axis=0)
    assert after.percentile[~nearly].tolist() == before.percentile[~nearly].tolist()
    assert np.abs(after.percentile - before.percentile).max() <= 1
    assert after.loss == pytest.approx(scale * before.loss, rel=1e-9)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 50))
def test_percentiles_do_not_depend_on_the_order_of_cells_or_on_how_they_are_split(
    seed: int,
) -> None:
    prior, current, n = joint_cells(seed, n=300)
    order = np.random.default_rng(seed).permutation(prior.size)
    before = growth_of(prior, current, n)
    again = growth_of(prior[order], current[order], n[order])
    assert again.percentile.tolist() == before.percentile[order].tolist()
    pupils = growth_of(np.repeat(prior, n), np.repeat(current, n), np.ones(300, dtype=np.int64))
    assert pupils.percentile.tolist() == np.repeat(before.percentile, n).tolist()


def test_the_hundred_quantiles_are_those_of_the_reference() -> None:
    assert (TAUS[0], TAUS[49], TAUS[99], TAUS.size) == (0.005, 0.495, 0.995, 100)
