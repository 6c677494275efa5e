"""Ranks: ties, groups apart, direction, units without pupils, an unknown indicator."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.attainment import AttainmentSpec, Ranking
from core.errors import SettingsError
from tests.core.attainment.figures import figures_of
from tests.core.make_pupils import make_pupils

TOGETHER = pd.Series(dict.fromkeys("ABCD", "junior"))


def rank_of(
    pupils: pd.DataFrame, groups: pd.Series, ranking: Ranking | None = None
) -> pd.Series:
    spec = AttainmentSpec(groups=groups, ranking=ranking or Ranking())
    rank: pd.Series = figures_of(pupils, spec)["estimate"].xs("rank", level="indicator")
    return rank


def test_ties_share_the_better_place_and_take_the_next() -> None:
    pupils = pd.DataFrame(
        {"school": list("ABBCCCD"), "score": [9000, 7000, 8000, 7000, 7500, 8000, 6000]}
    )
    assert rank_of(pupils, TOGETHER)[list("ABCD")].tolist() == [1, 2, 2, 4]


def test_units_of_different_groups_are_never_ranked_together() -> None:
    pupils = pd.DataFrame({"school": list("ABCD"), "score": [9000, 8000, 7000, 6000]})
    groups = pd.Series({"A": "town", "B": "country", "C": "town", "T1": "township"})
    rank = rank_of(pupils, groups)
    assert rank[["A", "B", "C", "T1"]].tolist() == [1, 1, 2, 1]
    assert rank[["D", "county"]].isna().all()


def test_a_unit_without_pupils_has_no_rank_and_takes_none() -> None:
    pupils = pd.DataFrame({"school": list("ACD"), "score": [9000, 8000, 7000]})
    rank = rank_of(pupils, TOGETHER)
    assert rank[list("ACD")].tolist() == [1, 2, 3]
    assert np.isnan(rank["B"])


def test_low_rates_are_ranked_from_the_lowest() -> None:
    pupils = pd.DataFrame({"school": list("AABBCD"), "score": [3000, 9000] * 2 + [9000, 3000]})
    rank = rank_of(pupils, TOGETHER, Ranking("low_rate", lower_is_better=True))
    assert rank[list("ABCD")].tolist() == [2, 2, 1, 4]


@settings(max_examples=15, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500))
def test_the_rank_is_one_more_than_the_number_of_better_units(seed: int) -> None:
    pupils = make_pupils(seed)
    mean = pupils.groupby("school")["score"].mean()
    rank = rank_of(pupils, TOGETHER)
    for school in "ABCD":
        assert rank[school] == 1 + (mean[list("ABCD")] > mean[school]).sum()


def test_an_indicator_that_is_not_computed_is_named() -> None:
    with pytest.raises(SettingsError, match=r"'value_added', which is none of the \d\d "):
        rank_of(make_pupils(0), TOGETHER, Ranking("value_added"))
