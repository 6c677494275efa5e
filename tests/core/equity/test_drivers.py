"""Drivers: schools left out one by one, contributions that add up, thin units."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.equity import DRIVERS, compute_drivers
from tests.core.make_pupils import MEMBERSHIP, PAPERS, histogram_of, make_pupils


def drivers_of(pupils: pd.DataFrame) -> pd.DataFrame:
    """Return the drivers, unit and school as index."""
    drivers = compute_drivers(histogram_of(pupils), subjects=PAPERS, membership=MEMBERSHIP)
    DRIVERS.require(drivers)
    return drivers.set_index(["unit", "school"])


def weighted(pupils: pd.DataFrame) -> float:
    own = pupils.groupby("school")["score"].transform("mean")
    return float(own.std(ddof=0) / pupils["score"].mean())


def unweighted(pupils: pd.DataFrame) -> float:
    means = pupils.groupby("school")["score"].mean()
    return float(means.std(ddof=0) / means.mean())


@settings(max_examples=20, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500))
def test_changes_equal_those_of_the_county_without_the_school(seed: int) -> None:
    pupils = make_pupils(seed)
    pupils = pupils[pupils["school"] != "E"]
    drivers = drivers_of(pupils).loc["county"]
    for school in "ABCD":
        rest = pupils[pupils["school"] != school]
        row = drivers.loc[school].to_dict()
        assert row["cv_without"] == pytest.approx(weighted(rest), abs=1e-7)
        change = weighted(rest) - weighted(pupils)
        assert row["cv_change"] == pytest.approx(change, abs=1e-7)
        change = unweighted(rest) - unweighted(pupils)
        assert row["cv_change_unweighted"] == pytest.approx(change, abs=1e-7)
        own = pupils.loc[pupils["school"] == school, "score"]
        deviation = (own.mean() - pupils["score"].mean()) / 100
        assert row["deviation"] == pytest.approx(deviation)
        assert row["n_pupils"] == own.size


@settings(max_examples=20, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500))
def test_contributions_add_up_and_come_largest_first(seed: int) -> None:
    drivers = drivers_of(make_pupils(seed))
    for unit in ("county", "T1", "T2"):
        own = drivers["contribution"].loc[unit].to_numpy()
        assert own.sum() == pytest.approx(1)
        assert (np.diff(own) <= 0).all()
        assert drivers["contribution_unweighted"].loc[unit].sum() == pytest.approx(1)


def test_the_school_that_lies_apart_carries_the_coefficient() -> None:
    scores = {"A": 8000, "B": 8100, "C": 7900, "D": 3000}
    pupils = pd.DataFrame({"school": list("ABCD") * 10}).assign(
        score=lambda frame: frame["school"].map(scores)
    )
    drivers = drivers_of(pupils).loc["county"]
    assert drivers.index[0] == "D"
    first = drivers.iloc[0].to_dict()
    assert first["contribution"] == pytest.approx(
        3750**2 / (3750**2 + 1250**2 + 1350**2 + 1150**2)
    )
    assert first["cv_change"] < 0


def test_a_unit_of_one_school_has_a_row_without_figures() -> None:
    rows = drivers_of(make_pupils(2)).loc[["A"]]
    assert rows["status"].tolist() == ["not_estimable"]
    assert rows["contribution"].isna().all()
    assert (rows["n_pupils"] > 0).all()


def test_two_schools_share_the_coefficient_and_cannot_be_left_out() -> None:
    drivers = drivers_of(make_pupils(2)).loc["T1"]
    assert (drivers["status"] == "ok").all()
    assert drivers["contribution"].sum() == pytest.approx(1)
    assert drivers["cv_without"].isna().all()


def test_schools_without_pupils_and_units_without_schools_have_no_rows() -> None:
    drivers = drivers_of(pd.DataFrame({"school": list("AB"), "score": [5000, 6000]}))
    assert set(drivers.index.get_level_values("unit")) == {"county", "T1", "A", "B"}
    nobody = compute_drivers(
        histogram_of(make_pupils(0)), subjects=PAPERS, membership=MEMBERSHIP[:0]
    )
    assert nobody.empty
