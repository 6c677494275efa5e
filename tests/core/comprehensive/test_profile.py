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
# Two kinds of pupils in each of two schools, five of each kind.
KINDS = pd.DataFrame({"pressure": [40.0, 60, 20, 30], "conduct": [70.0, 90, 50, np.nan]})
SCORES = pd.concat([KINDS] * 5, ignore_index=True)
SCHOOL = pd.Series(["B", "B", "A", "A"] * 5)


def made_norms(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    norms = pd.DataFrame(list(rows), columns=["indicator", "norm", "value", "se"])
    return norms.astype({"value": "float64", "se": "float64"})


def profile_of(norms: pd.DataFrame = NO_NORMS, *, min_pupils: int = 5) -> pd.DataFrame:
    return compute_profile(SCORES, school=SCHOOL, norms=norms, min_pupils=min_pupils).rows


def made_county(seed: int = 1, n: int = 90) -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(seed)
    scores = pd.DataFrame(100 * rng.uniform(size=(n, 2)), columns=["ideals", "own_scale"])
    return scores, pd.Series(rng.choice(["S1", "S2", "S3"], size=n, p=[0.5, 0.3, 0.2]))


def test_two_schools_by_hand() -> None:
    rows = profile_of().set_index(["unit", "indicator"])
    assert rows["score"].to_dict() == {
        ("A", "conduct"): 50,
        ("A", "pressure"): 25,
        ("B", "conduct"): 80,
        ("B", "pressure"): 50,
    }
    assert rows["n_pupils"].tolist() == [5, 10, 10, 10]
    row = rows.xs(("B", "pressure"))
    assert row["norm_value"] == pytest.approx(37.5)
    assert row["difference"] == pytest.approx(12.5)
    # 10 and 5 about the mean, ten pupils each; half of the error of B less A.
    assert row["difference_se"] == pytest.approx(np.hypot(10, 5) / 3 / 2)


def test_a_norm_from_elsewhere_adds_its_own_error() -> None:
    norms = made_norms(
        ("pressure", "province", 45, 2.4), ("pressure", "last_cycle", 48, np.nan)
    )
    rows = profile_of(norms).set_index(["unit", "indicator", "norm"])
    province, last = (rows.xs(("B", "pressure", norm)) for norm in ("province", "last_cycle"))
    assert province["difference"] == 5
    assert province["difference_se"] == pytest.approx(np.hypot(10 / 3, 2.4))
    assert last["difference"] == 2
    assert last["difference_se"] == pytest.approx(10 / 3)  # typed in without an error: exact
    assert np.isnan(last["norm_se"])


def test_the_profile_holds_no_total_rank_or_band() -> None:
    forbidden = {"rank", "place", "band", "total", "index", "verdict", "award", "composite"}
    assert [field.name for field in fields(Profile)] == ["rows"]
    assert not hasattr(Profile(rows=PROFILE.empty()), "__dict__")
    rows = compute_profile(
        *made_county()[:1], school=made_county()[1], norms=NO_NORMS, min_pupils=5
    ).rows
    assert list(rows.columns) == PROFILE.names
    assert {word for name in PROFILE.names for word in name.split("_")} & forbidden == set()
    assert set(rows["indicator"]) == {"ideals", "own_scale"}  # and nothing summed over them


def test_rows_follow_the_framework_and_not_the_values() -> None:
    codes = [key.code for key in KEY_INDICATORS]
    rng = np.random.default_rng(2)
    scores = pd.DataFrame(100 * rng.uniform(size=(20, 20)), columns=codes[::-1])
    school = pd.Series(["S2", "S1"] * 10)
    rows = compute_profile(scores, school=school, norms=NO_NORMS, min_pupils=5).rows
    assert rows["indicator"].tolist() == codes * 2
    assert rows["unit"].tolist() == ["S1"] * 20 + ["S2"] * 20
    assert rows["aspect"].nunique() == 5


def test_an_indicator_of_the_bureau_comes_last_without_an_aspect() -> None:
    scores, school = made_county()
    rows = PROFILE.require(
        compute_profile(scores, school=school, norms=NO_NORMS, min_pupils=5).rows
    )
    assert rows["indicator"].tolist() == ["ideals", "own_scale"] * 3
    assert rows["aspect"].isna().tolist() == [False, True] * 3


def test_a_small_school_and_its_partner_have_no_figure_against_any_norm() -> None:
    norms = made_norms(("conduct", "province", 60, 1))
    scores = pd.DataFrame({"conduct": np.linspace(20, 90, 83)})
    school = pd.Series(np.repeat(["A", "B", "C"], [40, 40, 3]))
    rows = compute_profile(scores, school=school, norms=norms, min_pupils=10).rows
    rows = PROFILE.require(rows).set_index(["unit", "norm"])
    own = ["n_pupils", "score", "se", "low", "high", "difference", "difference_se"]
    own += ["difference_low", "difference_high"]
    for norm in ("county", "province"):
        statuses = [rows.loc[(unit, norm), "status"] for unit in "ABC"]
        assert statuses == ["suppressed", "ok", "too_few"]
        n_shown = [int(rows.loc[(unit, norm), own].notna().to_numpy().sum()) for unit in "ABC"]
        assert n_shown == [0, len(own), 0]
    assert rows["norm_value"].notna().all()


def test_nothing_shown_tells_a_hidden_school_from_its_partner() -> None:
    school = pd.Series(np.repeat(["A", "B", "C"], [40, 40, 3]))
    scores = pd.DataFrame({"conduct": np.arange(83.0)})
    # Pupils change places between the small school and its partner.
    other = scores.copy()
    other.iloc[[0, 1, 2, 80, 81, 82]] = scores.iloc[[80, 81, 82, 0, 1, 2]].to_numpy()
    told, told_other = (
        compute_profile(table, school=school, norms=NO_NORMS, min_pupils=10).rows
        for table in (scores, other)
    )
    shown = ["unit", "indicator", "n_pupils", "score", "norm_value", "difference"]
    pd.testing.assert_frame_equal(told[shown], told_other[shown])


def test_a_county_that_is_small_itself_is_no_norm() -> None:
    norms = made_norms(("conduct", "province", 60, 1))
    scores, school = SCORES[["conduct"]].iloc[:4], SCHOOL.iloc[:4]
    rows = compute_profile(scores, school=school, norms=norms, min_pupils=5).rows
    assert set(rows["status"]) == {"too_few"}
    assert rows["norm_value"].tolist() == pytest.approx([np.nan, 60] * 2, nan_ok=True)
    assert rows[["n_pupils", "score"]].isna().all(axis=None)


def test_pupils_without_a_school_are_refused_with_their_number() -> None:
    school = SCHOOL.astype(object).where(SCHOOL.index > 1)
    with pytest.raises(DataError, match="pupils: 20, codes: 20, of them empty: 2"):
        compute_profile(SCORES, school=school, norms=NO_NORMS, min_pupils=5)
    with pytest.raises(DataError, match="pupils: 20, codes: 19, of them empty: 0"):
        compute_profile(SCORES, school=SCHOOL.iloc[1:], norms=NO_NORMS, min_pupils=5)


def test_scores_without_an_indicator_are_refused() -> None:
    with pytest.raises(DataError, match="columns of scores: 0, pupils: 20"):
        compute_profile(SCORES[[]], school=SCHOOL, norms=NO_NORMS, min_pupils=5)


def test_a_school_without_scores_is_not_estimable() -> None:
    scores = SCORES.assign(conduct=[70.0, 90, np.nan, np.nan] * 5)
    rows = compute_profile(scores, school=SCHOOL, norms=NO_NORMS, min_pupils=5).rows
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
    with pytest.raises(DataError, match="outside 0 to 100 20, norms"):
        compute_profile(SCORES * 2.5, school=SCHOOL, norms=NO_NORMS, min_pupils=5)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_order_of_rows_changes_nothing_and_differences_balance(seed: int) -> None:
    scores, school = made_county(seed)
    order = np.random.default_rng(seed).permutation(len(scores))
    before = compute_profile(scores, school=school, norms=NO_NORMS, min_pupils=5).rows
    after = compute_profile(
        scores.iloc[order], school=school.iloc[order], norms=NO_NORMS, min_pupils=5
    ).rows
    pd.testing.assert_frame_equal(before, after)
    for _, rows in before.groupby("indicator"):
        assert np.average(rows["difference"], weights=rows["n_pupils"]) == pytest.approx(0)
