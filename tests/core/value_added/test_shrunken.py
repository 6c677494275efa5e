"""Shrunken effects: mixed models as they are, others drawn in, none found."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.numerics.shrinkage import estimate_tau2, shrink
from core.value_added import shrunken_effects
from tests.core.value_added.make_county import County, make_county


def test_a_mixed_model_is_shrunken_already() -> None:
    result = make_county(1).value_added("contextual")
    effects = shrunken_effects(result)
    pd.testing.assert_series_equal(effects["estimate"], result.schools["estimate"])
    assert effects["se"].tolist() == result.schools["se_prediction"].tolist()


@pytest.mark.parametrize("method", ["prior_group", "z_change"])
def test_other_estimates_are_drawn_toward_their_mean(method: str) -> None:
    result = make_county(2).value_added(method)
    effects, schools = shrunken_effects(result), result.schools
    expected = shrink(schools["estimate"].to_numpy(), se=schools["se_prediction"].to_numpy())
    assert effects["estimate"].to_numpy() == pytest.approx(expected.estimate)
    assert effects["se"].to_numpy() == pytest.approx(expected.sd)
    assert effects["reliability"].to_numpy() == pytest.approx(expected.reliability)
    assert effects["estimate"].std() < schools["estimate"].std()


@pytest.mark.parametrize("method", ["random_intercept", "z_change"])
def test_where_no_difference_was_found_the_error_is_the_largest_that_is_found_so(
    method: str,
) -> None:
    pupils = make_county(3, n_schools=20, effect=0.0, error=0.1).pupils
    # Dealt out by rank of progress, so that schools are more alike than chance makes them.
    pupils = pupils.iloc[np.argsort(pupils["current"] - pupils["prior"])].reset_index(drop=True)
    pupils["school"] = [f"S{k % 20:03d}" for k in range(len(pupils))]
    result = County(pupils).value_added(method)
    assert result.status == "no_difference_found"
    effects, schools = shrunken_effects(result), result.schools
    assert (effects["verdict"] == "no_difference_found").all()
    variance = schools["se_prediction"].to_numpy() ** 2
    if method == "random_intercept":
        variance = result.sigma_e2 / schools["n"].to_numpy(float)
        assert (effects["estimate"] == 0).all()
    # Schools are nearly of one size here; 10.117 is the 5 % point of chi-squared on 19.
    expected = variance.mean() * (19 / 10.117 - 1)
    own = 0.0 if method == "random_intercept" else variance.mean() / 20
    assert (effects["se"] ** 2).to_numpy() == pytest.approx(expected + own, rel=0.05)


def test_a_variance_of_that_size_is_found_to_be_0_in_one_of_twenty() -> None:
    rng, n_schools = np.random.default_rng(1), 20
    tau2 = 19 / 10.117 - 1
    drawn = np.sqrt(1 + tau2) * rng.normal(size=(4000, n_schools))
    zero = [estimate_tau2(row, se=np.ones(n_schools)) == 0 for row in drawn]
    assert np.mean(zero) == pytest.approx(0.05, abs=0.01)


def test_a_school_that_was_not_estimable_stays_so() -> None:
    result = replace(make_county(3).value_added("contextual"), status="no_difference_found")
    schools = result.schools.copy()
    schools.loc[0, ["estimate", "se_prediction"]] = np.nan
    effects = shrunken_effects(replace(result, schools=schools))
    assert effects["se"].isna().tolist() == [True, *[False] * 11]
