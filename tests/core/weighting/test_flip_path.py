"""Flip paths: hand-computed crossings, brute force on a grid, the crossing property, ties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from core.errors import SettingsError
from core.weighting.aggregate import rank_composite
from core.weighting.flip_path import STEP, FlipPaths, find_flip_paths
from core.weighting.scheme import share_out

Floats = NDArray[np.float64]

# Tenths, so that ties and crossings at the same place do occur.
TABLES = arrays(
    np.float64,
    st.tuples(st.integers(5, 9), st.integers(2, 4)),
    elements=st.integers(-10, 10).map(lambda tenths: tenths / 10),
)


def moved(weights: Floats, *, k: int, to: float) -> Floats:
    """Return the weights with that of k at ``to`` and the others in proportion."""
    rest = np.where(np.arange(weights.size) == k, 0.0, weights)
    scaled: Floats = rest / rest.sum() * (1 - to)
    scaled[k] = to
    return scaled


def is_bottom(value: Floats, weights: Floats, *, n_bottom: int) -> NDArray[np.bool_]:
    rank = rank_composite((value * weights).sum(axis=1))
    bottom: NDArray[np.bool_] = rank > len(value) - n_bottom
    return bottom


def flips_at(value: Floats, weights: Floats, paths: FlipPaths, j: int, to: float) -> bool:
    now = is_bottom(value, moved(weights, k=int(paths.indicator[j]), to=to), n_bottom=1)[j]
    return bool(now != paths.in_bottom[j])


def test_the_crossing_of_two_schools_is_found_as_by_hand() -> None:
    """At the weight t of the first indicator the last two have 2 t and 3 (1 - t)."""
    value = np.array([[9.0, 9.0], [2.0, 0.0], [0.0, 3.0]])
    paths = find_flip_paths(value, weights=np.array([0.9, 0.1]), n_bottom=1)
    assert paths.in_bottom.tolist() == [False, False, True]
    assert paths.indicator.tolist() == [-1, 0, 0]
    assert paths.to_weight[1:] == pytest.approx([0.6, 0.6], abs=2 * STEP)
    assert paths.change[1:] == pytest.approx([-0.3, -0.3], abs=2 * STEP)
    assert np.isnan([paths.to_weight[0], paths.change[0]]).all()


def test_the_others_keep_their_proportions_on_the_way() -> None:
    """School 1 leads school 0 by 0.2 while w_2 grows from 0.2 at the cost of 0.5 : 0.3."""
    value = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [5.0, 5.0, 5.0]])
    paths = find_flip_paths(value, weights=np.array([0.5, 0.3, 0.2]), n_bottom=1)
    at = 5 / 13  # t = (1 - t) 0.5 / 0.8
    assert (paths.in_bottom[0], paths.indicator[0]) == (True, 2)
    assert paths.to_weight[0] == pytest.approx(at, abs=2 * STEP)


@settings(deadline=None)
@given(TABLES, st.data())
def test_the_printed_change_crosses_and_a_slightly_smaller_one_does_not(
    value: Floats, data: st.DataObject
) -> None:
    raw = data.draw(
        st.lists(st.integers(1, 9), min_size=value.shape[1], max_size=value.shape[1])
    )
    weights = share_out(raw)
    paths = find_flip_paths(value, weights=weights, n_bottom=1)
    assert paths.in_bottom.tolist() == is_bottom(value, weights, n_bottom=1).tolist()
    for j in np.flatnonzero(paths.indicator >= 0).tolist():
        to, change = paths.to_weight[j], paths.change[j]
        assert weights[paths.indicator[j]] + change == pytest.approx(to)
        assert 0 <= to <= 1
        assert flips_at(value, weights, paths, j, to)
        for share in (0.99, 0.5, 0.1):
            shorter = to - change + share * (change - np.sign(change) * 2 * STEP)
            if abs(change) > 4 * STEP:
                assert not flips_at(value, weights, paths, j, shorter)


@settings(max_examples=25, deadline=None)
@given(TABLES)
def test_no_change_on_a_grid_is_smaller(value: Floats) -> None:
    weights = np.full(value.shape[1], 1 / value.shape[1])
    paths = find_flip_paths(value, weights=weights, n_bottom=1)
    reach = np.where(paths.indicator >= 0, np.abs(paths.change), np.inf)
    for k in range(weights.size):
        # An odd step: crossings of these tenths lie at simple fractions, never on this grid.
        for to in np.arange(0.00317, 1, 0.0571):
            flipped = (
                is_bottom(value, moved(weights, k=k, to=to), n_bottom=1) != paths.in_bottom
            )
            assert np.all(abs(to - weights[k]) > reach[flipped] - 3 * STEP)


@given(TABLES)
def test_the_order_of_the_schools_changes_no_path(value: Floats) -> None:
    weights = share_out(range(1, value.shape[1] + 1))
    order = np.random.default_rng(len(value)).permutation(len(value))
    plain = find_flip_paths(value, weights=weights, n_bottom=2)
    other = find_flip_paths(value[order], weights=weights, n_bottom=2)
    assert other.in_bottom.tolist() == plain.in_bottom[order].tolist()
    assert other.change == pytest.approx(plain.change[order], nan_ok=True, abs=1e-9)


def test_a_school_that_ties_at_the_line_falls_by_the_least_change() -> None:
    value = np.array([[9.0, 9.0], [9.0, 9.0], [1.0, 3.0], [3.0, 1.0]])
    paths = find_flip_paths(value, weights=np.array([0.5, 0.5]), n_bottom=1)
    assert paths.in_bottom.tolist() == [False] * 4
    assert paths.change[2:] == pytest.approx([STEP, -STEP])
    assert flips_at(value, np.array([0.5, 0.5]), paths, 2, paths.to_weight[2])


def test_equal_schools_share_the_better_place_and_cannot_pass_each_other() -> None:
    value = np.array([[5.0, 5.0], [1.0, 1.0], [1.0, 1.0]])
    paths = find_flip_paths(value, weights=np.array([0.5, 0.5]), n_bottom=1)
    assert paths.in_bottom.tolist() == [False, False, False]
    assert paths.indicator.tolist() == [-1, -1, -1]


@pytest.mark.parametrize("order", [[0, 1, 2], [0, 2, 1]])
def test_leaders_that_change_places_at_one_point_move_nobody(order: list[int]) -> None:
    """At equal weights all three meet; on either side exactly one leads the first school."""
    value = np.array([[1.0, 1.0], [2.0, 0.0], [0.0, 2.0]])[order]
    paths = find_flip_paths(value, weights=np.array([0.25, 0.75]), n_bottom=1)
    assert (paths.in_bottom[0], paths.indicator[0]) == (False, -1)


def test_the_last_in_everything_can_never_leave() -> None:
    value = np.array([[2.0, 3.0], [3.0, 2.0], [1.0, 1.0]])
    paths = find_flip_paths(value, weights=np.array([0.3, 0.7]), n_bottom=1)
    assert (paths.in_bottom[2], paths.indicator[2]) == (True, -1)


def test_a_weight_of_one_has_nothing_to_share_out() -> None:
    paths = find_flip_paths(np.array([[1.0], [2.0]]), weights=np.array([1.0]), n_bottom=1)
    assert paths.in_bottom.tolist() == [True, False]
    assert paths.indicator.tolist() == [-1, -1]


def test_many_schools_are_looked_at_in_parts_with_the_same_result() -> None:
    rng = np.random.default_rng(8)
    value, weights = rng.normal(size=(600, 3)), np.array([0.5, 0.3, 0.2])
    paths = find_flip_paths(value, weights=weights, n_bottom=120)
    assert paths.in_bottom.sum() == 120
    exists = np.flatnonzero(paths.indicator >= 0)
    assert exists.size > 250
    for j in exists[:: exists.size // 8].tolist():
        k, to, change = int(paths.indicator[j]), paths.to_weight[j], paths.change[j]
        after = is_bottom(value, moved(weights, k=k, to=to), n_bottom=120)[j]
        short = to - np.sign(change) * 3 * STEP
        before = is_bottom(value, moved(weights, k=k, to=short), n_bottom=120)[j]
        assert (before, after) == (paths.in_bottom[j], not paths.in_bottom[j])


def test_groups_without_a_bottom_and_without_schools_have_no_paths() -> None:
    weights = np.array([0.5, 0.5])
    assert find_flip_paths(np.eye(2), weights=weights, n_bottom=0).indicator.tolist() == [
        -1,
        -1,
    ]
    assert find_flip_paths(np.empty((0, 2)), weights=weights, n_bottom=0).change.size == 0


def test_more_places_than_schools_are_refused_with_their_number() -> None:
    with pytest.raises(SettingsError, match=r"has 4 places\. Choose from 0 to the 3"):
        find_flip_paths(np.eye(3), weights=np.full(3, 1 / 3), n_bottom=4)
