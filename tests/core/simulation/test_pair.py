"""The light pair of exams: reproducible, of the model's size, with truth for each school."""

from dataclasses import replace

import numpy as np
import pytest

from core.simulation.pair import simulate_pair
from core.simulation.spec import CountySpec

SPEC = CountySpec(n_junior=60)


def test_the_same_seed_gives_the_same_pair() -> None:
    one, other = (simulate_pair(SPEC, np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(one.prior, other.prior, equal_nan=True)
    assert np.array_equal(one.current, other.current)
    assert np.array_equal(one.value_added, other.value_added)


def test_every_school_has_a_truth_and_some_pupils_lack_the_entry_test() -> None:
    pair = simulate_pair(SPEC, np.random.default_rng(5))
    assert np.unique(pair.school).size == pair.value_added.size == 60
    assert np.isfinite(pair.value_added).all()
    assert 0.03 < np.isnan(pair.prior).mean() < 0.15


def test_populations_are_those_of_all_scores_in_points() -> None:
    pair = simulate_pair(replace(SPEC, leave_rate=0.0), np.random.default_rng(5))
    assert pair.current_population.mean == pytest.approx(pair.current.mean() / 100)
    assert pair.current_population.sd == pytest.approx(pair.current.std() / 100)
    # Who sat the entry test but not the later exam counts in the former's population.
    assert pair.prior_population.mean == pytest.approx(np.nanmean(pair.prior) / 100, rel=0.01)


def test_a_shorter_time_adds_less() -> None:
    early, late = (simulate_pair(SPEC, np.random.default_rng(5), term=t) for t in (1, 6))
    assert early.value_added.std() < 0.5 * late.value_added.std()
