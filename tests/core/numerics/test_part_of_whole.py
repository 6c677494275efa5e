"""Rates of parts against the whole: two-sample formula, statsmodels, properties, coverage."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numerics.part_of_whole import PartRates, estimate_part_rates


def rates_of(value: np.ndarray, part: np.ndarray) -> PartRates:
    return estimate_part_rates(
        value, possible=np.ones(value.size), part=part, n_parts=int(part.max()) + 1
    )


def test_a_part_has_the_textbook_mean_and_standard_error() -> None:
    rates = rates_of(np.array([1.0, 3, 8, 4, 6]), np.array([0, 0, 0, 1, 1]))
    assert rates.rate.tolist() == [4, 5]
    assert rates.se == pytest.approx([np.sqrt(13 / 3), 1.0])
    assert rates.whole == pytest.approx(4.4)


def test_the_difference_to_the_whole_is_that_to_the_rest_times_one_less_the_share() -> None:
    rng = np.random.default_rng(1)
    value, part = rng.normal(size=90), np.repeat([0, 1], [30, 60])
    rates = rates_of(value, part)
    apart = rates.rate[0] - rates.rate[1]
    assert rates.difference[0] == pytest.approx(apart * 2 / 3)
    assert rates.difference_se[0] == pytest.approx(np.hypot(*rates.se) * 2 / 3)


def test_a_ratio_has_the_error_of_the_linearised_regression_through_the_origin() -> None:
    import statsmodels.api as sm

    rng = np.random.default_rng(2)
    possible = rng.integers(3, 9, size=40).astype(float)
    earned = possible * rng.uniform(size=40)
    rates = estimate_part_rates(
        earned, possible=possible, part=np.zeros(40, dtype=int), n_parts=1
    )
    # Weighted by 1 / x, the slope through the origin is the ratio; HC1 is its robust error.
    fit = sm.WLS(earned, possible, weights=1 / possible).fit(cov_type="HC1")
    assert rates.rate[0] == pytest.approx(fit.params[0])
    assert rates.se[0] == pytest.approx(fit.bse[0])


def test_a_part_that_is_the_whole_differs_by_nothing() -> None:
    rates = rates_of(np.array([0.2, 0.4, 0.9]), np.zeros(3, dtype=int))
    assert (rates.difference[0], rates.difference_se[0]) == (0, pytest.approx(0, abs=1e-9))


def test_a_part_of_one_pupil_has_no_error_but_counts_in_the_whole() -> None:
    rates = rates_of(np.array([1.0, 3, 5]), np.array([0, 0, 1]))
    assert np.isnan(rates.se[1])
    assert np.isnan(rates.difference_se[1])
    # Its spread is taken from the others: variance 2 for each of the three pupils.
    assert rates.whole_se == pytest.approx(np.sqrt(2 / 3))


def test_pupils_with_nothing_possible_count_for_nothing() -> None:
    possible, part = np.array([2.0, 2, 0]), np.array([0, 0, 1])
    rates = estimate_part_rates(np.array([1.0, 2, 0]), possible=possible, part=part, n_parts=2)
    assert rates.n.tolist() == [2, 0]
    assert rates.rate[0] == 0.75
    assert np.isnan(rates.rate[1])


def test_without_any_pupil_everything_is_undefined() -> None:
    rates = estimate_part_rates(
        np.zeros(2), possible=np.zeros(2), part=np.array([0, 0]), n_parts=1
    )
    assert np.isnan([rates.whole, rates.rate[0], rates.difference[0], rates.se[0]]).all()


@settings(deadline=None)
@given(seed=st.integers(0, 10_000), scale=st.floats(0.1, 50), shift=st.floats(-20, 20))
def test_order_and_unit_of_the_pupils_do_not_matter(
    seed: int, scale: float, shift: float
) -> None:
    rng = np.random.default_rng(seed)
    value, part = rng.normal(size=50), rng.integers(0, 4, size=50)
    part[:8] = [0, 1, 2, 3] * 2
    order = rng.permutation(50)
    before, after = rates_of(value, part), rates_of(shift + scale * value[order], part[order])
    assert after.rate == pytest.approx(shift + scale * before.rate, rel=1e-6, abs=1e-9)
    assert after.difference == pytest.approx(scale * before.difference, rel=1e-6, abs=1e-9)
    assert after.difference_se == pytest.approx(scale * before.difference_se, rel=1e-6)
    assert (before.n * before.difference).sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.slow
def test_the_difference_to_the_whole_is_covered_nineteen_times_in_twenty() -> None:
    rng = np.random.default_rng(3)
    part, level = np.repeat([0, 1, 2], [120, 60, 40]), np.array([0.0, 0.5, -0.4])
    truth = level - level @ [120, 60, 40] / 220
    covered = []
    for _ in range(3000):
        rates = rates_of(level[part] + rng.normal(size=220), part)
        covered.append(np.abs(rates.difference - truth) < 1.96 * rates.difference_se)
    assert np.mean(covered, axis=0) == pytest.approx([0.95] * 3, abs=0.015)
