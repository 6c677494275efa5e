"""Covariates of the school: the same as from pupil rows, what follows is left out, errors."""

import numpy as np
import pandas as pd
import pytest

from core.errors import SettingsError
from core.value_added import (
    Covariate,
    ValueAdded,
    ValueAddedSpec,
    add_school_covariates,
    compute_value_added,
)
from tests.core.make_moments import make_moments
from tests.core.value_added.make_county import County, make_county


def kinds_of(county: County, **traits: list[str]) -> pd.DataFrame:
    schools = county.moments["school"]
    return pd.DataFrame(
        {name: np.resize(kinds, len(schools)) for name, kinds in traits.items()}, index=schools
    )


def value_added_of(
    county: County, moments: pd.DataFrame, covariates: tuple[Covariate, ...]
) -> ValueAdded:
    return compute_value_added(
        moments,
        current=county.current,
        priors=(("last term", county.prior),),
        covariates=covariates,
        spec=ValueAddedSpec("random_intercept", "z"),
    )


def test_columns_are_those_that_pupil_rows_would_give() -> None:
    county = make_county(3)
    kinds = kinds_of(county, locale=["town", "country", "country"])
    wide, covariates = add_school_covariates(county.moments, kinds=kinds, n_priors=1)
    pupils = county.pupils
    rare = covariates[0].name.removeprefix("locale: ")
    flag = (pupils["school"].map(kinds["locale"]) == rare).astype("int64")
    rows = make_moments(
        pupils["school"], current=pupils["current"], prior=pupils["prior"], flag=flag
    )
    columns = ["x2", "x1_x2", "x2_x2", "x2_y"]
    assert wide[columns].to_numpy().tolist() == rows[columns].to_numpy().tolist()
    found = value_added_of(county, wide, covariates)
    other = value_added_of(county, rows, (Covariate("flag"),))
    assert found.schools["estimate"].to_numpy() == pytest.approx(other.schools["estimate"])
    assert found.fixed_effects[2].name == f"locale: {rare}"


def test_a_difference_between_kinds_is_taken_out_of_the_schools() -> None:
    county = make_county(4)
    kinds = kinds_of(county, locale=["town", "country"])
    raised = county.pupils["school"].map(kinds["locale"]) == "country"
    pupils = county.pupils.assign(current=county.pupils["current"] + 2000 * raised)
    gifted = County(pupils)
    wide, covariates = add_school_covariates(gifted.moments, kinds=kinds, n_priors=1)
    with_kind = value_added_of(gifted, wide, covariates).schools.set_index("school")
    plain = value_added_of(gifted, gifted.moments, ()).schools.set_index("school")
    is_country = kinds["locale"] == "country"
    assert plain["estimate"][is_country].mean() - plain["estimate"][~is_country].mean() > 0.5
    gap = with_kind["estimate"][is_country].mean() - with_kind["estimate"][~is_country].mean()
    assert abs(gap) < 0.05


def test_a_kind_that_follows_from_others_is_left_out() -> None:
    county = make_county(5)
    kinds = kinds_of(county, locale=["town", "country"], school_type=["A", "B"])
    _, covariates = add_school_covariates(county.moments, kinds=kinds, n_priors=1)
    assert len(covariates) == 1
    three = kinds_of(county, locale=["town", "country"], school_type=["A", "B", "A", "C"])
    _, covariates = add_school_covariates(county.moments, kinds=three, n_priors=1)
    assert len(covariates) == 2


def test_schools_of_unknown_kind_are_a_kind_of_their_own() -> None:
    county = make_county(6)
    kinds = kinds_of(county, locale=["town"])
    kinds.iloc[0, 0] = None
    wide, covariates = add_school_covariates(county.moments, kinds=kinds, n_priors=1)
    assert [c.name for c in covariates] == ["locale: -"]
    assert (wide["x2"] > 0).sum() == 1


def test_one_kind_of_school_is_refused() -> None:
    county = make_county(7)
    with pytest.raises(SettingsError, match="kinds: 1, required 2"):
        add_school_covariates(
            county.moments, kinds=kinds_of(county, locale=["town"]), n_priors=1
        )
