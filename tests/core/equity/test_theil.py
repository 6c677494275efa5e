"""Theil's split by a grouping: pupils one by one, parts that add up, schools left out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.equity import THEIL, THEIL_GROUPS, Theil, compute_theil
from tests.core.make_pupils import PAPERS, histogram_of, make_pupils

LOCALE = pd.Series({"A": "town", "B": "country", "C": "country", "D": "town"})
PARTS = ["between_groups", "between_schools", "within_schools"]


def theil_of(pupils: pd.DataFrame, *, grouping: pd.Series = LOCALE) -> Theil:
    split = compute_theil(histogram_of(pupils), subjects=PAPERS, grouping=grouping)
    THEIL.require(split.subjects)
    THEIL_GROUPS.require(split.groups)
    return split


def index_of(points: pd.Series) -> float:
    ratio = (points / points.mean()).to_numpy()
    return float(np.mean(np.where(ratio > 0, ratio * np.log(np.maximum(ratio, 1e-300)), 0)))


@settings(max_examples=25, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500))
def test_parts_equal_those_of_the_pupils_one_by_one(seed: int) -> None:
    pupils = make_pupils(seed)
    found = theil_of(pupils).subjects.iloc[0].to_dict()
    pupils = pupils[pupils["school"] != "E"]
    group = pupils["school"].map(LOCALE)
    score = pupils["score"].astype(float)
    of_school = score.groupby(pupils["school"]).transform("mean")
    of_group = score.groupby(group).transform("mean")
    assert found["theil_pupils"] == pytest.approx(index_of(score))
    assert found["theil_schools"] == pytest.approx(index_of(of_school))
    assert found["between_groups"] == pytest.approx(index_of(of_group), abs=1e-12)
    assert found["theil_pupils"] == pytest.approx(sum(found[part] for part in PARTS))
    share = found["between_groups"] / found["theil_schools"]
    assert found["group_share"] == pytest.approx(share)
    assert found["n_pupils"] == len(pupils)


@settings(max_examples=25, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500))
def test_the_groups_add_up_to_their_parts(seed: int) -> None:
    split = theil_of(make_pupils(seed))
    found, groups = split.subjects.iloc[0].to_dict(), split.groups
    assert groups["group"].tolist() == ["country", "town"]
    assert groups["amount_share"].sum() == pytest.approx(1)
    assert groups["contribution"].sum() == pytest.approx(found["between_schools"])
    assert groups["n_pupils"].sum() == found["n_pupils"]
    assert groups["n_schools"].tolist() == [2, 2]


def test_groups_of_one_level_have_no_share() -> None:
    pupils = pd.DataFrame({"school": list("ABCD"), "score": [4000, 4000, 8000, 8000]})
    found = theil_of(pupils).subjects.iloc[0].to_dict()
    assert found["group_share"] == pytest.approx(0, abs=1e-12)
    assert found["theil_schools"] > 0


def test_schools_without_a_group_are_left_out_and_counted() -> None:
    grouping = LOCALE.drop("D").mask(LOCALE.index[:3] == "C")
    found = theil_of(make_pupils(1), grouping=grouping).subjects.iloc[0].to_dict()
    assert found["n_schools"] == 2
    assert found["n_schools_left_out"] == 3  # C, D and E


def test_a_subject_with_one_school_is_not_estimable() -> None:
    split = theil_of(pd.DataFrame({"school": ["A", "A"], "score": [5000, 6000]}))
    assert split.subjects["status"].tolist() == ["not_estimable", "not_estimable"]
    assert split.subjects[["theil_pupils", "group_share"]].isna().all(axis=None)
    assert split.groups.empty


def test_marks_of_nothing_but_zero_are_not_estimable() -> None:
    split = theil_of(pd.DataFrame({"school": ["A", "B"], "score": [0, 0]}))
    assert split.subjects["status"].tolist()[0] == "not_estimable"
