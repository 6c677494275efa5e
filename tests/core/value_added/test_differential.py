"""Differential effectiveness: the fit of a fifth alone, a known difference, thin cells."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotEstimableError, SettingsError
from core.value_added import ValueAddedSpec, compute_differential, compute_value_added
from core.value_added.joint_moments import moments_of_joint
from tests.core.value_added.make_county import County, make_county

SPEC = ValueAddedSpec(method="random_intercept", scale="z")


def differential(
    county: County, *, spec: ValueAddedSpec = SPEC, min_pupils: int = 1
) -> pd.DataFrame:
    return compute_differential(
        county.joint,
        current=county.current,
        prior=("last term", county.prior),
        spec=spec,
        min_pupils=min_pupils,
    )


def test_a_fifth_is_the_model_of_its_pupils() -> None:
    county = make_county(1)
    joint = county.joint
    lowest = joint[joint["prior"] <= np.quantile(county.pupils["prior"], 0.2)]
    alone = compute_value_added(
        moments_of_joint(lowest),
        current=county.current,
        priors=(("last term", county.prior),),
        spec=SPEC,
    ).schools.set_index("school")["estimate"]
    table = differential(county)
    first = table[table["quintile"] == 1].set_index("school")["estimate"]
    assert first.to_numpy() == pytest.approx(alone[first.index].to_numpy())


def test_a_school_that_serves_low_starters_well_is_seen_there() -> None:
    pupils = make_county(2, effect=1.0).pupils
    low = pupils["prior"] < pupils["prior"].quantile(0.2)
    pupils.loc[low & (pupils["school"] == "S003"), "current"] += 2500
    cells = differential(County(pupils)).set_index(["school", "quintile"])["estimate"]
    assert cells["S003"].idxmax() == 1
    assert cells.xs(1, level="quintile").idxmax() == "S003"


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 500))
def test_every_pupil_is_in_one_fifth(seed: int) -> None:
    county = make_county(seed)
    n = differential(county).groupby("school")["n"].sum()
    assert n.to_dict() == county.moments.set_index("school")["n"].to_dict()


def test_thin_cells_have_no_figures_and_stop_no_other() -> None:
    county = make_county(3)
    table, full = differential(county, min_pupils=8), differential(county)
    thin = full["n"] < 8
    assert 0 < thin.sum() < len(table)
    assert (table["status"] == np.where(thin, "not_estimable", "ok")).all()
    assert (
        table.loc[thin, ["estimate", "se_prediction", "low", "verdict"]].isna().all(axis=None)
    )
    assert table["n"].isna().tolist() == thin.tolist()
    rest = table.loc[~thin, "estimate"].to_numpy()
    assert rest == pytest.approx(full.loc[~thin, "estimate"].to_numpy())


def test_a_fifth_without_enough_schools_is_not_estimable() -> None:
    county = make_county(4)
    pupils = county.pupils
    low = pupils["prior"] <= pupils["prior"].quantile(0.2)
    pupils.loc[low, "school"] = "S000"
    table = differential(County(pupils))
    first = table[table["quintile"] == 1]
    assert first["status"].tolist() == ["not_estimable"]
    assert (table.loc[table["quintile"] > 1, "status"] == "ok").all()


def test_no_linked_pupil_is_refused() -> None:
    county = make_county(4)
    with pytest.raises(NotEstimableError, match=r"current score: 0\. Fifths need at least one"):
        compute_differential(
            county.joint.iloc[:0],
            current=county.current,
            prior=("last term", county.prior),
            spec=SPEC,
            min_pupils=1,
        )


@pytest.mark.parametrize("method", ["contextual", "prior_group"])
def test_other_estimators_take_their_turn(method: str) -> None:
    table = differential(make_county(5), spec=ValueAddedSpec(method, "z"))  # type: ignore[arg-type]
    assert table["estimate"].notna().all()
    assert table["quintile"].nunique() == 5


@pytest.mark.parametrize("method", ["reliability_corrected", "z_change"])
def test_estimators_that_do_not_hold_within_fifths_are_refused(method: str) -> None:
    with pytest.raises(SettingsError, match="one of the 3: random_intercept"):
        differential(make_county(6), spec=ValueAddedSpec(method, "z"))  # type: ignore[arg-type]
