"""Value-added against known truth: coverage of the intervals, and fairness toward intakes.

The slow study draws many counties of 60 schools; a quick test looks at one of them loosely.
"""

from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd
import pytest

from core.simulation.pair import SimulatedPair, simulate_pair
from core.simulation.spec import CountySpec
from core.value_added import ValueAdded, ValueAddedSpec, compute_value_added

SPEC = CountySpec(n_junior=60)
FULL_PHASE, ONE_YEAR = 6, 2
N_SEEDS = 200  # the pooled coverage is then known to within 0.6 percentage points

Method = Literal["random_intercept", "contextual"]


def _moments(pair: SimulatedPair) -> pd.DataFrame:
    """Sum the pupils of the pair into MOMENTS rows."""
    matched = ~np.isnan(pair.prior)
    x, y = (score[matched].astype(np.int64) for score in (pair.prior, pair.current))
    rows = pd.DataFrame({"n": 1, "y": y, "y_y": y * y, "x1": x, "x1_x1": x * x, "x1_y": x * y})
    sums = rows.groupby(pair.school[matched]).sum()
    n_sat = np.bincount(pair.school, minlength=pair.value_added.size)[sums.index]
    school = [f"S{j:03d}" for j in sums.index]
    sums = sums.assign(n_sat=n_sat, n_prior=sums["n"], x1_all=sums["x1"], school=school)
    return sums.assign(subject="chinese").reset_index(drop=True)


def _value_added(pair: SimulatedPair, *, method: Method) -> ValueAdded:
    return compute_value_added(
        _moments(pair),
        current=pair.current_population,
        priors=(("entry", pair.prior_population),),
        spec=ValueAddedSpec(method=method, scale="z"),
    )


def _covers(pair: SimulatedPair, *, method: Method) -> np.ndarray:
    schools = _value_added(pair, method=method).schools
    truth = pair.value_added[schools["school"].str[1:].astype(int)]
    return np.asarray((schools["low"] <= truth) & (truth <= schools["high"]))


def _pairs(n_seeds: int, *, term: int) -> list[SimulatedPair]:
    return [simulate_pair(SPEC, np.random.default_rng(k), term=term) for k in range(n_seeds)]


def test_most_intervals_of_one_county_hold_the_truth() -> None:
    (pair,) = _pairs(1, term=FULL_PHASE)
    covers = _covers(pair, method="contextual")
    assert covers.size == 60
    assert covers.mean() >= 0.85


def test_estimates_of_one_county_follow_the_truth() -> None:
    (pair,) = _pairs(1, term=FULL_PHASE)
    schools = _value_added(pair, method="contextual").schools
    truth = pair.value_added[schools["school"].str[1:].astype(int)]
    assert np.corrcoef(schools["estimate"], truth)[0, 1] > 0.8


@pytest.mark.slow
@pytest.mark.parametrize("term", [ONE_YEAR, FULL_PHASE])
def test_contextual_intervals_hold_the_truth_in_ninety_five_per_cent(term: int) -> None:
    covers = [_covers(pair, method="contextual") for pair in _pairs(N_SEEDS, term=term)]
    for study in (covers[:50], covers):
        assert 0.93 <= np.concatenate(study).mean() <= 0.97


@pytest.mark.slow
def test_an_unreliable_prior_favours_strong_intakes_unless_the_model_is_contextual() -> None:
    pairs = _pairs(N_SEEDS, term=ONE_YEAR)
    r = {
        method: np.mean([_value_added(pair, method=method).fairness_r for pair in pairs])
        for method in ("random_intercept", "contextual")
    }
    assert r["random_intercept"] > 0.3
    assert abs(r["contextual"]) < 0.1


@pytest.mark.slow
def test_a_perfect_prior_favours_no_intake() -> None:
    spec = replace(SPEC, reliability=1.0)
    pairs = [simulate_pair(spec, np.random.default_rng(k), term=ONE_YEAR) for k in range(50)]
    r = [_value_added(pair, method="random_intercept").fairness_r for pair in pairs]
    assert abs(np.mean([value for value in r if value is not None])) < 0.1


@pytest.mark.slow
def test_random_intercept_intervals_miss_the_truth_where_intakes_differ() -> None:
    covers = [_covers(pair, method="random_intercept") for pair in _pairs(50, term=ONE_YEAR)]
    assert np.concatenate(covers).mean() < 0.93
