"""Correlations of definitions: as scipy has them, who takes part, too few schools."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import pearsonr, spearmanr

from core.value_added import correlate_definitions, fairness_interval


def effects(estimates: np.ndarray) -> pd.DataFrame:
    schools = [f"S{k}" for k in range(len(estimates))]
    frame = pd.DataFrame({"school": schools, "estimate": estimates, "verdict": "above"})
    return frame.assign(status="ok")


def test_both_correlations_are_those_of_scipy() -> None:
    rng = np.random.default_rng(1)
    first, noise = rng.normal(size=(2, 30))
    second = np.exp(first + 0.5 * noise)
    table = correlate_definitions(
        {"a": effects(first), "b": effects(second), "c": effects(-first)}
    )
    pairs = table["first"] + table["second"]
    assert pairs.tolist() == ["ab", "ac", "bc"]
    assert table["pearson"].iloc[0] == pytest.approx(pearsonr(first, second).statistic)
    assert table["spearman"].iloc[0] == pytest.approx(spearmanr(first, second).statistic)
    assert table["spearman"].iloc[1] == pytest.approx(-1)


def test_only_schools_that_both_judge_take_part() -> None:
    first = effects(np.arange(8.0))
    second = effects(np.arange(8.0)[::-1]).assign(
        status=["ok"] * 6 + ["low_coverage", "suppressed"],
        verdict=["above"] * 3 + ["below"] * 5,
    )
    row = correlate_definitions({"a": first, "b": second}).iloc[0]
    assert (row["n_schools"], row["n_same_verdict"]) == (6, 3)
    assert row["pearson"] == pytest.approx(-1)


def test_too_few_schools_and_no_spread_have_no_correlation() -> None:
    few = {name: effects(np.arange(4.0)) for name in ("a", "b")}
    flat = {"a": effects(np.arange(9.0)), "b": effects(np.zeros(9))}
    for definitions in (few, flat):
        row = correlate_definitions(definitions).iloc[0]
        assert np.isnan([row["pearson"], row["spearman"]]).all()
        assert row["status"] == "not_estimable"


def test_one_definition_alone_has_no_pairs() -> None:
    assert correlate_definitions({"a": effects(np.arange(9.0))}).empty
    assert correlate_definitions({}).empty


def test_the_interval_of_a_gauge_holds_the_truth_in_ninety_five_per_cent() -> None:
    rng, truth, n = np.random.default_rng(2), 0.4, 40
    x = rng.normal(size=(2000, n))
    y = truth * x + np.sqrt(1 - truth**2) * rng.normal(size=(2000, n))
    rs = [np.corrcoef(pair)[0, 1] for pair in np.stack([x, y], axis=1)]
    ends = np.array([fairness_interval(r, n_schools=n) for r in rs], dtype=float)
    held = np.mean((ends[:, 0] <= truth) & (truth <= ends[:, 1]))
    assert 0.935 < held < 0.965
    assert fairness_interval(None, n_schools=40) == (None, None)
    assert fairness_interval(0.5, n_schools=3) == (None, None)
