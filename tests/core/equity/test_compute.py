"""Indicators between schools: pupils one by one, order, divided schools, thin units."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.equity import BALANCE_LIMIT, ICC_LIMIT, compute_equity
from core.tables import INDICATORS
from tests.core.make_pupils import MEMBERSHIP, PAPERS, UNITS, histogram_of, make_pupils

NAMES = [
    "between_cv_weighted",
    "between_cv_unweighted",
    "icc",
    "icc_anova",
    "theil_schools",
    "theil_pupils",
]
ABOVE = ["county", "T1", "T2"]


def equity_of(pupils: pd.DataFrame, *, membership: pd.DataFrame = MEMBERSHIP) -> pd.DataFrame:
    """Return the figures of mathematics, unit and indicator as index."""
    figures = compute_equity(
        histogram_of(pupils), subjects=PAPERS, membership=membership, exam="期末"
    )
    INDICATORS.require(figures)
    return figures[figures["subject"] == "math"].set_index(["unit", "indicator"])


def theil_of(points: np.ndarray) -> float:
    ratio = points / points.mean()
    return float(np.mean(np.where(ratio > 0, ratio * np.log(np.maximum(ratio, 1e-300)), 0)))


def plainly(pupils: pd.DataFrame) -> dict[str, float]:
    """Return the indicators of a unit by their definitions, from its pupils."""
    points = (pupils["score"] / 100).to_numpy()
    own = pupils.groupby("school")["score"].transform("mean").to_numpy() / 100
    means = pupils.groupby("school")["score"].mean().to_numpy() / 100
    n = pupils.groupby("school").size().to_numpy()
    ms_between = ((own - points.mean()) ** 2).sum() / (n.size - 1)
    ms_within = ((points - own) ** 2).sum() / (points.size - n.size)
    n0 = (points.size - (n**2).sum() / points.size) / (n.size - 1)
    anova = (ms_between - ms_within) / (ms_between + (n0 - 1) * ms_within)
    return {
        "between_cv_weighted": own.std() / points.mean(),
        "between_cv_unweighted": means.std() / means.mean(),
        "icc_anova": max(0, anova),
        "theil_schools": theil_of(own),
        "theil_pupils": theil_of(points),
    }


@settings(max_examples=25, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500))
def test_figures_equal_those_of_the_pupils_one_by_one(seed: int) -> None:
    pupils = make_pupils(seed)
    estimate = equity_of(pupils)["estimate"]
    for unit in ABOVE:
        expected = plainly(pupils[pupils["school"].isin(list(UNITS[unit]))])
        assert estimate[unit].loc[list(expected)].to_dict() == pytest.approx(expected)


def test_every_unit_has_every_indicator_of_every_subject() -> None:
    figures = compute_equity(
        histogram_of(make_pupils(0)), subjects=PAPERS, membership=MEMBERSHIP, exam="期末"
    )
    expected = [
        (unit, subject, name)
        for unit in sorted(UNITS)
        for subject in ("math", "english")
        for name in NAMES
    ]
    found = figures[["unit", "subject", "indicator"]].itertuples(index=False, name=None)
    assert list(found) == expected


def test_a_unit_of_one_school_has_nothing_to_compare() -> None:
    figures = equity_of(make_pupils(1)).loc["A"]
    assert (figures["status"] == "not_estimable").all()
    assert np.isnan(figures[["estimate", "se", "low", "high"]].to_numpy(float)).all()
    assert (figures["n_pupils"] > 0).all()


def test_a_subject_that_nobody_sat_is_not_estimable_and_spoils_no_other() -> None:
    figures = compute_equity(
        histogram_of(make_pupils(1)), subjects=PAPERS, membership=MEMBERSHIP, exam="期末"
    )
    english = figures[figures["subject"] == "english"]
    assert (english["status"] == "not_estimable").all()
    assert (english["n_pupils"] == 0).all()
    county = figures[(figures["subject"] == "math") & (figures["unit"] == "county")]
    assert (county["status"] == "ok").all()


def test_schools_of_one_pupil_have_coefficients_but_no_share() -> None:
    pupils = pd.DataFrame({"school": list("ABCD"), "score": [4000, 6000, 8000, 11000]})
    status = equity_of(pupils)["status"]["county"]
    assert (status[["icc", "icc_anova"]] == "not_estimable").all()
    assert (status.drop(["icc", "icc_anova"]) == "ok").all()


def test_pupils_all_alike_have_coefficients_of_zero_and_no_share() -> None:
    pupils = pd.DataFrame({"school": list("AABBCCDD"), "score": 6000})
    figures = equity_of(pupils)
    assert figures["estimate"]["county"].drop(["icc", "icc_anova"]).tolist() == [0, 0, 0, 0]
    assert figures["status"]["county"]["icc"] == "not_estimable"


def test_marks_of_nothing_but_zero_are_not_estimable() -> None:
    pupils = pd.DataFrame({"school": list("AABB"), "score": 0})
    assert (equity_of(pupils)["status"]["T1"] == "not_estimable").all()


@settings(max_examples=15, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500), order=st.integers(0, 500))
def test_the_order_of_rows_changes_nothing(seed: int, order: int) -> None:
    rows = histogram_of(make_pupils(seed))
    one, other = (
        compute_equity(frame, subjects=PAPERS, membership=members, exam="期末")
        for frame, members in (
            (rows, MEMBERSHIP),
            (
                rows.sample(frac=1, random_state=order),
                MEMBERSHIP.sample(frac=1, random_state=order),
            ),
        )
    )
    pd.testing.assert_frame_equal(one, other)


@settings(max_examples=15, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500), scale=st.integers(2, 4))
def test_marks_in_another_unit_change_nothing(seed: int, scale: int) -> None:
    pupils = make_pupils(seed)
    before, after = (
        equity_of(frame)["estimate"].loc[ABOVE]
        for frame in (pupils, pupils.assign(score=scale * pupils["score"]))
    )
    assert after.to_numpy() == pytest.approx(before.to_numpy(), abs=1e-7)


@settings(max_examples=15, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500))
def test_a_divided_school_leaves_the_inequality_of_pupils_as_it_was(seed: int) -> None:
    pupils = make_pupils(seed)
    half = np.random.default_rng(seed).random(len(pupils)) < 0.5
    parted = pupils.assign(school=pupils["school"].mask((pupils["school"] == "A") & half, "A2"))
    members = pd.concat([MEMBERSHIP, pd.DataFrame({"unit": ["county"], "school": ["A2"]})])
    before, after = equity_of(pupils), equity_of(parted, membership=members)
    key = ("county", "theil_pupils")
    assert after["estimate"][key] == pytest.approx(before["estimate"][key])
    assert after["n_pupils"][key] == before["n_pupils"][key]
    key = ("county", "theil_schools")  # a division can only add differences between schools
    assert after["estimate"][key] >= before["estimate"][key] - 1e-12


def test_the_national_limits_are_those_of_the_stages() -> None:
    assert dict(BALANCE_LIMIT) == {"primary": 0.50, "junior": 0.45}
    assert ICC_LIMIT == 0.15


def test_without_units_there_are_no_rows() -> None:
    figures = compute_equity(
        histogram_of(make_pupils(0)), subjects=PAPERS, membership=MEMBERSHIP[:0], exam="期末"
    )
    assert figures.empty
    assert list(figures.columns) == INDICATORS.names
