"""Systematic selection by size: chances by enumeration of all starts, certainties."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.sampling.selection import inclusion_probability, select_systematic

SIZES = st.lists(st.integers(1, 500), min_size=2, max_size=25)


def chance_by_enumeration(chance: np.ndarray) -> np.ndarray:
    """Chance of each unit: the length of all stretches of starts that draw it."""
    edges = np.unique(np.concatenate([[0.0, 1.0], np.cumsum(chance) % 1]))
    middle, length = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    drawn = np.array([select_systematic(chance, start=float(start)) for start in middle])
    return np.asarray(length @ drawn, dtype=float)


def test_chances_are_in_proportion_to_size() -> None:
    chance = inclusion_probability(np.array([10.0, 20, 30, 40]), n_drawn=2)
    assert chance == pytest.approx([0.2, 0.4, 0.6, 0.8])


def test_large_units_are_certain_and_the_rest_share_what_is_left() -> None:
    # 70 of 150 of three is more than 1; then 40 of 80 of two is exactly 1.
    chance = inclusion_probability(np.array([70.0, 40, 20, 15, 5]), n_drawn=3)
    assert chance == pytest.approx([1, 1, 0.5, 0.375, 0.125])


def test_drawing_all_or_none_leaves_nothing_to_chance() -> None:
    size = np.array([3.0, 1, 9])
    assert inclusion_probability(size, n_drawn=3).tolist() == [1, 1, 1]
    assert inclusion_probability(size, n_drawn=0).tolist() == [0, 0, 0]
    assert select_systematic(np.zeros(3), start=0.0).tolist() == [False] * 3


@settings(deadline=None)
@example(sizes=[1] * 9, share=0.6, start=1 - 2**-53)
@given(sizes=SIZES, share=st.floats(0, 1), start=st.floats(0, 1, exclude_max=True))
def test_every_start_draws_as_many_units_as_planned(
    sizes: list[int], share: float, start: float
) -> None:
    n = round(share * len(sizes))
    chance = inclusion_probability(np.array(sizes, dtype=float), n_drawn=n)
    assert chance.sum() == pytest.approx(n)
    assert chance.max(initial=0) <= 1
    assert select_systematic(chance, start=start).sum() == n


@settings(deadline=None)
@given(sizes=SIZES, share=st.floats(0, 1))
def test_each_unit_is_drawn_with_its_chance_exactly(sizes: list[int], share: float) -> None:
    n = max(1, round(share * len(sizes)))
    chance = inclusion_probability(np.array(sizes, dtype=float), n_drawn=n)
    assert chance_by_enumeration(chance) == pytest.approx(chance, abs=1e-9)


@settings(deadline=None)
@given(sizes=SIZES, scale=st.floats(0.01, 100))
def test_the_unit_of_size_does_not_matter(sizes: list[int], scale: float) -> None:
    size = np.array(sizes, dtype=float)
    n = max(1, len(sizes) // 3)
    before, after = (inclusion_probability(s, n_drawn=n) for s in (size, scale * size))
    assert after == pytest.approx(before)
