"""The mixed model and value-added equal lme4 on public school data, school by school."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.numerics.mixed_model import RandomInterceptFit, estimate_random_intercept
from core.standardise import population_of
from core.value_added import ValueAdded, ValueAddedSpec, compute_value_added
from tests.core.make_moments import make_histogram, make_moments
from tests.reference.sources import (
    DESIGNS,
    FOLDER,
    OUTCOME,
    moments_of,
    read_figures,
    read_pupils,
)

MODELS = list(DESIGNS)
PRECISION = 1e-7  # the stored figures have 12 digits or more; lme4 itself stops at about this
UNIT_EFFECT = 1e-6  # absolute, outcomes have an SD of about 1 (Exam) and 3 (Chem97)


@cache
def fit_of(data_set: str, model: str) -> RandomInterceptFit:
    columns = DESIGNS[data_set, model]
    pupils = read_pupils(data_set)
    return estimate_random_intercept(
        moments_of(pupils, columns=columns, outcome=OUTCOME[data_set])
    )


@cache
def lme4_of(data_set: str) -> Any:
    return read_figures(f"lmm_{data_set}.json")


def schools_of(data_set: str, model: str) -> pd.DataFrame:
    schools = pd.DataFrame(lme4_of(data_set)[model]["schools"])
    return schools.sort_values("level", key=lambda level: level.astype(int))


@pytest.mark.parametrize(("data_set", "model"), MODELS)
def test_fixed_effects_and_their_covariance_equal_lme4(data_set: str, model: str) -> None:
    fit, lme4 = fit_of(data_set, model), lme4_of(data_set)[model]
    assert fit.beta == pytest.approx(np.array(lme4["beta"]), rel=PRECISION)
    assert fit.beta_se == pytest.approx(np.array(lme4["se"]), rel=PRECISION)
    assert fit.beta_cov == pytest.approx(np.array(lme4["vcov"]), rel=PRECISION, abs=1e-12)


@pytest.mark.parametrize(("data_set", "model"), MODELS)
def test_variances_and_criterion_equal_lme4(data_set: str, model: str) -> None:
    fit, lme4 = fit_of(data_set, model), lme4_of(data_set)[model]
    assert fit.sigma_u2 == pytest.approx(lme4["varcomp"]["school"], rel=PRECISION)
    assert fit.sigma_e2 == pytest.approx(lme4["varcomp"]["Residual"], rel=PRECISION)
    assert fit.neg2_log_reml == pytest.approx(lme4["neg2loglik"], rel=1e-11)
    assert fit.theta == pytest.approx(fit.sigma_u2 / fit.sigma_e2)


@pytest.mark.parametrize(("data_set", "model"), MODELS)
def test_every_school_effect_equals_lme4(data_set: str, model: str) -> None:
    fit, schools = fit_of(data_set, model), schools_of(data_set, model)
    assert fit.n_schools == len(schools) == {"Exam": 65, "Chem97": 2410}[data_set]
    assert fit.n_pupils == schools["n"].sum()
    assert fit.effect == pytest.approx(schools["blup"].to_numpy(), abs=UNIT_EFFECT)
    assert fit.se_conditional == pytest.approx(schools["condSD"].to_numpy(), rel=PRECISION)
    assert fit.se_prediction == pytest.approx(schools["pev_sd"].to_numpy(), rel=PRECISION)
    assert fit.reliability == pytest.approx(schools["shrinkage"].to_numpy(), rel=PRECISION)


def test_variance_on_the_boundary_gives_least_squares_without_effects() -> None:
    lme4, pupils = read_figures("edge_singular.json"), read_pupils("Exam")
    pupils["school"] = np.arange(len(pupils)) % lme4["K"]
    fit = estimate_random_intercept(
        moments_of(pupils, columns=["standLRT"], outcome="normexam")
    )
    assert fit.theta == fit.sigma_u2 == 0
    assert fit.sigma_e2 == pytest.approx(lme4["ols_sigma2"], rel=1e-12)
    assert fit.beta == pytest.approx(np.array(lme4["ols_beta"]), rel=1e-10)
    assert fit.beta_se == pytest.approx(np.array(lme4["se"]), rel=PRECISION)
    assert fit.neg2_log_reml == pytest.approx(lme4["neg2loglik"], rel=1e-12)
    for nothing in (fit.effect, fit.se_conditional, fit.se_prediction, fit.reliability):
        assert np.all(nothing == 0)


def test_equally_large_schools_give_the_closed_form() -> None:
    expected, pupils = read_figures("edge_balanced.json"), read_pupils("Exam")
    size = pupils.groupby("school")["school"].transform("size")
    first = pupils[size >= 40].groupby("school").head(40)
    fit = estimate_random_intercept(moments_of(first, columns=[], outcome="normexam"))
    assert (fit.n_schools, fit.n_pupils) == (expected["J"], expected["n"])
    assert fit.sigma_u2 == pytest.approx(expected["tau2_anova"], rel=1e-10)
    assert fit.sigma_e2 == pytest.approx(expected["sigma2_anova"], rel=1e-10)


@cache
def value_added_of_files() -> ValueAdded:
    exams = {
        name: pd.read_csv(FOLDER / f"Exam_{name}.csv", dtype=str)
        for name in ("baseline", "current")
    }
    both = exams["current"].merge(exams["baseline"], on="学籍号", validate="1:1")
    # Two decimals at most: rounding gives back the hundredths of the text.
    prior, current = (
        (both[name].astype(float) * 100).round().astype("int64")
        for name in ("综合_y", "综合_x")
    )
    moments = make_moments(both["学校代码_x"], prior=prior, current=current)
    return compute_value_added(
        moments,
        current=population_of(make_histogram(current))["math"],
        priors=(("baseline", population_of(make_histogram(prior))["math"]),),
        spec=ValueAddedSpec(method="random_intercept", scale="raw"),
    )


def test_value_added_of_the_two_exam_files_equals_lme4_in_points() -> None:
    lme4, result = read_figures("lmm_Exam_import.json"), value_added_of_files()
    intercept, slope = result.fixed_effects
    assert (intercept.name, slope.name) == ("(Intercept)", "baseline")
    assert intercept.estimate == pytest.approx(lme4["fixed"]["(Intercept)"], rel=PRECISION)
    assert slope.estimate == pytest.approx(lme4["fixed"]["x"], rel=PRECISION)
    assert intercept.se == pytest.approx(lme4["fixed_se"]["(Intercept)"], rel=PRECISION)
    assert slope.se == pytest.approx(lme4["fixed_se"]["x"], rel=PRECISION)
    assert result.sigma_u2 == pytest.approx(lme4["sigma_u2"], rel=PRECISION)
    assert result.sigma_e2 == pytest.approx(lme4["sigma_e2"], rel=PRECISION)
    assert result.neg2_log_reml == pytest.approx(lme4["neg2_log_reml"], rel=1e-11)


def test_every_school_of_the_two_exam_files_equals_lme4_in_points() -> None:
    lme4 = pd.DataFrame(read_figures("lmm_Exam_import.json")["schools"]).set_index("school")
    schools = value_added_of_files().schools.set_index("school")
    expected = lme4.loc[schools.index]
    assert len(schools) == 65
    assert schools["n"].tolist() == expected["n"].tolist()
    assert schools["estimate"].to_numpy() == pytest.approx(
        expected["blup"].to_numpy(), abs=100 * UNIT_EFFECT
    )
    assert schools["se_conditional"].to_numpy() == pytest.approx(
        expected["cond_sd"].to_numpy(), rel=PRECISION
    )
    assert schools["se_prediction"].to_numpy() == pytest.approx(
        expected["pev_sd"].to_numpy(), rel=PRECISION
    )
