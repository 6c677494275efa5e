"""Attainment: pupils one by one, units as sums of schools, empty units, lines, z."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.attainment import compute_attainment
from core.interval import wilson_interval
from core.tables import INDICATORS

SUBJECTS = pd.DataFrame(
    {
        "subject": ["math", "english"],
        "name": ["数学", "英语"],
        "position": [1, 2],
        "full_mark": [12000, 10000],
        "excellent_line": [10200, 8500],
        "good_line": [9000, 7500],
        "pass_line": [7200, 6000],
        "low_line": [4800, 4000],
    }
)
INDICATOR_NAMES = [
    "n_enrolled",
    "n_sat",
    "participation",
    "mean",
    "sd",
    "score_rate",
    "p10",
    "median",
    "p90",
    "excellent_rate",
    "good_rate",
    "pass_rate",
    "low_rate",
    "z",
]
MEMBERSHIP = pd.DataFrame(
    [("T", "A"), ("T", "B"), ("A", "A"), ("B", "B"), ("C", "C")], columns=["unit", "school"]
)


def pupils_of(seed: int) -> pd.DataFrame:
    """Return pupils of schools A (80), B (30), and of D, which belongs to no unit."""
    rng = np.random.default_rng(seed)
    school = np.repeat(["A", "B", "D"], [80, 30, 40])
    score = np.clip(rng.normal(8000, 2000, size=150) // 50 * 50, 0, 12000)
    return pd.DataFrame({"school": school, "score": score.astype(np.int64)})


def attainment_of(pupils: pd.DataFrame, *, n_absent: int = 5) -> pd.DataFrame:
    """Return the figures of mathematics, unit and indicator as index."""
    n = pupils.groupby(["school", "score"]).size().rename("n").reset_index()
    present = pupils.groupby("school").size().rename("n").reset_index().assign(state="present")
    absent = pd.DataFrame({"school": ["A"], "n": [n_absent], "state": ["absent"]})
    figures = compute_attainment(
        n.assign(subject="math"),
        pd.concat([present, absent]).assign(subject="math"),
        subjects=SUBJECTS,
        membership=MEMBERSHIP,
        exam="期末",
    )
    INDICATORS.require(figures)
    return figures[figures["subject"] == "math"].set_index(["unit", "indicator"])


def unit_of(figures: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Return the figures of one unit, indicator as index."""
    return figures.loc[[unit]].droplevel("unit")


@settings(max_examples=25, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500))
def test_figures_equal_those_of_the_pupils_one_by_one(seed: int) -> None:
    pupils = pupils_of(seed)
    estimate = attainment_of(pupils)["estimate"]
    everybody = pupils["score"].to_numpy() / 100
    for unit, schools in (("A", ["A"]), ("B", ["B"]), ("T", ["A", "B"])):
        points = pupils.loc[pupils["school"].isin(schools), "score"].to_numpy() / 100
        expected = {
            "n_sat": points.size,
            "mean": points.mean(),
            "sd": points.std(),
            "score_rate": points.mean() / 120,
            "p10": np.quantile(points, 0.1),
            "median": np.median(points),
            "p90": np.quantile(points, 0.9),
            "excellent_rate": (points >= 102).mean(),
            "good_rate": (points >= 90).mean(),
            "pass_rate": (points >= 72).mean(),
            "low_rate": (points < 48).mean(),
            "z": (points.mean() - everybody.mean()) / everybody.std(),
        }
        assert estimate[unit].loc[list(expected)].to_dict() == pytest.approx(expected)


def test_standard_errors_and_intervals_follow_their_definitions() -> None:
    pupils = pupils_of(1)
    figures = unit_of(attainment_of(pupils), "B")
    points = pupils.loc[pupils["school"] == "B", "score"].to_numpy() / 100
    se = points.std(ddof=1) / np.sqrt(30)
    assert figures.loc["mean", "se"] == pytest.approx(se)
    assert figures.loc["score_rate", "se"] == pytest.approx(se / 120)
    assert figures.loc["z", "se"] == pytest.approx(se / (pupils["score"].std(ddof=0) / 100))
    passed = int((points >= 72).sum())
    share, wilson = passed / 30, wilson_interval(passed, n=30)
    assert figures.loc["pass_rate", "se"] == pytest.approx(np.sqrt(share * (1 - share) / 30))
    assert figures.loc["pass_rate", "low"] == pytest.approx(float(wilson.low))
    assert figures.loc["pass_rate", "high"] == pytest.approx(float(wilson.high))


