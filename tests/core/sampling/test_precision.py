"""Precision before a sample is drawn: Kish's formula, limits, inverse, simulation."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from core.errors import NotEstimableError, SettingsError
from core.sampling.precision import SampleSize, estimate_precision, schools_needed

SIZE = SampleSize(pupils_per_school=20, icc=0.15, sd=10.0, n_strata=4, n_schools_frame=None)


def test_kishs_design_effect_by_hand() -> None:
    plan = estimate_precision(50, size=SIZE)
    assert plan.design_effect == pytest.approx(1 + 19 * 0.15)
    assert plan.se == pytest.approx(10 * np.sqrt(3.85 / 1000))
    assert plan.n_effective == pytest.approx(1000 / 3.85)
    assert plan.margin == pytest.approx(plan.se * stats.t(46).ppf(0.975))


def test_pupils_alike_everywhere_have_no_design_effect() -> None:
    assert estimate_precision(50, size=replace(SIZE, icc=0.0)).design_effect == 1


def test_with_all_schools_drawn_only_pupils_inside_them_are_uncertain() -> None:
    plan = estimate_precision(50, size=replace(SIZE, n_schools_frame=50))
    assert plan.se == pytest.approx(10 * np.sqrt(0.85 / 1000))


def test_with_all_schools_and_alike_pupils_nothing_is_uncertain() -> None:
    plan = estimate_precision(50, size=replace(SIZE, n_schools_frame=50, icc=1.0))
    assert (plan.se, plan.n_effective) == (0, np.inf)


@settings(deadline=None)
@given(
    margin=st.floats(0.5, 5),
    icc=st.floats(0, 0.6),
    pupils=st.integers(1, 50),
    strata=st.integers(1, 10),
)
def test_one_school_less_than_needed_misses_the_margin(
    margin: float, icc: float, pupils: int, strata: int
) -> None:
    size = SampleSize(pupils, icc, 10.0, strata, None)
    n = schools_needed(margin, size=size)
    assert estimate_precision(n, size=size).margin <= margin
    if n > strata + 1:
        assert estimate_precision(n - 1, size=size).margin > margin


def test_a_margin_out_of_reach_is_refused_with_the_least() -> None:
    least = estimate_precision(30, size=replace(SIZE, n_schools_frame=30)).margin
    with pytest.raises(NotEstimableError, match=rf"30 schools .* of 0\.1 .*{least:.3g}"):
        schools_needed(0.1, size=replace(SIZE, n_schools_frame=30))


@pytest.mark.parametrize("margin", [0.0, -1.0, float("nan")])
def test_a_margin_that_is_not_above_0_is_refused(margin: float) -> None:
    with pytest.raises(SettingsError, match=rf"set to {margin:g}\. It must be above 0"):
        schools_needed(margin, size=SIZE)


@pytest.mark.parametrize(
    ("n_schools", "size", "found"),
    [
        (4, SIZE, "schools 4, strata 4"),
        (50, replace(SIZE, n_schools_frame=40), "frame 40"),
        (50, replace(SIZE, icc=1.2), r"icc 1\.2"),
        (50, replace(SIZE, sd=0.0), "sd 0"),
        (50, replace(SIZE, pupils_per_school=0), "per school 0"),
    ],
)
def test_a_plan_out_of_range_is_refused(n_schools: int, size: SampleSize, found: str) -> None:
    with pytest.raises(SettingsError, match=found):
        estimate_precision(n_schools, size=size)


@pytest.mark.slow
def test_the_planned_error_is_the_spread_of_samples() -> None:
    rng = np.random.default_rng(7)
    schools = np.sqrt(0.15) * 10 * rng.normal(size=(4000, 50, 1))
    means = (schools + np.sqrt(0.85) * 10 * rng.normal(size=(4000, 50, 20))).mean(axis=(1, 2))
    assert means.std() == pytest.approx(estimate_precision(50, size=SIZE).se, rel=0.04)
