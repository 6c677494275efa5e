"""The attacker's range: by hand, against all whole-number solutions, open ends."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure.attack import Attack
from core.disclosure.linear_table import LinearTable, table_of_sums
from tests.core.disclosure.make_table import draw_counts, make_county


def test_two_hidden_parts_of_a_total_lie_between_nothing_and_what_is_left() -> None:
    parts = (("a", "n"), ("b", "n"), ("c", "n"))
    counts = {("all", "n"): 50.0, ("a", "n"): 4.0, ("b", "n"): 11.0, ("c", "n"): 35.0}
    table = table_of_sums(counts, sums=[(("all", "n"), parts)])
    attack = Attack(table, hidden=np.array([False, True, True, False]))
    assert (attack.least(1).end, attack.largest(1).end) == (0.0, 15.0)
    assert attack.largest(1).counts.tolist() == [50.0, 15.0, 0.0, 35.0]


def test_a_hidden_cell_that_no_relation_names_can_be_anything() -> None:
    attack = Attack(table_of_sums({("a", "n"): 4.0}, sums=[]), hidden=np.array([True]))
    assert (attack.least(0).end, attack.largest(0).end) == (0.0, np.inf)


def test_a_part_and_its_total_hidden_together_have_no_upper_end() -> None:
    counts = {("all", "n"): 12.0, ("a", "n"): 4.0, ("b", "n"): 8.0}
    table = table_of_sums(counts, sums=[(("all", "n"), (("a", "n"), ("b", "n")))])
    attack = Attack(table, hidden=np.array([True, True, False]))
    assert (attack.least(1).end, attack.largest(1).end) == (0.0, np.inf)
    assert attack.least(0).end == 8.0


def whole_number_ranges(table: LinearTable, hidden: np.ndarray) -> list[tuple[float, float]]:
    """Try every whole number for every hidden cell; no school has more than 7 pupils."""
    places = np.flatnonzero(hidden)
    tried = np.array(list(product(range(8), repeat=places.size)))
    counts = np.tile(table.n, (len(tried), 1))
    counts[:, places] = tried
    agrees = ~(table.relations @ counts.T).any(axis=0)
    least, largest = tried[agrees].min(axis=0), tried[agrees].max(axis=0)
    return list(zip(least.tolist(), largest.tolist(), strict=True))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_ranges_are_those_of_all_whole_number_solutions_in_a_tree(seed: int) -> None:
    table = make_county(draw_counts(seed, n_schools=3, n_bands=2, sizes=(3, 5, 7)))
    rng = np.random.default_rng(seed)
    hidden = np.zeros(table.n.size, dtype=np.bool_)
    inner = [k for k, (unit, what) in enumerate(table.cells) if what != "roll" != unit]
    inner = [k for k in inner if table.cells[k][0] != "county"]
    hidden[rng.choice(inner, size=4, replace=False)] = True
    attack = Attack(table, hidden=hidden)
    expected = whole_number_ranges(table, hidden)
    for cell, (low, high) in zip(np.flatnonzero(hidden), expected, strict=True):
        assert attack.least(int(cell)).end == pytest.approx(low, abs=1e-5)
        assert attack.largest(int(cell)).end == pytest.approx(high, abs=1e-5)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), share=st.floats(0, 1))
def test_the_counts_that_reach_an_end_agree_with_all_that_is_open(
    seed: int, share: float
) -> None:
    table = make_county(draw_counts(seed, n_schools=4, n_bands=3, sizes=(10, 40)), n_towns=2)
    hidden = np.random.default_rng(seed).random(table.n.size) < share
    attack = Attack(table, hidden=hidden)
    for cell in np.flatnonzero(hidden)[:3]:
        for bound in (attack.least(int(cell)), attack.largest(int(cell))):
            assert table.relations @ bound.counts == pytest.approx(0, abs=1e-6)
            assert bound.counts[~hidden].tolist() == table.n[~hidden].tolist()
            assert bound.counts.min() >= -1e-7
        assert attack.least(int(cell)).end <= table.n[cell] <= attack.largest(int(cell)).end
