"""Candidates: counts, probabilities, reasons, groups that are not judged, properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numerics.rank import bottom_count
from core.weak_schools import (
    WeakIndicator,
    WeakSchools,
    WeakSchoolSpec,
    compute_weak_schools,
)
from tests.core.make_figures import make_figures

SIGNS = {"z": 1, "value_added": 1, "low_rate": -0.2, "bottom20_share": -0.3}
GROUPS = pd.Series(
    ["village"] * 12 + ["centre"] * 7 + ["town"] * 4, index=[f"S{j:02d}" for j in range(23)]
)
SPEC = WeakSchoolSpec(exams=("E",), n_draws=400)


def _rows(seed: int = 1, *, se: float = 0.1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    level = rng.normal(0, 0.4, (23, 1))
    return pd.concat(
        [
            make_figures(
                sign * (level + rng.normal(0, 0.1, (23, 1))), se=abs(sign) * se, indicator=name
            ).assign(reliability=1.0)
            for name, sign in SIGNS.items()
        ],
        ignore_index=True,
    )


def _screen(rows: pd.DataFrame, spec: WeakSchoolSpec = SPEC) -> WeakSchools:
    return compute_weak_schools(rows, groups=GROUPS, spec=spec, rng=np.random.default_rng(0))


def test_the_lowest_fifth_of_every_judged_group_are_candidates() -> None:
    found = _screen(_rows())
    counts = found.groups.set_index("group")
    assert counts["n_candidates"].to_dict() == {"centre": 1, "town": 0, "village": 2}
    assert counts["n_schools"].to_dict() == {"centre": 7, "town": 4, "village": 12}
    village = found.schools[found.schools["group"] == "village"]
    assert village["candidate"].tolist() == [False] * 10 + [True] * 2
    assert village["rank"].tolist() == list(range(1, 13))
    assert village["composite"].is_monotonic_decreasing


def test_a_group_under_five_is_listed_with_its_composite_and_not_judged() -> None:
    schools = _screen(_rows()).schools
    town = schools[schools["group"] == "town"]
    assert (town["status"] == "not_judged").all()
    assert town["composite"].notna().all()
    assert town[["rank", "rank_low", "rank_high", "p_bottom20"]].isna().all(axis=None)
    assert not town["candidate"].any()


def test_places_of_the_bottom_are_shared_out_whole_among_the_schools() -> None:
    found = _screen(_rows(se=0.2))
    judged = found.schools[found.schools["status"] == "ok"]
    total = judged.groupby("group")["p_bottom20"].sum()
    assert total.to_dict() == pytest.approx({"centre": 1.0, "village": 2.0})
    assert (judged["rank_low"] <= judged["rank_high"]).all()
    held = judged["rank"].between(judged["rank_low"], judged["rank_high"])
    assert held.mean() > 0.8


def test_expected_wrong_flags_are_the_doubts_about_the_candidates() -> None:
    found = _screen(_rows(se=0.2))
    candidates = found.schools[found.schools["candidate"]]
    assert found.expected_wrong_flags == pytest.approx((1 - candidates["p_bottom20"]).sum())
    assert found.groups["expected_wrong_flags"].sum() == pytest.approx(
        found.expected_wrong_flags
    )
    assert found.expected_wrong_flags > _screen(_rows(se=0.02)).expected_wrong_flags


def test_reasons_name_what_lowers_a_candidate_worst_first() -> None:
    rows = _rows()
    found = _screen(rows).schools
    worst = found.loc[found["group"] == "village", "school"].iloc[-1]
    only = rows["unit"].eq(worst) & rows["indicator"].eq("value_added")
    rows.loc[only, "estimate"] -= 3.0
    after = _screen(rows).schools.set_index("school")
    assert str(after.loc[worst, "reasons"]).split(";")[0] == "value_added"
    assert (after.loc[~after["candidate"], "reasons"] == "").all()


def test_a_school_without_figures_keeps_its_row_and_stops_nobody() -> None:
    rows = _rows()
    gone = rows["unit"] == "S03"
    found = _screen(rows[~gone]).schools.set_index("school")
    assert found.loc["S03", "status"] == "not_estimable"
    assert found["composite"].isna().sum() == 1
    assert (found["status"] == "ok").sum() == 18
    hidden = rows.assign(
        estimate=rows["estimate"].mask(gone), status=rows["status"].mask(gone, "suppressed")
    )
    assert _screen(hidden).schools.set_index("school").loc["S03", "status"] == "suppressed"


def test_the_weight_of_an_indicator_without_differences_goes_to_the_others() -> None:
    rows = _rows()
    same = rows["indicator"] == "low_rate"
    found = _screen(rows.assign(estimate=rows["estimate"].mask(same, 0.1)))
    weights = found.indicators.set_index("indicator")["weight"]
    assert weights.to_dict() == pytest.approx(
        {
            "z": 0.3 / 0.85,
            "value_added": 0.4 / 0.85,
            "low_rate": 0,
            "bottom20_share": 0.15 / 0.85,
        }
    )


def test_without_error_the_ranking_is_that_of_the_figures() -> None:
    spec = WeakSchoolSpec(exams=("E",), indicators=(WeakIndicator("z", 1.0),), n_draws=400)
    rows = _rows(se=1e-4)
    found = _screen(rows, spec).schools
    z = rows[rows["indicator"] == "z"].set_index("unit")["estimate"]
    for _, members in found[found["status"] == "ok"].groupby("group"):
        assert z[members["school"]].is_monotonic_decreasing
        assert set(members["p_bottom20"]) == {0.0, 1.0}
    assert found["candidate"].sum() == bottom_count(12) + bottom_count(7)


@settings(deadline=None, max_examples=5)
@given(st.integers(0, 10**6), st.floats(0.1, 10), st.floats(-3, 3))
def test_unit_of_an_indicator_and_order_of_rows_do_not_matter(
    seed: int, scale: float, shift: float
) -> None:
    rows = _rows(seed)
    one = rows["indicator"] == "low_rate"
    moved = rows.assign(
        estimate=rows["estimate"].mask(one, shift + scale * rows["estimate"]),
        se=rows["se"].mask(one, scale * rows["se"]),
    ).sample(frac=1, random_state=seed % 99)
    plain, other = _screen(rows).schools, _screen(moved).schools
    assert other["school"].tolist() == plain["school"].tolist()
    assert other["composite"].to_numpy() == pytest.approx(
        plain["composite"].to_numpy(), abs=1e-6
    )
    assert other["p_bottom20"].to_numpy() == pytest.approx(
        plain["p_bottom20"].to_numpy(), abs=0.01, nan_ok=True
    )
