"""Multiverse and gauge on simulated counties: what is large holds, what is chance does not."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from bench.calibration.value_added import joint_of, moments_of
from core.simulation.pair import simulate_pair
from core.simulation.spec import CountySpec
from core.value_added import (
    Method,
    ReliabilitySpec,
    ValueAdded,
    ValueAddedSpec,
    compute_value_added,
    count_agreement,
    gauge_fairness,
)

METHODS: tuple[Method, ...] = (
    "contextual",
    "random_intercept",
    "reliability_corrected",
    "prior_group",
    "z_change",
)
SIDES = {"well_above": 1, "above": 1, "below": -1, "well_below": -1}
N_COUNTIES, RELIABILITY = 6, 0.8


@cache
def counties() -> list[tuple[dict[Method, ValueAdded], pd.Series]]:
    """Return the results by method and the true effects by school of each county."""
    spec = replace(CountySpec(n_junior=60), reliability=RELIABILITY)
    found = []
    for seed in range(N_COUNTIES):
        pair = simulate_pair(spec, np.random.default_rng(seed), term=2)
        joint = joint_of(pair)
        moments = moments_of(pair, joint)
        results = {
            method: compute_value_added(
                moments,
                current=pair.current_population,
                priors=(("entry", pair.prior_population),),
                spec=ValueAddedSpec(method, "z", reliability=ReliabilitySpec((RELIABILITY,))),
                joint=joint,
            )
            for method in METHODS
        }
        names = [f"S{j:03d}" for j in range(pair.value_added.size)]
        found.append((results, pd.Series(pair.value_added, index=names)))
    return found


def test_a_side_that_is_true_holds_in_more_definitions_than_one_by_chance() -> None:
    shares = []
    for results, truth in counties():
        table = count_agreement({m: r.schools for m, r in results.items()}, main="contextual")
        told = table[table["verdict"].isin(list(SIDES))].set_index("school")
        share = told["n_same_side"] / told["n_definitions"]
        effect = truth[told.index] * told["verdict"].map(SIDES)
        shares.append(pd.DataFrame({"share": share, "effect": effect}))
    known = pd.concat(shares)
    large = known[known["effect"] > known["effect"].quantile(0.67)]["share"]
    small = known[known["effect"] < known["effect"].quantile(0.33)]["share"]
    assert large.mean() > 0.85
    assert large.mean() > small.mean() + 0.03


def test_a_verdict_that_every_definition_shares_is_right_more_often() -> None:
    sure, unsure = [], []
    for results, truth in counties():
        table = count_agreement({m: r.schools for m, r in results.items()}, main="contextual")
        clear = table[table["verdict"].isin(["well_above", "well_below"])].set_index("school")
        sign = np.where(clear["verdict"] == "well_above", 1, -1)
        right = pd.Series(np.sign(truth[clear.index]) == sign, index=clear.index)
        whole = clear["n_same_side"] == clear["n_definitions"]
        sure.append(right[whole])
        unsure.append(right[~whole])
    assert pd.concat(sure).mean() > 0.97
    assert pd.concat(sure).mean() >= pd.concat(unsure).mean()


def test_the_gauge_shows_the_intake_where_the_prior_is_unreliable() -> None:
    r = {
        method: np.mean(
            [gauge_fairness(results[method].schools).r for results, _ in counties()]
        )
        for method in METHODS
    }
    assert r["random_intercept"] > 0.3
    assert r["prior_group"] > 0.3
    assert abs(r["contextual"]) < 0.05
    assert abs(r["reliability_corrected"]) < 0.15
    warned = [
        gauge_fairness(results["random_intercept"].schools).warns for results, _ in counties()
    ]
    assert np.mean(warned) > 0.5
