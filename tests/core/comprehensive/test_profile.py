"""Profiles: hand-computed values, norms, what they never contain, order, small schools."""

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.comprehensive.framework import KEY_INDICATORS
from core.comprehensive.profile import Profile, compute_profile
from core.errors import DataError
from core.survey_tables import PROFILE

NO_NORMS = pd.DataFrame(
    {
        "indicator": pd.Series(dtype="str"),
        "norm": pd.Series(dtype="str"),
        "value": pd.Series(dtype="float64"),
        "se": pd.Series(dtype="float64"),
    }
)
SCORES = pd.DataFrame({"pressure": [40.0, 60, 20, 30], "conduct": [70.0, 90, 50, np.nan]})
SCHOOL = pd.Series(["B", "B", "A", "A"])


def made_norms(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    norms = pd.DataFrame(list(rows), columns=["indicator", "norm", "value", "se"])
    return norms.astype({"value": "float64", "se": "float64"})


def profile_of(norms: pd.DataFrame = NO_NORMS, *, min_pupils: int = 1) -> pd.DataFrame:
    return compute_profile(SCORES, school=SCHOOL, norms=norms, min_pupils=min_pupils).rows


def made_county(seed: int = 1, n: int = 90) -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(seed)
    scores = pd.DataFrame(100 * rng.uniform(size=(n, 2)), columns=["ideals", "own_scale"])
    return scores, pd.Series(rng.choice(["S1", "S2", "S3"], size=n, p=[0.6, 0.3, 0.1]))


def test_two_schools_by_hand() -> None:
    rows = profile_of().set_index(["unit", "indicator"])
    assert rows["score"].to_dict() == {
        ("A", "conduct"): 50,
        ("A", "pressure"): 25,
        ("B", "conduct"): 80,
        ("B", "pressure"): 50,
    }
    assert rows["n_pupils"].tolist() == [1, 2, 2, 2]
    row = rows.xs(("B", "pressure"))
    assert row["norm_value"] == pytest.approx(37.5)
    assert row["difference"] == pytest.approx(12.5)
    # SD / sqrt 2 is 10 and 5; half of the county each: half of the error of B less A.
    assert row["difference_se"] == pytest.approx(np.hypot(10, 5) / 2)


def test_a_norm_from_elsewhere_adds_its_own_error() -> None:
    norms = made_norms(
        ("pressure", "province", 45, 2.4), ("pressure", "last_cycle", 48, np.nan)
    )
    rows = profile_of(norms).set_index(["unit", "indicator", "norm"])
    province, last = (rows.xs(("B", "pressure", norm)) for norm in ("province", "last_cycle"))
    assert province["difference"] == 5
    assert province["difference_se"] == pytest.approx(np.hypot(10, 2.4))
    assert last["difference"] == 2
    assert last["difference_se"] == pytest.approx(10)  # typed in without an error: exact
    assert np.isnan(last["norm_se"])


def test_the_profile_holds_no_total_rank_or_band() -> None:
    forbidden = {"rank", "place", "band", "total", "index", "verdict", "award", "composite"}
    assert [field.name for field in fields(Profile)] == ["rows"]
    assert not hasattr(Profile(rows=PROFILE.empty()), "__dict__")
    rows = compute_profile(
        *made_county()[:1], school=made_county()[1], norms=NO_NORMS, min_pupils=1
    ).rows
    assert list(rows.columns) == PROFILE.names
    assert {word for name in PROFILE.names for word in name.split("_")} & forbidden == set()
    assert set(rows["indicator"]) == {"ideals", "own_scale"}  # and nothing summed over them


def test_rows_follow_the_framework_and_not_the_values() -> None:
    codes = [key.code for key in KEY_INDICATORS]
    rng = np.random.default_rng(2)
    scores = pd.DataFrame(100 * rng.uniform(size=(20, 20)), columns=codes[::-1])
    school = pd.Series(["S2", "S1"] * 10)
    rows = compute_profile(scores, school=school, norms=NO_NORMS, min_pupils=1).rows
    assert rows["indicator"].tolist() == codes * 2
    assert rows["unit"].tolist() == ["S1"] * 20 + ["S2"] * 20
    assert rows["aspect"].nunique() == 5


def test_an_indicator_of_the_bureau_comes_last_without_an_aspect() -> None:
    scores, school = made_county()
    rows = PROFILE.require(
        compute_profile(scores, school=school, norms=NO_NORMS, min_pupils=1).rows
    )
    assert rows["indicator"].tolist() == ["ideals", "own_scale"] * 3
    assert rows["aspect"].isna().tolist() == [False, True] * 3


def test_a_small_school_has_its_number_and_nothing_else() -> None:
    norms = made_norms(("conduct", "province", 60, 1))
    rows = profile_of(norms, min_pupils=2).set_index(["unit", "indicator", "norm"])
    for norm in ("county", "province"):
        row = rows.xs(("A", "conduct", norm))
        assert (row["status"], row["n_pupils"]) == ("too_few", 1)
        own = ["score", "se", "low", "high", "difference", "difference_se", "difference_low"]
        assert row[own].isna().all()
    assert rows.xs(("A", "pressure", "county"))["status"] == "ok"


def test_a_school_without_scores_is_not_estimable() -> None:
    scores = SCORES.assign(conduct=[70.0, 90, np.nan, np.nan])
    rows = compute_profile(scores, school=SCHOOL, norms=NO_NORMS, min_pupils=1).rows
    assert rows["status"].tolist() == ["not_estimable", "ok", "ok", "ok"]


@pytest.mark.parametrize(
    "norm",
    [
        ("strange", "province", 50.0, 1.0),
        ("conduct", "county", 50.0, 1.0),
        ("conduct", "province", 101.0, 1.0),
        ("conduct", "province", 50.0, -1.0),
    ],
)
def test_a_norm_that_does_not_fit_is_refused(norm: tuple[str, str, float, float]) -> None:
    with pytest.raises(DataError, match="named county 1"):
        profile_of(made_norms(norm))


def test_scores_outside_their_range_are_refused_with_their_number() -> None:
    with pytest.raises(DataError, match="outside 0 to 100 4, norms"):
        compute_profile(SCORES * 2.5, school=SCHOOL, norms=NO_NORMS, min_pupils=1)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_order_of_rows_changes_nothing_and_differences_balance(seed: int) -> None:
    scores, school = made_county(seed)
    order = np.random.default_rng(seed).permutation(len(scores))
    before = compute_profile(scores, school=school, norms=NO_NORMS, min_pupils=1).rows
    after = compute_profile(
        scores.iloc[order], school=school.iloc[order], norms=NO_NORMS, min_pupils=1
    ).rows
    pd.testing.assert_frame_equal(before, after)
    for _, rows in before.groupby("indicator"):
        assert np.average(rows["difference"], weights=rows["n_pupils"]) == pytest.approx(0)
