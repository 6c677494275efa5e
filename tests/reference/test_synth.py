"""A made county of 10,000 pupils: six covariates equal lme4, and its truth comes back."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.numerics.mixed_model import RandomInterceptFit, estimate_random_intercept
from core.numerics.random_slope import estimate_random_slope, slope_effect_at
from tests.reference.sources import FOLDER, moments_from_table, read_figures

PRECISION = 1e-9
COVARIATES = ["p", "female", "fsm", "eal", "sen", "birth_month"]


@cache
def pupils() -> pd.DataFrame:
    table = pd.read_parquet(FOLDER / "synth_10k.parquet")
    return table.assign(p=(table["prior"] - 100) / 15)


@cache
def fit() -> RandomInterceptFit:
    moments = moments_from_table(pupils(), school="school_id", columns=COVARIATES, outcome="y")
    return estimate_random_intercept(moments)


@cache
def lme4() -> Any:
    return read_figures("lmm_synth_10k_ri_exact.json")


def truth() -> pd.DataFrame:
    return pd.read_parquet(FOLDER / "synth_10k_truth.parquet").sort_values("school_id")


def test_coefficients_variances_and_criterion_equal_lme4() -> None:
    assert fit().beta == pytest.approx(np.array(lme4()["beta"]), rel=PRECISION)
    assert fit().beta_se == pytest.approx(np.array(lme4()["se"]), rel=PRECISION)
    assert fit().sigma_u2 == pytest.approx(lme4()["tau2"], rel=PRECISION)
    assert fit().sigma_e2 == pytest.approx(lme4()["sigma2"], rel=PRECISION)
    assert np.sqrt(fit().theta) == pytest.approx(lme4()["theta"], rel=PRECISION)
    assert fit().neg2_log_reml == pytest.approx(lme4()["neg2loglik"], rel=1e-12)


def test_every_school_equals_lme4() -> None:
    assert sorted(lme4()["school_id"]) == lme4()["school_id"]
    assert fit().n_schools == len(lme4()["blup"]) == 200
    assert fit().effect == pytest.approx(np.array(lme4()["blup"]), abs=1e-8)
    assert fit().se_conditional == pytest.approx(np.array(lme4()["condSD"]), rel=PRECISION)


def test_true_school_effects_lie_in_their_intervals_nineteen_times_in_twenty() -> None:
    error = fit().effect - truth()["u"].to_numpy()
    covered = np.abs(error) <= 1.959964 * fit().se_prediction
    assert 0.91 <= covered.mean() <= 0.99  # 200 schools: SD of the share is 0.015
    assert np.corrcoef(fit().effect, truth()["u"])[0, 1] > 0.93


def test_true_slopes_come_back_with_their_errors() -> None:
    moments = moments_from_table(
        pupils(), school="school_id", columns=COVARIATES, outcome="y_slope"
    )
    slopes = estimate_random_slope(moments)
    true = truth()
    error = slopes.effect[:, 1] - 15 * true["slope"].to_numpy()
    covered = np.abs(error) <= 1.959964 * np.sqrt(slopes.cov_prediction[:, 1, 1])
    assert 0.91 <= covered.mean() <= 0.99
    weak = slope_effect_at(slopes, at=[-1.0])
    at_85 = weak.effect - (true["u"] - 15 * true["slope"]).to_numpy()
    assert 0.91 <= np.mean(np.abs(at_85) <= 1.959964 * weak.se_prediction) <= 0.99
