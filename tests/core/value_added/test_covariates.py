"""Covariates beside the priors: lme4's model of the inner-London data, units, names."""

import pandas as pd
import pytest

from core.errors import SettingsError
from core.standardise import Population
from core.value_added import Covariate, ValueAdded, ValueAddedSpec, compute_value_added
from tests.core.make_moments import make_moments
from tests.core.value_added.make_county import make_county
from tests.reference.sources import read_figures, read_pupils

DIGITS = 1e7  # the scores of the data set have at most seven decimals
FLAGS = ["M", "boys", "girls"]


def moments_of_exam() -> pd.DataFrame:
    """Return MOMENTS with the scores times 10**7 as hundredths, and three 0/1 columns."""
    pupils = read_pupils("Exam")
    scores = {
        name: (pupils[name] * DIGITS).round().astype("int64")
        for name in ("normexam", "standLRT")
    }
    flags = {name: pupils[name].astype("int64") for name in FLAGS}
    school = pupils["school"].map("{:03d}".format)
    return make_moments(school, current=scores["normexam"], x=scores["standLRT"], **flags)


def result_of(*covariates: Covariate) -> ValueAdded:
    unit = Population(mean=0.0, sd=DIGITS / 100)  # a point is a hundred hundredths
    return compute_value_added(
        moments_of_exam(),
        current=unit,
        priors=(("standLRT", unit),),
        covariates=covariates,
        spec=ValueAddedSpec(method="random_intercept", scale="z"),
    )


def test_sex_and_kind_of_school_equal_lme4() -> None:
    lme4 = read_figures("lmm_Exam.json")["softrev"]
    result = result_of(*(Covariate(name) for name in FLAGS))
    names = ["(Intercept)", "standLRT", *FLAGS]
    assert [effect.name for effect in result.fixed_effects] == names
    estimates = [effect.estimate for effect in result.fixed_effects]
    assert estimates == pytest.approx(lme4["beta"], rel=1e-6)
    assert [effect.se for effect in result.fixed_effects] == pytest.approx(lme4["se"], rel=1e-6)
    assert result.sigma_u2 == pytest.approx(lme4["varcomp"]["school"], rel=1e-6)
    blup = pd.DataFrame(lme4["schools"]).sort_values("level", key=lambda x: x.astype(int))
    estimate = result.schools.set_index("school").sort_index()["estimate"]
    assert estimate.to_numpy() == pytest.approx(blup["blup"].to_numpy(), abs=1e-6)


def test_a_unit_of_a_covariate_changes_its_coefficient_alone() -> None:
    plain = result_of(*(Covariate(name) for name in FLAGS))
    halved = result_of(Covariate("M", centre=0.5, unit=0.5), *map(Covariate, FLAGS[1:]))
    one, other = (result.fixed_effects for result in (plain, halved))
    assert other[2].estimate == pytest.approx(0.5 * one[2].estimate)
    assert other[0].estimate == pytest.approx(one[0].estimate + 0.5 * one[2].estimate)
    estimates = [
        r.schools.set_index("school")["estimate"].sort_index() for r in (plain, halved)
    ]
    assert estimates[1].to_numpy() == pytest.approx(estimates[0].to_numpy(), abs=1e-9)


def test_a_unit_that_is_not_above_zero_is_refused() -> None:
    with pytest.raises(SettingsError, match="'age' has unit 0"):
        Covariate("age", unit=0.0)


def test_a_covariate_of_schools_spends_a_degree_of_freedom() -> None:
    plain, own = result_of(), result_of(Covariate("M"))
    kinds = result_of(*(Covariate(name) for name in FLAGS))  # boys and girls: kinds of school
    assert [result.interval_df for result in (plain, own, kinds)] == [64, 64, 62]
    schools = kinds.schools
    t = ((schools["high"] - schools["estimate"]) / schools["se_prediction"]).to_numpy()
    assert t == pytest.approx(1.99897, abs=1e-5)  # the 97.5 % point of Student's law on 62


def test_the_mean_prior_of_a_school_spends_one() -> None:
    county = make_county(1)  # 12 schools
    methods = ("random_intercept", "reliability_corrected", "contextual", "z_change")
    freedom = [county.value_added(method).interval_df for method in methods]
    assert freedom == [11, 11, 10, None]