def test_participation_counts_every_state() -> None:
    figures = attainment_of(pupils_of(2), n_absent=20)
    assert figures.loc[("A", "n_enrolled"), "estimate"] == 100
    assert figures.loc[("A", "participation"), "estimate"] == pytest.approx(0.8)
    assert figures.loc[("A", "participation"), "n_pupils"] == 100
    assert figures.loc[("T", "participation"), "estimate"] == pytest.approx(110 / 130)


def test_a_unit_without_pupils_keeps_its_rows() -> None:
    figures = unit_of(attainment_of(pupils_of(3)), "C")
    assert list(figures.index) == INDICATOR_NAMES
    assert (figures["n_pupils"] == 0).all()
    counts = ["n_enrolled", "n_sat"]
    assert figures.loc[counts, "estimate"].tolist() == [0, 0]
    assert figures.loc[counts, "status"].tolist() == ["ok", "ok"]
    rest = figures.drop(counts)
    assert rest[["estimate", "se", "low", "high"]].isna().all(axis=None)
    assert (rest["status"] == "not_estimable").all()


def test_every_unit_has_every_indicator_of_every_subject() -> None:
    figures = compute_attainment(
        pd.DataFrame({"subject": ["art"], "school": ["A"], "score": [100], "n": [1]}),
        pd.DataFrame({"subject": ["art"], "school": ["A"], "state": ["present"], "n": [1]}),
        subjects=SUBJECTS,
        membership=MEMBERSHIP,
        exam="期末",
    )
    assert len(figures) == 4 * 2 * len(INDICATOR_NAMES)
    assert set(figures["subject"]) == {"math", "english"}  # art has no lines
    assert figures.loc[figures["indicator"] == "mean", "estimate"].isna().all()


def test_one_pupil_has_a_mean_without_an_error() -> None:
    pupils = pd.DataFrame({"school": ["A", "A", "B"], "score": [5000, 7000, 9000]})
    figures = unit_of(attainment_of(pupils), "B")
    assert figures["estimate"]["mean"] == 90
    assert figures["status"]["mean"] == "ok"
    assert figures.loc[["mean", "z", "score_rate"], ["se", "low", "high"]].isna().all(axis=None)


def test_z_needs_a_population_with_spread() -> None:
    pupils = pd.DataFrame({"school": ["A", "A", "B"], "score": [5000, 5000, 5000]})
    figures = attainment_of(pupils)
    assert figures.loc[("A", "z"), "status"] == "not_estimable"
    assert figures.loc[("A", "mean"), "status"] == "ok"


def test_a_score_on_a_line_reaches_it_and_is_not_low() -> None:
    pupils = pd.DataFrame({"school": ["A"] * 4, "score": [4800, 7200, 9000, 10200]})
    estimate = unit_of(attainment_of(pupils), "A")["estimate"]
    rates = ["low_rate", "pass_rate", "good_rate", "excellent_rate"]
    assert estimate[rates].tolist() == [0, 0.75, 0.5, 0.25]


@settings(max_examples=25, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500), order=st.integers(0, 500))
def test_the_order_of_rows_changes_nothing(seed: int, order: int) -> None:
    pupils = pupils_of(seed)
    one = attainment_of(pupils)
    other = attainment_of(pupils.sample(frac=1, random_state=order))
    pd.testing.assert_frame_equal(one, other)


@settings(max_examples=25, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500), shift=st.integers(0, 3000))
def test_z_does_not_depend_on_the_scale_of_the_marks(seed: int, shift: int) -> None:
    pupils = pupils_of(seed)
    changed = pupils.assign(score=shift + 3 * pupils["score"])
    z = [attainment_of(frame).xs("z", level="indicator") for frame in (pupils, changed)]
    columns = ["estimate", "se", "low", "high"]
    assert z[0][columns].to_numpy() == pytest.approx(z[1][columns].to_numpy(), nan_ok=True)
