"""Further indicators: pupils one by one, a worked class, ties, change of scale, empty units."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from core.attainment import (
    AdmissionLine,
    AttainmentSpec,
    TopN,
    compute_attainment,
)
from core.interval import wilson_interval
from tests.core.attainment.figures import FULL_SPEC as SPEC
from tests.core.attainment.figures import figures_of
from tests.core.make_pupils import (
    MEMBERSHIP,
    PAPERS,
    UNITS,
    histogram_of,
    make_pupils,
    states_of,
)

FIGURES = ["estimate", "se", "low", "high", "n_pupils"]


def third_of(points: np.ndarray) -> float:
    """Return the mean of the lowest third without the lowest 5 %, a fine grain at a time."""
    grains = np.repeat(np.sort(points), 60)  # 1/3 and 1/20 of n x 60 are whole numbers
    return float(grains[grains.size // 20 : grains.size // 3].mean())


def plainly(points: np.ndarray, everybody: np.ndarray) -> dict[str, float]:
    """Return the indicators of a unit by their definitions, from marks in points."""
    p10, p90 = np.quantile(points, [0.1, 0.9])
    best = np.sort(everybody)[::-1]
    return {
        "p25": np.quantile(points, 0.25),
        "p75": np.quantile(points, 0.75),
        "t_score": 50 + 10 * (points.mean() - everybody.mean()) / everybody.std(),
        "above_mean_rate": (points.mean() - everybody.mean()) / everybody.mean(),
        "cv": points.std() / points.mean(),
        "polarisation": (p90 - p10) / everybody.std(),
        "extreme_share": ((points >= 102) | (points < 48)).mean(),
        "top_n_count": (points >= best[11]).sum(),
        "top_n_rate": (points >= best[11]).mean(),
        "top_n_count_city": (points >= best[min(40, best.size) - 1]).sum(),
        "line_rate": (points >= 80).mean(),
        "line_rate_vocational": (points >= 65).mean(),
        "bottom20_share": (points < np.quantile(everybody, 0.2).round(8)).mean(),
        "bottom_third_mean": third_of(points),
        "borderline_count": ((points >= 66) & (points < 72)).sum(),
        "borderline_count_excellent": ((points >= 90) & (points < 102)).sum(),
        "borderline_count_vocational": ((points >= 55.4) & (points < 65)).sum(),
    }


@settings(max_examples=25, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500))
def test_figures_equal_those_of_the_pupils_one_by_one(seed: int) -> None:
    pupils = make_pupils(seed)
    estimate = figures_of(pupils, SPEC)["estimate"]
    everybody = pupils["score"].to_numpy() / 100
    for unit, schools in UNITS.items():
        points = pupils.loc[pupils["school"].isin(list(schools)), "score"].to_numpy() / 100
        expected = plainly(points, everybody)
        assert estimate[unit].loc[list(expected)].to_dict() == pytest.approx(expected)


def test_a_class_worked_by_hand() -> None:
    marks = [20, 30, 40, 50, 60, 65, 66, 71, 72, 80, 90, 102]
    pupils = pd.DataFrame({"school": "A", "score": [100 * mark for mark in marks]})
    figures = figures_of(pupils, SPEC)["estimate"]["A"]
    assert figures["bottom_third_mean"] == pytest.approx(
        (20 * 0.4 + 30 + 40 + 50) / 3.4  # 0.6 of a pupil are the lowest 5 %, 4 the third
    )
    assert figures["borderline_count"] == 2  # 66 and 71; 72 has passed
    assert figures["bottom20_share"] == pytest.approx(3 / 12)  # 20th percentile 42
    assert figures["extreme_share"] == pytest.approx(4 / 12)  # 20, 30, 40 and 102
    assert figures["line_rate"] == pytest.approx(3 / 12)


def test_ties_at_the_last_place_are_all_counted() -> None:
    scores = [9000] * 3 + [8000] * 4 + [5000] * 5
    pupils = pd.DataFrame({"school": list("AABABBCCCDDD"), "score": scores})
    spec = AttainmentSpec(top_n=(TopN(4),))
    count = figures_of(pupils, spec)["estimate"].xs("top_n_count", level="indicator")
    assert count["county"] == 7  # the fourth pupil has 80, as have three more
    assert count["T1"] == count["A"] + count["B"] == 6


def test_nobody_at_the_twentieth_percentile_is_below_it() -> None:
    pupils = pd.DataFrame({"school": "A", "score": [5000] * 3 + [7000] * 7})
    figures = figures_of(pupils, AttainmentSpec())["estimate"]["A"]
    assert figures["p10"] == 50
    assert figures["bottom20_share"] == 0


def test_standard_errors_and_intervals_follow_their_definitions() -> None:
    pupils = make_pupils(3)
    figures = figures_of(pupils, SPEC)
    points = np.sort(pupils.loc[pupils["school"] == "A", "score"].to_numpy() / 100)
    everybody = pupils["score"].to_numpy() / 100
    n = points.size
    se = points.std(ddof=1) / np.sqrt(n)
    errors, low, high = (figures[name]["A"] for name in ("se", "low", "high"))
    assert errors["t_score"] == pytest.approx(10 * se / everybody.std())
    assert errors["above_mean_rate"] == pytest.approx(se / everybody.mean())
    first = int(np.asarray(binom.ppf(0.025, n, 0.5)))
    assert [low["median"], high["median"]] == [points[first - 1], points[n - first]]
    extreme = (points >= 102) | (points < 48)
    for name, counted in (("line_rate", points >= 80), ("extreme_share", extreme)):
        wilson = wilson_interval(counted.sum(), n=n)
        assert low[name] == pytest.approx(wilson.low.item())
        assert high[name] == pytest.approx(wilson.high.item())


@settings(max_examples=15, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500), order=st.integers(0, 500))
def test_the_order_of_rows_changes_nothing(seed: int, order: int) -> None:
    pupils = make_pupils(seed)
    rows, states = histogram_of(pupils), states_of(pupils)
    tables = [
        compute_attainment(
            frame,
            states,
            subjects=PAPERS,
            membership=members,
            exam="期末",
            spec=SPEC,
        )
        for frame, members in (
            (rows, MEMBERSHIP),
            (
                rows.sample(frac=1, random_state=order),
                MEMBERSHIP.sample(frac=1, random_state=order),
            ),
        )
    ]
    pd.testing.assert_frame_equal(tables[0], tables[1])


@settings(max_examples=15, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500), shift=st.integers(0, 3000), scale=st.integers(1, 4))
def test_an_affine_change_of_marks_and_lines_moves_each_figure_as_it_should(
    seed: int, shift: int, scale: int
) -> None:
    pupils = make_pupils(seed)
    changed = pupils.assign(score=shift + scale * pupils["score"])
    papers = PAPERS.assign(full_mark=scale * PAPERS["full_mark"])
    for line in ("excellent_line", "good_line", "pass_line", "low_line"):
        papers[line] = shift + scale * PAPERS[line]
    spec = AttainmentSpec(
        top_n=(TopN(12),), admission_lines=(AdmissionLine("math", shift + scale * 8000),)
    )
    before = figures_of(
        pupils,
        AttainmentSpec(top_n=(TopN(12),), admission_lines=(AdmissionLine("math", 8000),)),
    )
    after = figures_of(changed, spec, papers=papers)
    same = [
        "excellent_rate",
        "good_rate",
        "pass_rate",
        "low_rate",
        "z",
        "t_score",
        "polarisation",
        "extreme_share",
        "top_n_count",
        "top_n_rate",
        "line_rate",
        "bottom20_share",
        "borderline_count",
    ]
    moved = ["mean", "median", "p10", "p25", "p75", "p90", "bottom_third_mean"]
    rows = before.index.get_level_values("indicator")
    kept, shifted = rows.isin(same), rows.isin(moved)
    assert after.loc[kept, FIGURES].to_numpy(float) == pytest.approx(
        before.loc[kept, FIGURES].to_numpy(float), nan_ok=True, abs=1e-9
    )
    assert after.loc[shifted, "estimate"].to_numpy() == pytest.approx(
        shift / 100 + scale * before.loc[shifted, "estimate"].to_numpy()
    )


@settings(max_examples=15, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500))
def test_a_school_divided_in_two_leaves_the_units_above_it_as_they_were(seed: int) -> None:
    pupils = make_pupils(seed)
    half = np.random.default_rng(seed).random(len(pupils)) < 0.5
    parted = pupils.assign(school=pupils["school"].mask((pupils["school"] == "A") & half, "A2"))
    members = pd.concat(
        [MEMBERSHIP, pd.DataFrame({"unit": ["county", "T1"], "school": ["A2", "A2"]})]
    )
    tables = [
        compute_attainment(
            histogram_of(frame),
            states_of(frame),
            subjects=PAPERS,
            membership=membership,
            exam="期末",
            spec=SPEC,
        )
        for frame, membership in ((pupils, MEMBERSHIP), (parted, members))
    ]
    above = [t[t["unit"].isin(["county", "T1", "T2"])].reset_index(drop=True) for t in tables]
    pd.testing.assert_frame_equal(above[0], above[1])


def test_without_settings_the_rows_are_the_first_of_those_with_settings() -> None:
    pupils = make_pupils(2)
    tables = [
        compute_attainment(
            histogram_of(pupils),
            states_of(pupils),
            subjects=PAPERS,
            membership=MEMBERSHIP,
            exam="期末",
            spec=spec,
        )
        for spec in (None, SPEC)
    ]
    key = ["unit", "subject", "indicator"]
    few, many = (table.set_index(key) for table in tables)
    of_median = few.index.get_level_values("indicator") == "median"
    pd.testing.assert_frame_equal(few[~of_median], many.loc[few.index][~of_median])
    assert few.loc[of_median, "estimate"].equals(many.loc[few.index].loc[of_median, "estimate"])
