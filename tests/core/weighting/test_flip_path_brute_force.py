"""Flip paths against all crossings of all pairs, on values without ties and with many.

Between two neighbouring crossings no two schools change places, so that the middle of each
stretch tells on which side of the line every school stands in all of it. What is left out, here
and there, is a point: a weight at which schools only touch, among them 0 and 1 themselves.
"""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from core.numerics.rank import competition_rank
from core.weighting.flip_path import STEP, find_flip_paths

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def is_bottom(value: Floats, weights: Floats, *, n_bottom: int) -> Bools:
    rank = competition_rank(((value * weights).sum(axis=1)).round(11))
    bottom: Bools = rank > len(value) - n_bottom
    return bottom


def stretches(value: Floats, rest: Floats, *, k: int) -> Floats:
    """Return the weights of k at which any two schools meet, with 0 and 1, in rising order."""
    at_zero, at_one = value @ rest, value[:, k]
    i, j = np.triu_indices(len(value), k=1)
    gap = at_zero[i] - at_zero[j]
    turn = gap - (at_one[i] - at_one[j])
    meets = np.divide(gap, turn, out=np.full(gap.size, -1.0), where=np.abs(turn) > 1e-9)
    return np.unique([0.0, 1.0, *meets[(meets > 0) & (meets < 1)]])


def nearest_changes(value: Floats, *, weights: Floats, n_bottom: int) -> Floats:
    """Return the distance of the nearest stretch on the other side of the line, or infinity."""
    now = is_bottom(value, weights, n_bottom=n_bottom)
    nearest = np.full(len(value), np.inf)
    for k in np.flatnonzero(weights < 1).tolist():
        rest = np.where(np.arange(weights.size) == k, 0.0, weights) / (1 - weights[k])
        ends = stretches(value, rest, k=k)
        for low, high in pairwise(ends.tolist()):
            if high - low <= 2 * STEP:
                continue
            middle = (low + high) / 2
            moved = rest * (1 - middle)
            moved[k] = middle
            other = is_bottom(value, moved, n_bottom=n_bottom) != now
            distance = max(low - weights[k], weights[k] - high, 0.0)
            nearest = np.where(other, np.minimum(nearest, distance), nearest)
    return nearest


@pytest.mark.parametrize("digits", [None, 1, 0], ids=["no ties", "tenths", "whole numbers"])
def test_every_change_is_the_nearest_of_all_crossings(digits: int | None) -> None:
    for seed in range(40):
        rng = np.random.default_rng(seed)
        shape = int(rng.integers(5, 12)), int(rng.integers(2, 5))
        value = rng.normal(0, 1, shape)
        weights = rng.dirichlet(np.ones(shape[1]))
        if digits is not None:
            value = value.round(digits)
            whole = rng.integers(0, 4, shape[1]) + (np.arange(shape[1]) == 0)
            weights = whole / whole.sum() if seed % 2 else weights
        n_bottom = int(rng.integers(1, shape[0]))
        paths = find_flip_paths(value, weights=weights, n_bottom=n_bottom)
        found = np.where(paths.indicator >= 0, np.abs(paths.change) - STEP, np.inf)
        nearest = nearest_changes(value, weights=weights, n_bottom=n_bottom)
        assert np.isinf(found).tolist() == np.isinf(nearest).tolist(), seed
        known = np.isfinite(nearest)
        # Told in whole steps, away from the present weight.
        assert found[known] == pytest.approx(nearest[known], abs=STEP + 1e-8), seed
        assert (found[known] >= nearest[known] - 1e-8).all(), seed


def test_a_tie_at_a_weight_of_0_or_1_alone_is_no_way_out() -> None:
    """The last school meets the one before it only where the second weight reaches 1."""
    value = np.array([[9.0, 9.0], [2.0, 1.0], [1.0, 1.0]])
    weights = np.array([0.5, 0.5])
    assert is_bottom(value, np.array([0.0, 1.0]), n_bottom=1).tolist() == [False] * 3
    paths = find_flip_paths(value, weights=weights, n_bottom=1)
    assert paths.in_bottom.tolist() == [False, False, True]
    assert paths.indicator.tolist() == [-1, -1, -1]


@pytest.mark.parametrize("rows", [[], [3], [5, 0, 2]], ids=str)
def test_paths_of_some_schools_are_those_of_all(rows: list[int]) -> None:
    value = np.random.default_rng(3).normal(size=(8, 3))
    weights = np.array([0.5, 0.3, 0.2])
    every = find_flip_paths(value, weights=weights, n_bottom=2)
    of = np.array(rows, dtype=np.int64)
    some = find_flip_paths(value, weights=weights, n_bottom=2, of=of)
    assert some.indicator.tolist() == every.indicator[of].tolist()
    assert some.in_bottom.tolist() == every.in_bottom[of].tolist()
    assert some.change == pytest.approx(every.change[of], nan_ok=True)
