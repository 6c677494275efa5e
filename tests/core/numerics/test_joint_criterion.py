"""The restricted criterion: its slope, conditions at the minimum, no better start, speed."""

from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from core.numerics.joint_criterion import JointUnits, find_covariance, solve_at, sum_by_group


def _drawn(seed: int, *, n_units: int = 60, n_measures: int = 3, rank: int = 3) -> JointUnits:
    """Return units with holes whose true covariance has the rank."""
    rng = np.random.default_rng(seed)
    load = 0.6 * rng.normal(size=(n_measures, rank))
    size = rng.uniform(0.05, 0.8, n_units)
    apart = 0.5 * np.eye(n_measures) + 0.5
    noise = rng.multivariate_normal(np.zeros(n_measures), apart, n_units)
    x = rng.normal(size=(n_units, rank)) @ load.T + np.sqrt(size)[:, None] * noise
    known = rng.random(x.shape) < 0.9
    known[:, 0] = True
    return JointUnits(
        np.where(known, x / x.std(axis=0), 0.0),
        error=size[:, None, None] * apart / np.outer(x.std(axis=0), x.std(axis=0)),
        known=known,
        group=np.arange(n_units) % 3,
    )


def test_the_slope_is_that_of_the_criterion() -> None:
    units = _drawn(1)
    root = np.random.default_rng(2).normal(size=(3, 3))
    covariance = root @ root.T
    slope = solve_at(covariance, units=units).slope
    for a, b in ((0, 0), (1, 0), (2, 1), (2, 2)):
        step = np.zeros((3, 3))
        step[a, b] = step[b, a] = 1e-5
        rise = (
            solve_at(covariance + step, units=units).criterion
            - solve_at(covariance - step, units=units).criterion
        ) / 2e-5
        assert rise == pytest.approx((1 if a == b else 2) * slope[a, b], rel=1e-6, abs=1e-5)


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_at_the_minimum_no_direction_leads_down(seed: int, rank: int) -> None:
    units = _drawn(seed, rank=rank)
    covariance = find_covariance(units)
    slope = solve_at(covariance, units=units).slope
    assert np.linalg.eigvalsh(covariance)[0] > -1e-12
    assert np.abs(slope @ covariance).max() < 1e-4
    assert np.linalg.eigvalsh(slope)[0] > -1e-4


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_no_start_finds_a_lower_criterion(rank: int) -> None:
    units = _drawn(5, rank=rank)
    best = solve_at(find_covariance(units), units=units).criterion
    rng = np.random.default_rng(rank)

    def criterion(entries: np.ndarray) -> float:
        root = entries.reshape(3, 3)
        return solve_at(root @ root.T, units=units).criterion

    found = [minimize(criterion, rng.normal(size=9), method="BFGS").fun for _ in range(3)]
    assert best <= min(found) + 1e-7
    assert best == pytest.approx(min(found), abs=1e-3)


def test_units_are_added_up_by_group() -> None:
    values = np.arange(12.0).reshape(3, 2, 2)
    total = sum_by_group(values, group=np.array([1, 0, 1]))
    assert total.tolist() == [values[1].tolist(), (values[0] + values[2]).tolist()]


@pytest.mark.slow
def test_two_thousand_schools_take_seconds() -> None:
    units = _drawn(3, n_units=2000, n_measures=4, rank=2)
    start = perf_counter()
    find_covariance(units)
    assert perf_counter() - start < 10
