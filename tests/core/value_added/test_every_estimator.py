"""What holds for every estimator: table, unit, order of rows, schools without pupils."""

from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, SettingsError
from core.tables import SCHOOL_EFFECTS
from core.value_added import Covariate, Method, ValueAddedSpec, compute_value_added
from core.verdict import judge_index
from tests.core.value_added.make_county import (
    FIGURES,
    County,
    by_school,
    make_county,
    scale_of,
)

METHODS = get_args(Method)
QUICK = [method for method in METHODS if method != "growth_percentile"]


@pytest.mark.parametrize("method", METHODS)
def test_the_table_is_declared_sorted_and_agrees_with_itself(method: str) -> None:
    result = make_county(1).value_added(method)
    schools = SCHOOL_EFFECTS.require(result.schools)
    assert (result.method, result.status, result.n_schools) == (method, "ok", 12)
    assert schools["estimate"].is_monotonic_decreasing
    index = (schools["estimate"] / schools["se_prediction"]).to_numpy()
    assert schools["index"].to_numpy() == pytest.approx(index)
    assert schools["verdict"].tolist() == judge_index(index).tolist()
    assert (schools["low"] < schools["estimate"]).all()
    assert (schools["estimate"] < schools["high"]).all()
    assert schools["reliability"].between(0, 1).all()
    assert result.icc == pytest.approx(result.sigma_u2 / (result.sigma_u2 + result.sigma_e2))


@pytest.mark.parametrize("method", METHODS)
def test_a_school_without_matched_pupils_keeps_a_row_and_stops_no_other(
    method: Method,
) -> None:
    county = make_county(2)
    newcomers = pd.DataFrame({"school": "S999", "prior": np.nan, "current": [8000.0, 9000.0]})
    wider = County(pd.concat([county.pupils, newcomers], ignore_index=True))
    result = compute_value_added(
        wider.moments,
        current=county.current,
        priors=(("last term", county.prior),),
        spec=ValueAddedSpec(method=method, scale=scale_of(method)),
        joint=county.joint,
    )
    schools = by_school(result)
    assert schools.loc["S999", "status"] == "not_estimable"
    assert schools.loc["S999", [*FIGURES, "verdict"]].isna().all()
    alone = by_school(county.value_added(method))
    pd.testing.assert_frame_equal(schools.drop("S999")[FIGURES], alone[FIGURES])


@pytest.mark.parametrize("method", METHODS)
def test_low_coverage_is_marked_and_its_figures_stay(method: str) -> None:
    county = make_county(3)
    pupils = county.pupils.copy()
    first = pupils.index[pupils["school"] == "S000"]
    pupils.loc[first[: len(first) // 2], "prior"] = np.nan
    schools = by_school(County(pupils).value_added(method))
    assert schools.loc["S000", "status"] == "low_coverage"
    assert schools.loc["S000", FIGURES].notna().all()
    assert (schools["status"].drop("S000") == "ok").all()


@pytest.mark.parametrize("method", QUICK)
@settings(max_examples=8, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500), stretch=st.integers(2, 5), shift=st.integers(-3000, 3000))
def test_standard_effects_do_not_depend_on_the_scale_of_the_marks(
    method: str, seed: int, stretch: int, shift: int
) -> None:
    county = make_county(seed)
    pupils = county.pupils
    changed = pupils.assign(
        current=shift + stretch * pupils["current"], prior=stretch * pupils["prior"] - shift
    )
    one = by_school(county.value_added(method))[FIGURES].to_numpy()
    other = by_school(County(changed).value_added(method))[FIGURES].to_numpy()
    assert other == pytest.approx(one, rel=1e-5, abs=1e-7, nan_ok=True)


@pytest.mark.parametrize("method", QUICK)
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 500))
def test_the_order_of_rows_changes_nothing(method: Method, seed: int) -> None:
    county = make_county(seed, n_schools=6)
    shuffled = compute_value_added(
        county.moments.sample(frac=1, random_state=seed),
        current=county.current,
        priors=(("last term", county.prior),),
        spec=ValueAddedSpec(method=method, scale="z"),
        joint=county.joint.sample(frac=1, random_state=seed),
    )
    pd.testing.assert_frame_equal(county.value_added(method).schools, shuffled.schools)


@pytest.mark.parametrize("method", ["prior_group", "growth_percentile"])
def test_a_method_of_cells_asks_for_the_joint_histogram(method: Method) -> None:
    county = make_county(4)
    spec = ValueAddedSpec(method, scale_of(method))
    priors = (("last term", county.prior),)
    with pytest.raises(SettingsError, match=r"joint histogram .* \(given: 0\)"):
        compute_value_added(county.moments, current=county.current, priors=priors, spec=spec)
    n = int(county.moments["n"].sum())
    with pytest.raises(SettingsError, match=rf"counts {n} pupils .* the moments {n} with"):
        compute_value_added(
            county.moments,
            current=county.current,
            priors=priors,
            spec=spec,
            joint=county.joint.assign(prior=county.joint["prior"] + 1),
        )


@pytest.mark.parametrize("method", ["prior_group", "growth_percentile", "z_change"])
def test_a_method_of_one_prior_refuses_more_columns(method: Method) -> None:
    county = make_county(5)
    spec = ValueAddedSpec(method, scale_of(method))
    priors = (("one", county.prior), ("two", county.prior))
    with pytest.raises(SettingsError, match="priors 2, covariates 1"):
        compute_value_added(
            county.moments,
            current=county.current,
            priors=priors,
            spec=spec,
            covariates=(Covariate("girl"),),
            joint=county.joint,
        )


def test_a_scale_that_does_not_go_with_the_method_is_refused() -> None:
    with pytest.raises(SettingsError, match="a scale of percentile, and"):
        ValueAddedSpec(method="growth_percentile", scale="z")
    with pytest.raises(SettingsError, match=r"scale 'raw'.* a scale of z, and"):
        ValueAddedSpec(method="z_change", scale="raw")


@pytest.mark.parametrize("method", METHODS)
def test_no_prior_is_refused(method: Method) -> None:
    county = make_county(5)
    spec = ValueAddedSpec(method, scale_of(method))
    with pytest.raises(SettingsError, match=r"by prior scores \(given: 0\)"):
        compute_value_added(
            county.moments, current=county.current, priors=(), spec=spec, joint=county.joint
        )


def test_columns_that_the_moments_lack_are_named() -> None:
    county = make_county(5)
    one, two = ("one", county.prior), ("two", county.prior)
    spec = ValueAddedSpec("random_intercept", "z")
    with pytest.raises(DataError, match=r"together 2, .*: 4 \(x2, x2_y, x1_x2, x2_x2\)"):
        compute_value_added(
            county.moments, current=county.current, priors=(one, two), spec=spec
        )
    for name in ("x1_y", "x1_all"):
        less = county.moments.drop(columns=name)
        with pytest.raises(DataError, match=rf"together 1, .*: 1 \({name}\)"):
            compute_value_added(less, current=county.current, priors=(one,), spec=spec)
