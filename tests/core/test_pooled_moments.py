"""Pooled moments: equal to numpy's figures over pupils, no mean tells of a few."""

import numpy as np
import pandas as pd
import pytest

from core.pooled_moments import pool_moments

EXACT = 1e-9  # sums of integers below 2**53; only divisions round


def pupils_of(*, n: int = 120, seed: int = 1) -> pd.DataFrame:
    """Make linked pupils of four schools whose means differ."""
    rng = np.random.default_rng(seed)
    school = np.repeat(np.arange(4), n // 4)
    prior = rng.normal(60, 10, n) + 5 * school
    current = 0.7 * prior + rng.normal(0, 6, n) - 3 * school
    marks = {"x": prior, "y": current}
    rounded = {k: np.round(v * 2).astype(int) * 50 for k, v in marks.items()}
    return pd.DataFrame({"school": [f"S{j}" for j in school], **rounded})


def moments_of(pupils: pd.DataFrame, *, joined: int = 0, left: int = 0) -> pd.DataFrame:
    """Return MOMENTS of the pupils; so many more of the last school have one score only."""
    by_school = pupils.assign(n=1, y_y=pupils.y**2, x1_x1=pupils.x**2, x1_y=pupils.x * pupils.y)
    sums = by_school.rename(columns={"x": "x1"}).groupby("school", as_index=False).sum()
    is_last = sums["school"] == "S3"
    return sums.assign(
        subject="math",
        n_sat=sums["n"] + joined * is_last,
        n_prior=sums["n"] + left * is_last,
        x1_all=sums["x1"],
    )


def test_figures_are_those_of_the_pupils() -> None:
    pupils = pupils_of()
    row = pool_moments(moments_of(pupils)).iloc[0]
    x, y = pupils["x"] / 100, pupils["y"] / 100
    expected = [x.mean(), x.std(ddof=0), y.mean(), y.std(ddof=0), np.corrcoef(x, y)[0, 1]]
    found = row[["prior_mean", "prior_sd", "current_mean", "current_sd", "r"]]
    assert list(found) == pytest.approx(expected, abs=EXACT)
    assert row["n_pupils"] == 120


def test_within_schools_their_own_means_are_taken_out() -> None:
    pupils = pupils_of()
    own = pupils[["x", "y"]] - pupils.groupby("school")[["x", "y"]].transform("mean")
    row = pool_moments(moments_of(pupils)).iloc[0]
    assert row["r_within"] == pytest.approx(np.corrcoef(own["x"], own["y"])[0, 1], abs=EXACT)
    assert abs(row["r_within"] - row["r"]) > 0.05


@pytest.mark.parametrize(("few", "is_hidden"), [(0, False), (1, True), (9, True), (10, False)])
def test_a_mean_is_left_out_where_a_few_more_have_that_score(few: int, is_hidden: bool) -> None:
    pupils = pupils_of()
    joined = pool_moments(moments_of(pupils, joined=few)).iloc[0]
    left = pool_moments(moments_of(pupils, left=few)).iloc[0]
    now, before = ["current_mean", "current_sd"], ["prior_mean", "prior_sd"]
    assert list(joined[now].isna()) == [is_hidden] * 2
    assert list(left[before].isna()) == [is_hidden] * 2
    assert not joined[[*before, "r"]].isna().any()
    assert not left[[*now, "r"]].isna().any()


def test_fewer_than_ten_matched_pupils_have_no_figure() -> None:
    row = pool_moments(moments_of(pupils_of(n=8))).iloc[0]
    assert row["status"] == "suppressed"
    assert row.drop(["subject", "status"]).isna().all()


def test_a_score_without_spread_has_no_correlation() -> None:
    row = pool_moments(moments_of(pupils_of().assign(x=6000))).iloc[0]
    assert row["prior_sd"] == 0
    assert row[["r", "r_within"]].isna().all()


def test_a_pair_without_moments_has_no_rows() -> None:
    assert pool_moments(moments_of(pupils_of()).iloc[:0]).empty
