"""Rebound: by hand, chance alone gives none beyond, its interval covers, what is null."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.change import compute_rebound, summarise_rebound
from core.errors import DataError, NotEstimableError
from core.numerics.shrinkage import shrink
from tests.core.change.make_indicators import make_indicators


def rebound(now: dict[str, float], then: dict[str, float], *, se: float = 0.1) -> pd.DataFrame:
    group = pd.Series("junior", index=list(now))
    current, previous = (make_indicators(figures, se=se) for figures in (now, then))
    return compute_rebound(current, previous=previous, group=group).set_index("unit")


def test_expected_gain_is_the_share_of_luck_times_the_gap() -> None:
    then = {"A": -0.3, "B": 0.0, "C": 0.3}
    table = rebound({"A": -0.1, "B": 0.0, "C": 0.1}, then)
    r = 1 - 0.01 / 0.09  # tau2 = 0.09 - 0.01
    assert table["r"].to_numpy() == pytest.approx(r)
    assert table["gap"].to_dict() == pytest.approx({"A": 0.3, "B": 0.0, "C": -0.3})
    assert table["expected"].to_dict() == pytest.approx(
        {"A": 0.3 * (1 - r), "B": 0.0, "C": -0.3 * (1 - r)}
    )
    assert table.loc["A", "gain"] == pytest.approx(0.2)
    assert table.loc["A", "beyond"] == pytest.approx(0.2 - 0.3 * (1 - r))
    assert table.loc["A", "se"] == pytest.approx(np.sqrt(0.01 + r * 0.01))
    assert table["verdict"].tolist() == ["flat"] * 3


def test_a_paper_that_is_harder_for_all_is_no_loss() -> None:
    then = {"A": -0.3, "B": 0.0, "C": 0.3}
    shifted = {unit: value - 5 for unit, value in then.items()}
    one, other = rebound(then, then), rebound(shifted, then)
    assert other["gain"].to_numpy() == pytest.approx(one["gain"].to_numpy(), abs=1e-9)


def test_where_schools_differ_by_chance_all_of_the_gap_closes() -> None:
    then = {"A": -0.05, "B": 0.0, "C": 0.05}
    table = rebound({"A": 0.0, "B": 0.0, "C": 0.0}, then)
    assert (table["r"] == 0).all()
    assert table["expected"].to_numpy() == pytest.approx(table["gap"].to_numpy())
    assert table["beyond"].to_numpy() == pytest.approx(0)


def test_schools_picked_for_being_low_gain_nothing_beyond_by_chance() -> None:
    rng, n, se = np.random.default_rng(1), 4000, 0.15
    true = 0.2 * rng.normal(size=n)
    units = [f"S{k:04d}" for k in range(n)]
    then, now = (dict(zip(units, true + se * rng.normal(size=n), strict=True)) for _ in "ab")
    table = rebound(now, then, se=se)
    low = table[table["gap"] > 0.25]
    assert low["gain"].mean() > 0.1
    assert low["beyond"].mean() == pytest.approx(0, abs=0.015)
    # An interval of 95 % for schools that did not change, the picked ones as all others.
    for part in (low, table):
        assert (part["verdict"] == "flat").mean() == pytest.approx(0.95, abs=0.015)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(-2, 2)), min_size=3, max_size=8))
def test_gain_is_expected_and_beyond(pairs: list[tuple[float, float]]) -> None:
    units = [f"S{k}" for k in range(len(pairs))]
    then, now = (dict(zip(units, v, strict=True)) for v in zip(*pairs, strict=True))
    table = rebound(now, then)
    total = (table["expected"] + table["beyond"]).to_numpy()
    assert total == pytest.approx(table["gain"].to_numpy(), abs=1e-12)
    assert table["r"].between(0, 1).all()
    expected = shrink(np.array(list(then.values())), se=np.full(len(then), 0.1)).reliability
    assert table["r"].to_numpy() == pytest.approx(expected)


def test_a_group_of_one_and_a_missing_figure_are_not_estimable() -> None:
    figures = {"A": 0.1, "B": 0.2, "C": np.nan, "D": 0.4, "town": 0.0}
    group = pd.Series({"A": "junior", "B": "junior", "C": "junior", "D": "rural"})
    exam = make_indicators(figures)
    table = compute_rebound(exam, previous=exam, group=group).set_index("unit")
    statuses = {"A": "ok", "B": "ok", "C": "not_estimable", "D": "not_estimable"}
    assert table["status"].to_dict() == statuses
    assert table.loc[["C", "D"], ["beyond", "se", "verdict"]].isna().all(axis=None)


def test_a_school_in_two_groups_is_refused() -> None:
    exam = make_indicators({"A": 0.1, "B": 0.2})
    group = pd.Series(["junior", "rural", "junior"], index=["A", "A", "B"])
    with pytest.raises(DataError, match=r"'group': rows too many 1 \(first: A\)"):
        compute_rebound(exam, previous=exam, group=group)


def test_the_mean_of_picked_schools_has_the_error_of_a_mean() -> None:
    rows = pd.DataFrame(
        {
            "gap": [0.4, 0.2],
            "gain": [0.5, 0.1],
            "expected": [0.1, 0.1],
            "beyond": [0.4, 0.0],
            "se": [0.06, 0.08],
        }
    )
    picked = summarise_rebound(rows)
    assert picked.n_schools == 2
    assert picked.gain - picked.expected == pytest.approx(picked.beyond) == pytest.approx(0.2)
    assert picked.high - picked.low == pytest.approx(2 * 1.959964 * 0.05, abs=1e-6)
    assert picked.verdict == "up"


def test_a_picked_school_without_figures_counts_for_nothing() -> None:
    known = {"gap": 0.4, "gain": 0.1, "expected": 0.1, "beyond": 0.0, "se": 0.1}
    rows = pd.DataFrame([known, dict.fromkeys(known, np.nan)])
    assert summarise_rebound(rows).n_schools == 1
    with pytest.raises(NotEstimableError, match=r"picked: 1, with both: 0"):
        summarise_rebound(rows.iloc[1:])
