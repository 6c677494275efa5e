"""Jackknife estimates: R survey, brute force, closed forms, properties, coverage."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from core.errors import NotEstimableError
from core.sampling.jackknife import (
    SampleDesign,
    estimate_mean,
    estimate_rate,
    estimate_ratio,
)

# R 4.2.2, survey 4.1.1, as.svrepdesign(type = "JKn", mse = TRUE) of the sample in made_sample.
R_MEAN, R_MEAN_SE, R_MEAN_SE_FPC, R_DEFF = (
    65.3115079365,
    2.6328966357,
    2.34936382563,
    4.18066,
)
R_RATE, R_RATE_SE = 0.1746031746032, 0.0685792666498
R_RATIO, R_RATIO_SE = 1.0124569389764, 0.0382029366038
PRINTED = 1e-9  # digits that R was asked for


def made_sample(shares: tuple[float, ...] = (0, 0, 0)) -> tuple[np.ndarray, SampleDesign]:
    """Scores of 72 pupils in 12 schools of 3 strata, by formula: R makes the same."""
    i = np.arange(72)
    school = i // 6
    y = 60 + 7 * ((school * 5) % 12 - 5.5) / 3 + (i * 37) % 23 - 11 + 4 * (school // 4)
    design = SampleDesign(
        weight=np.array([20.0, 35.0, 50.0])[school // 4],
        unit=school,
        stratum=np.arange(12) // 4,
        sampled_share=np.array(shares, dtype=float),
    )
    return y, design


def one_stage(n: int) -> SampleDesign:
    """Pupils drawn one by one with equal chances."""
    return SampleDesign(
        weight=np.full(n, 7.0),
        unit=np.arange(n),
        stratum=np.zeros(n, dtype=int),
        sampled_share=np.zeros(1),
    )


def test_mean_rate_and_ratio_match_r() -> None:
    y, design = made_sample()
    x = (50 + (np.arange(72) * 29) % 17 + design.unit).astype(float)
    mean, rate = (
        estimate_mean(y, design=design),
        estimate_rate((y < 55).astype(float), design=design),
    )
    ratio = estimate_ratio(y, denominator=x, design=design)
    assert (mean.estimate, mean.se) == pytest.approx((R_MEAN, R_MEAN_SE), rel=PRINTED)
    assert (rate.estimate, rate.se) == pytest.approx((R_RATE, R_RATE_SE), rel=PRINTED)
    assert (ratio.estimate, ratio.se) == pytest.approx((R_RATIO, R_RATIO_SE), rel=PRINTED)
    assert mean.design_effect == pytest.approx(R_DEFF, rel=0.02)  # R divides by sum w - 1
    assert (mean.df, mean.n_units, mean.n_pupils) == (9, 12, 72)


def test_the_finite_population_correction_matches_r() -> None:
    y, design = made_sample((4 / 10, 4 / 16, 4 / 40))
    assert estimate_mean(y, design=design).se == pytest.approx(R_MEAN_SE_FPC, rel=PRINTED)


def test_leaving_each_school_out_by_hand_gives_the_same_error() -> None:
    y, design = made_sample((0.1, 0.2, 0.3))
    x = (1 + np.arange(72) % 5).astype(float)
    stratum, ratio = design.stratum[design.unit], np.average(y / x, weights=design.weight * x)
    variance = 0.0
    for unit in range(12):
        h = design.stratum[unit]
        weight = np.where(stratum == h, design.weight * 4 / 3, design.weight)
        weight = np.where(design.unit == unit, 0.0, weight)
        left = (weight @ y) / (weight @ x)
        variance += (1 - design.sampled_share[h]) * 3 / 4 * (left - ratio) ** 2
    fit = estimate_ratio(y, denominator=x, design=design)
    assert fit.estimate == pytest.approx(ratio)
    assert fit.se == pytest.approx(np.sqrt(variance))


def test_equal_schools_give_the_classical_error_of_their_means() -> None:
    y, design = made_sample()
    one = SampleDesign(
        weight=np.ones(72),
        unit=design.unit,
        stratum=np.zeros(12, dtype=int),
        sampled_share=np.zeros(1),
    )
    means = y.reshape(12, 6).mean(axis=1)
    assert estimate_mean(y, design=one).se == pytest.approx(means.std(ddof=1) / np.sqrt(12))


def test_pupils_drawn_one_by_one_have_a_design_effect_of_one() -> None:
    y = made_sample()[0]
    fit = estimate_mean(y, design=one_stage(72))
    assert fit.se == pytest.approx(y.std(ddof=1) / np.sqrt(72))
    assert fit.design_effect == pytest.approx(1)
    assert fit.n_effective == pytest.approx(72)
    assert fit.margin == pytest.approx(fit.se * stats.t(71).ppf(0.975))


def test_pupils_who_are_copies_of_their_school_count_once() -> None:
    y, design = made_sample()
    same = np.repeat(y[::6], 6)
    one = SampleDesign(np.ones(72), design.unit, np.zeros(12, dtype=int), np.zeros(1))
    fit = estimate_mean(same, design=one)
    assert fit.n_effective == pytest.approx(12, rel=0.1)


def test_pupils_without_a_value_count_for_nothing() -> None:
    y, design = made_sample()
    gaps = np.where(np.arange(72) % 6 == 2, np.nan, y)
    keep = ~np.isnan(gaps)
    short = SampleDesign(design.weight[keep], design.unit[keep], design.stratum, np.zeros(3))
    with_gaps, without = (
        estimate_mean(gaps, design=design),
        estimate_mean(y[keep], design=short),
    )
    assert with_gaps == without
    assert with_gaps.n_pupils == 60


def test_a_rate_of_nobody_has_an_interval_above_zero() -> None:
    fit = estimate_rate(np.zeros(72), design=made_sample()[1])
    assert (fit.estimate, fit.se, fit.low) == (0, 0, 0)
    assert 0.2 < fit.high < 0.4  # as if each of the 12 schools were one observation
    assert np.isnan([fit.design_effect, fit.n_effective]).all()


def test_a_stratum_of_one_unit_is_refused_with_its_number() -> None:
    design = SampleDesign(np.ones(3), np.arange(3), np.array([0, 0, 1]), np.zeros(2))
    with pytest.raises(NotEstimableError, match="strata with one unit: 1 of 2"):
        estimate_mean(np.arange(3.0), design=design)


@pytest.mark.parametrize(("n", "first"), [(1, 5), (6, 6)])
def test_a_group_in_one_unit_has_no_error_and_is_refused_with_its_pupils(
    n: int, first: int
) -> None:
    y, design = made_sample()
    place = np.arange(72)
    alone = np.where((place >= first) & (place < first + n), y, np.nan)
    said = rf"with a value: {n}, units that they come from: 1\)"
    with pytest.raises(NotEstimableError, match=said):
        estimate_mean(alone, design=design)
    with pytest.raises(NotEstimableError, match=said):
        estimate_rate(np.where(np.isnan(alone), np.nan, 1.0), design=design)


def test_a_group_in_two_units_has_an_error() -> None:
    y, design = made_sample()
    fit = estimate_mean(np.where(design.unit < 2, y, np.nan), design=design)
    assert (fit.n_pupils, fit.n_units) == (12, 2)
    assert 0 < fit.se < np.inf


def test_one_pupil_of_each_of_two_units_has_a_design_effect() -> None:
    y, design = made_sample()
    fit = estimate_mean(np.where(np.isin(np.arange(72), [5, 11]), y, np.nan), design=design)
    assert fit.n_pupils == 2
    assert 0 < fit.n_effective < np.inf


def test_nothing_to_divide_by_is_refused() -> None:
    with pytest.raises(NotEstimableError, match="pupils with a value 0"):
        estimate_mean(np.full(72, np.nan), design=made_sample()[1])


@settings(deadline=None)
@given(
    shift=st.floats(-50, 50),
    scale=st.floats(0.1, 10),
    heavier=st.floats(0.1, 100),
    seed=st.integers(0, 1000),
)
def test_estimates_follow_a_change_of_unit_and_no_other(
    shift: float, scale: float, heavier: float, seed: int
) -> None:
    y, design = made_sample()
    order = np.random.default_rng(seed).permutation(72)
    moved = SampleDesign(
        heavier * design.weight[order], design.unit[order], design.stratum, np.zeros(3)
    )
    before = estimate_mean(y, design=design)
    after = estimate_mean(shift + scale * y[order], design=moved)
    assert after.estimate == pytest.approx(shift + scale * before.estimate)
    assert after.se == pytest.approx(scale * before.se)
    assert after.design_effect == pytest.approx(before.design_effect)


@settings(deadline=None)
@given(reached=st.lists(st.booleans(), min_size=72, max_size=72))
def test_intervals_of_rates_stay_between_0_and_1(reached: list[bool]) -> None:
    fit = estimate_rate(np.array(reached, dtype=float), design=made_sample()[1])
    assert 0 <= fit.low <= fit.estimate <= fit.high <= 1
