"""Growth of schools: by hand, coverage and thin schools, warnings, merging, simulation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, NotEstimableError, SettingsError
from core.growth import Growth, GrowthWarning, compute_growth
from core.tables import GROWTH


def make_joint(school: np.ndarray, prior: np.ndarray, current: np.ndarray) -> pd.DataFrame:
    """Return JOINT_HISTOGRAM rows of pupils with scores in whole points."""
    pupils = pd.DataFrame({"school": school, "prior": prior, "current": current})
    pupils[["prior", "current"]] = (100 * pupils[["prior", "current"]]).astype("int64")
    rows = pupils.astype({"school": "str"}).value_counts().reset_index(name="n")
    return rows.assign(subject="math")


def county(seed: int, *, n: int = 400, n_schools: int = 4) -> pd.DataFrame:
    """Return pupils whose school says nothing about their growth."""
    rng = np.random.default_rng(seed)
    prior = np.rint(rng.normal(60, 15, n).clip(0, 100))
    current = np.rint((12 + 0.8 * prior + rng.normal(0, 9, n)).clip(0, 100))
    names = np.array([chr(97 + i) if i < 26 else f"s{i}" for i in range(n_schools)])
    return make_joint(names[rng.integers(0, n_schools, n)], prior, current)


def by_school(growth: Growth) -> pd.DataFrame:
    return growth.schools.set_index("school").sort_index()


def two_starts() -> pd.DataFrame:
    """Return two starts whose percentiles are 1, 25, 50 and 75 in each."""
    school = np.array(["A"] * 4 + ["B"] * 4).repeat(25)
    prior, current = np.repeat([10, 20], 100), np.tile(np.repeat([30, 40, 50, 60], 25), 2)
    return make_joint(school, prior, current)


def test_figures_of_a_school_are_those_of_its_pupils_percentiles() -> None:
    joint = two_starts().replace({"current": {6000: 9000}})
    schools = by_school(compute_growth(joint))
    percentiles = np.repeat([1.0, 25.0, 50.0, 75.0], 25)
    for code in ("A", "B"):
        row = schools.loc[code]
        assert row["n"] == 100
        assert row["median"] == np.median(percentiles) == 37.5
        assert row["mean"] == pytest.approx(percentiles.mean())
        se = percentiles.std(ddof=1) / 10
        assert row["se_mean"] == pytest.approx(se)
        assert row["se_median"] == pytest.approx(np.sqrt(3) * se)
        assert row["status"] == "ok"


def test_cells_hold_every_pair_of_scores_once_with_all_its_pupils() -> None:
    joint = county(1)
    growth = compute_growth(joint)
    expected = joint.groupby(["prior", "current"])["n"].sum().reset_index()
    pd.testing.assert_frame_equal(growth.cells[["prior", "current", "n"]], expected)
    assert growth.cells["growth_percentile"].between(1, 99).all()
    assert growth.n_pupils == joint["n"].sum() == 400


def test_schools_are_listed_highest_median_first_and_those_without_one_last() -> None:
    joint = pd.concat([county(2), make_joint(np.array(["z"]), np.array([60]), np.array([99]))])
    schools = compute_growth(joint).schools
    GROWTH.require(schools)
    assert schools["median"].iloc[:-1].is_monotonic_decreasing
    last = schools.iloc[-1]
    assert (last["school"], last["n"], last["status"]) == ("z", 1, "not_estimable")
    assert last[["median", "mean", "se_median", "se_mean"]].isna().all()


def test_thinly_covered_and_unmatched_schools_are_marked_by_the_pupils_who_sat() -> None:
    joint = county(3)
    matched = joint.groupby("school")["n"].sum()
    n_sat = pd.concat([matched, pd.Series({"e": 30, "f": 0})])
    n_sat["a"] = 2 * matched["a"]
    schools = by_school(compute_growth(joint, n_sat=n_sat))
    statuses = ["low_coverage", "ok", "ok", "ok", "not_estimable", "not_estimable"]
    assert schools["status"].tolist() == statuses
    assert schools["n"].tolist() == [*matched, 0, 0]
    assert schools["median"].isna().tolist() == [False] * 4 + [True] * 2
    assert schools["n"].dtype == "int64"
    half = by_school(compute_growth(joint, n_sat=n_sat, min_coverage=0.5))
    assert half["status"].tolist()[0] == "ok"


def test_a_county_of_enough_pupils_and_scores_has_no_warning() -> None:
    assert compute_growth(county(4)).warnings == ()


def test_warnings_tell_what_was_found_and_what_is_required() -> None:
    assert compute_growth(two_starts()).warnings == (
        GrowthWarning("few_pupils", found=200, required=250),
        GrowthWarning("coarse_outcome", found=4, required=20),
        GrowthWarning("equal_knots", found=2, required=4),
        GrowthWarning("few_prior_values", found=2, required=6),
    )


def test_knots_and_boundaries_are_in_points() -> None:
    growth = compute_growth(two_starts())
    assert (growth.knots, growth.boundaries) == ((10.0, 20.0), (9.0, 21.0))


def test_no_matched_pupils_are_refused() -> None:
    with pytest.raises(NotEstimableError, match=r"found: 0\)\. Link"):
        compute_growth(county(5).iloc[:0])


def test_scores_that_do_not_vary_are_refused() -> None:
    joint = county(5)
    flat = joint.assign(current=7000).drop_duplicates(["school", "prior"])
    with pytest.raises(NotEstimableError, match="current scores that differ"):
        compute_growth(flat)


def test_several_subjects_are_refused_with_their_number() -> None:
    joint = pd.concat([county(5), county(6).assign(subject="physics")])
    with pytest.raises(DataError, match=r"subjects 2\)\. Choose"):
        compute_growth(joint)


def test_more_matched_pupils_than_sat_are_refused_with_the_number_of_schools() -> None:
    joint = county(5)
    n_sat = joint.groupby("school")["n"].sum()
    n_sat["b"] -= 1
    with pytest.raises(DataError, match=r"current score: 2\. Take"):
        compute_growth(joint, n_sat=n_sat.drop("a"))


@pytest.mark.parametrize("least", [-0.1, 1.5, float("nan")])
def test_a_coverage_outside_0_to_1_is_refused(least: float) -> None:
    with pytest.raises(SettingsError, match=rf"coverage is {least}\. Choose"):
        compute_growth(county(5), min_coverage=least)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 100))
def test_merging_schools_merges_their_pupils_and_moves_no_percentile(seed: int) -> None:
    joint = county(seed, n=300)
    merged = joint.assign(school=joint["school"].replace({"b": "a"}))
    key = ["subject", "school", "prior", "current"]
    merged = merged.groupby(key)["n"].sum().reset_index()
    before, after = compute_growth(joint), compute_growth(merged)
    pd.testing.assert_frame_equal(before.cells, after.cells)
    old, new = by_school(before), by_school(after)
    two = old.loc[["a", "b"]]
    assert new.loc["a", "n"] == two["n"].sum()
    mean = np.average(two["mean"], weights=two["n"])
    assert new.loc["a", "mean"] == pytest.approx(mean)
    assert two["median"].min() - 1e-9 <= new.loc["a", "median"] <= two["median"].max() + 1e-9
    pd.testing.assert_frame_equal(new.drop("a"), old.drop(["a", "b"]))


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 100))
def test_schools_do_not_depend_on_the_order_of_rows(seed: int) -> None:
    joint = county(seed, n=300)
    shuffled = joint.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(
        compute_growth(joint).schools, compute_growth(shuffled).schools
    )


@pytest.mark.slow
def test_intervals_of_mean_and_median_percentiles_cover_in_95_percent() -> None:
    inside: dict[str, list[pd.Series]] = {"mean": [], "median": []}
    for seed in range(40):
        growth = compute_growth(county(seed, n=8000, n_schools=80))
        cells, schools = growth.cells, growth.schools
        centre = np.average(cells["growth_percentile"], weights=cells["n"])
        for name, held in inside.items():
            held.append((schools[name] - centre).abs() < 1.96 * schools[f"se_{name}"])
    # 3,200 intervals: the standard error of a share is 0.004. With the 1.253 of the SGP package
    # intervals of medians hold 85 %.
    assert np.mean(np.concatenate(inside["mean"])) == pytest.approx(0.95, abs=0.012)
    assert np.mean(np.concatenate(inside["median"])) == pytest.approx(0.95, abs=0.02)


def test_a_score_that_follows_from_the_prior_is_refused() -> None:
    joint = county(3, n=400)
    same = joint.groupby(["subject", "school", "prior"], as_index=False)["n"].sum()
    with pytest.raises(NotEstimableError, match=r"scores of 400 pupils follow"):
        compute_growth(same.assign(current=same["prior"]))


def test_the_mean_percentile_is_that_of_all_pupils() -> None:
    growth = compute_growth(county(4, n=600))
    mean = np.average(growth.schools["mean"], weights=growth.schools["n"])
    assert growth.mean_percentile == pytest.approx(mean)
    assert 45 < growth.mean_percentile < 50
