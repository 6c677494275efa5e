"""Growth of groups: against pupils counted one by one, wholes, and what is told of few."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.growth import compute_growth
from core.growth_groups import ENOUGH_FOR_MEDIAN, GroupGrowth, compute_group_growth
from tests.core.test_growth import county, make_joint

TOWNS = pd.Series({"a": "T1", "b": "T1", "c": "T2"})


def grown(joint: pd.DataFrame, group_of: pd.Series) -> GroupGrowth:
    return compute_group_growth(joint, growth=compute_growth(joint), group_of=group_of)


def pupils_of(joint: pd.DataFrame) -> pd.DataFrame:
    """Return one row per pupil with percentile and fifth."""
    cells = compute_growth(joint).cells[["prior", "current", "growth_percentile"]]
    rows = joint.merge(cells, on=["prior", "current"])
    rows = rows.loc[rows.index.repeat(rows["n"])].reset_index(drop=True)
    bounds = np.quantile(rows["prior"], [0.2, 0.4, 0.6, 0.8])
    return rows.assign(fifth=np.searchsorted(bounds, rows["prior"]) + 1)


def test_figures_of_a_group_are_those_of_its_pupils() -> None:
    joint = county(11, n=900)
    found, pupils = grown(joint, TOWNS), pupils_of(joint)
    own = pupils[pupils["school"].isin(["a", "b"])]
    row = found.groups.set_index("unit").loc["T1"]
    percentile = own["growth_percentile"]
    assert (row["n"], row["n_schools"]) == (len(own), 2)
    assert row["mean"] == pytest.approx(percentile.mean())
    assert row["median"] == np.median(percentile)
    se = percentile.std(ddof=1) / np.sqrt(len(own))
    assert row["high"] - row["mean"] == pytest.approx(1.96 * se, rel=1e-3)
    for fifth, rows in own.groupby("fifth"):
        at = (found.fifths["unit"] == "T1") & (found.fifths["fifth"] == fifth)
        cell = found.fifths[at].iloc[0]
        assert cell["n"] == len(rows)
        assert cell["start"] == pytest.approx(rows["prior"].mean() / 100)
        assert cell["measure"] == "median"
        assert cell["estimate"] == np.median(rows["current"]) / 100
        assert cell["low"] <= cell["estimate"] <= cell["high"]


def test_bands_hold_twenty_percentiles_each_and_every_pupil_once() -> None:
    joint = county(12, n=900)
    found, pupils = grown(joint, TOWNS), pupils_of(joint)
    own = pupils.loc[pupils["school"].isin(["a", "b"]), "growth_percentile"]
    counted = np.histogram(own, bins=[1, 21, 41, 61, 81, 100])[0]
    bands = found.bands[found.bands["unit"] == "T1"]
    assert bands["n"].tolist() == counted.tolist()
    assert bands["share"].sum() == pytest.approx(1)
    assert bands["county_share"].sum() == pytest.approx(1)
    assert bands["county_share"].tolist() == pytest.approx([0.2] * 5, abs=0.03)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 200))
def test_groups_add_up_to_the_schools_that_belong_to_one(seed: int) -> None:
    joint = county(seed, n=300)
    found = grown(joint, TOWNS)
    n = int(joint.loc[joint["school"].isin(TOWNS.index), "n"].sum())
    assert found.groups["n"].sum() == n
    assert found.fifths["n"].sum() == n
    assert found.bands["n"].sum() == n
    assert set(found.groups["unit"]) == {"T1", "T2"}


def test_a_few_pupils_have_their_mean_because_a_median_would_be_one_pupils_mark() -> None:
    joint = pd.concat([county(13, n=900), make_joint(
        np.repeat("z", 12), np.linspace(58, 60, 12).round(), np.linspace(50, 70, 12).round()
    )])  # fmt: skip
    cells = grown(joint, pd.Series({"z": "z"})).fifths
    assert (cells["n"] < ENOUGH_FOR_MEDIAN).all()
    assert (cells["measure"] == "mean").all()


def test_a_group_that_came_clearly_further_is_told_above_and_the_other_below() -> None:
    joint = county(14, n=900)
    joint["current"] += 800 * (joint["school"] == "c") - 800 * (joint["school"] == "d")
    found = grown(joint, pd.Series({x: x for x in "abcd"})).groups.set_index("unit")["side"]
    assert (found["c"], found["d"]) == ("above", "below")


@pytest.mark.slow
def test_intervals_of_groups_that_do_not_differ_hold_the_countys_mean() -> None:
    inside = []
    for seed in range(30):
        joint = county(seed, n=4000, n_schools=40)
        own = pd.Series(joint["school"].unique(), index=joint["school"].unique())
        inside.append(grown(joint, own).groups["side"] == "within")
    # 1,200 intervals: the standard error of the share is 0.006.
    assert np.mean(np.concatenate(inside)) == pytest.approx(0.95, abs=0.02)
