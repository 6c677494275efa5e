"""The random slope model equals lme4 on public school data, school by school."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.numerics.mixed_model import estimate_random_intercept
from core.numerics.moments import SchoolMoments
from core.numerics.random_slope import (
    RandomSlopeFit,
    estimate_random_slope,
    slope_effect_at,
)
from tests.reference.sources import OUTCOME, moments_of, read_figures, read_pupils

DATA_SETS = ["Exam", "Chem97"]
PRIOR = {"Exam": "standLRT", "Chem97": "gcsecnt"}
PRECISION = 1e-8  # the figures were moved to the minimum; lme4's own stop is off by up to 1e-4
DIGITS = {"Exam": 1e-11, "Chem97": 1e-12}  # of the criterion, as far as it was written


@cache
def moments_with_prior(data_set: str) -> SchoolMoments:
    columns, outcome = [PRIOR[data_set]], OUTCOME[data_set]
    return moments_of(read_pupils(data_set), columns=columns, outcome=outcome)


@cache
def fit_of(data_set: str) -> RandomSlopeFit:
    return estimate_random_slope(moments_with_prior(data_set))


@cache
def lme4_of(data_set: str) -> Any:
    return read_figures("lmm_slope.json")[data_set]


def schools_of(data_set: str) -> pd.DataFrame:
    schools = pd.DataFrame(lme4_of(data_set)["schools"])
    return schools.sort_values("level", key=lambda level: level.astype(int))


@pytest.mark.parametrize("data_set", DATA_SETS)
def test_fixed_effects_and_their_covariance_equal_lme4(data_set: str) -> None:
    fit, lme4 = fit_of(data_set), lme4_of(data_set)
    assert fit.beta == pytest.approx(np.array(lme4["beta"]), rel=PRECISION)
    assert fit.beta_se == pytest.approx(np.array(lme4["se"]), rel=PRECISION)
    assert fit.beta_cov == pytest.approx(np.array(lme4["vcov"]), rel=PRECISION)


@pytest.mark.parametrize("data_set", DATA_SETS)
def test_covariance_of_intercept_and_slope_equals_lme4(data_set: str) -> None:
    fit, lme4 = fit_of(data_set), lme4_of(data_set)
    assert fit.school_cov == pytest.approx(np.array(lme4["school_cov"]), rel=PRECISION)
    assert fit.sigma_e2 == pytest.approx(lme4["sigma_e2"], rel=PRECISION)
    assert fit.neg2_log_reml == pytest.approx(lme4["neg2loglik"], rel=DIGITS[data_set])
    assert fit.boundary == "inside"


@pytest.mark.parametrize("data_set", DATA_SETS)
def test_every_intercept_slope_and_error_equals_lme4(data_set: str) -> None:
    fit, schools = fit_of(data_set), schools_of(data_set)
    assert fit.n_schools == len(schools)
    assert fit.n_pupils == schools["n"].sum()
    expected = schools[["intercept", "slope"]].to_numpy()
    assert fit.effect == pytest.approx(expected, rel=1e-7, abs=PRECISION)
    variance = schools[["intercept_condSD", "slope_condSD"]].to_numpy() ** 2
    found = np.diagonal(fit.cov_conditional, axis1=1, axis2=2)
    assert found == pytest.approx(variance, rel=PRECISION)
    covariance = schools["condCov"].to_numpy()
    assert fit.cov_conditional[:, 0, 1] == pytest.approx(covariance, rel=1e-6, abs=PRECISION)


def test_the_effect_at_the_mean_prior_is_that_of_the_intercept() -> None:
    fit = fit_of("Exam")
    at_zero, at_two = slope_effect_at(fit, at=[0.0]), slope_effect_at(fit, at=[2.0])
    assert at_zero.effect == pytest.approx(schools_of("Exam")["intercept"], rel=1e-7)
    # lme4's condSD of school 1, put together by hand for a prior of 2.
    one = schools_of("Exam").iloc[0]
    variance = one["intercept_condSD"] ** 2 + 4 * one["condCov"] + 4 * one["slope_condSD"] ** 2
    assert at_two.se_conditional[0] == pytest.approx(np.sqrt(variance), rel=PRECISION)
    assert at_two.effect[0] == pytest.approx(one["intercept"] + 2 * one["slope"], rel=1e-7)


@pytest.mark.parametrize("data_set", DATA_SETS)
def test_slopes_of_their_own_never_fit_worse_than_a_common_one(data_set: str) -> None:
    common = estimate_random_intercept(moments_with_prior(data_set))
    assert fit_of(data_set).neg2_log_reml < common.neg2_log_reml - 40
