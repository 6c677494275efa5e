"""Protection: no exposed cell is left, nothing is hidden for nothing, what must be told is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure.audit import audit_pattern, small_cells
from core.disclosure.linear_table import LinearTable, join_tables, table_of_sums
from core.disclosure.protect import protect
from core.errors import SettingsError
from tests.core.disclosure.make_table import draw_counts, make_county


def margins(table: LinearTable) -> np.ndarray:
    """Return the cells of the county, and every roll."""
    return np.array([unit == "county" or what == "roll" for unit, what in table.cells])


def hidden_cells(table: LinearTable, hidden: np.ndarray) -> set[str]:
    return {" ".join(cell) for cell, gone in zip(table.cells, hidden, strict=True) if gone}


def test_one_small_cell_takes_the_smallest_square_of_partners_with_it() -> None:
    counts = np.array([[20, 5, 25], [70, 30, 40], [50, 45, 60]])
    table = make_county(counts)
    pattern = protect(table, keep=margins(table))
    # 20 beside it in its row, 50 in the column of 20, then 45 where the lines cross.
    assert hidden_cells(table, pattern.hidden) == {"s0 b1", "s0 b0", "s2 b0", "s2 b1"}
    assert pattern.is_small.sum() == 1
    assert pattern.unprotected == ()


def test_two_small_parts_that_stay_within_nine_take_a_third_with_them() -> None:
    parts = tuple((unit, "n") for unit in "abcd")
    counts = dict(zip(parts, (4.0, 3.0, 45.0, 60.0), strict=True)) | {("all", "n"): 112.0}
    table = table_of_sums(counts, sums=[(("all", "n"), parts)])
    pattern = protect(table)
    assert hidden_cells(table, pattern.hidden) == {"a n", "b n", "c n"}


def test_nothing_is_hidden_when_nothing_is_small() -> None:
    table = make_county(np.full((4, 3), 25), n_towns=2)
    pattern = protect(table)
    assert not pattern.hidden.any()
    assert pattern.n_programs == 0


def test_a_cell_without_pupils_is_neither_small_nor_a_partner() -> None:
    counts = np.array([[0, 5, 25], [70, 30, 40], [50, 45, 60]])
    table = make_county(counts)
    pattern = protect(table, keep=margins(table))
    assert "s0 b0" not in hidden_cells(table, pattern.hidden)
    assert not audit_pattern(table, hidden=pattern.hidden).is_exposed.any()


def test_what_must_be_told_is_told_and_what_cannot_be_hidden_is_named() -> None:
    counts = {("all", "n"): 40.0, ("a", "n"): 4.0, ("b", "n"): 36.0}
    table = table_of_sums(counts, sums=[(("all", "n"), (("a", "n"), ("b", "n")))])
    one = protect(table, keep=np.array([True, False, False]))
    assert one.hidden.tolist() == [False, True, True]
    assert one.unprotected == ()
    stuck = protect(table, keep=np.array([True, False, True]))
    assert stuck.hidden.tolist() == [False, True, False]
    assert stuck.unprotected == (("a", "n"),)


def test_cells_hidden_for_another_reason_stay_hidden_and_get_partners() -> None:
    table = make_county(np.full((3, 3), 25))
    also = np.array([cell == ("s1", "b1") for cell in table.cells])
    pattern = protect(table, also=also, keep=margins(table))
    assert pattern.hidden.sum() == 4
    assert pattern.hidden[also].all()
    assert not pattern.is_small.any()


def test_a_minimum_below_five_is_refused() -> None:
    with pytest.raises(SettingsError, match="set to 2"):
        protect(make_county(np.full((2, 2), 9)), minimum=2)


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 100_000),
    n_schools=st.integers(2, 7),
    n_bands=st.integers(2, 5),
    n_towns=st.integers(0, 2),
    keep=st.booleans(),
    minimum=st.integers(5, 12),
)
def test_after_protection_no_small_cell_is_exposed(
    seed: int, n_schools: int, n_bands: int, n_towns: int, keep: bool, minimum: int
) -> None:
    counts = draw_counts(seed, n_schools=n_schools, n_bands=n_bands, sizes=(6, 35, 90, 200))
    table = make_county(counts, n_towns=n_towns)
    told = margins(table) if keep else np.zeros(table.n.size, dtype=np.bool_)
    pattern = protect(table, keep=told, minimum=minimum)
    audit = audit_pattern(table, hidden=pattern.hidden, minimum=minimum)
    exposed = {cell for cell, bad in zip(audit.cells, audit.is_exposed, strict=True) if bad}
    assert exposed == set(pattern.unprotected)
    assert keep or not exposed
    assert pattern.hidden[small_cells(table, minimum=minimum)].all()
    assert not (pattern.hidden & told & ~pattern.is_small).any()


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_linked_subjects_are_protected_together(seed: int) -> None:
    first = draw_counts(seed, n_schools=5, n_bands=3, sizes=(35, 60, 150))
    rng = np.random.default_rng(seed)
    second = np.array([rng.multinomial(n, [0.2, 0.5, 0.3]) for n in first.sum(axis=1)])
    table = join_tables(
        [make_county(first, prefix="math "), make_county(second, prefix="art ")]
    )
    pattern = protect(table)
    assert pattern.unprotected == ()
    assert not audit_pattern(table, hidden=pattern.hidden).is_exposed.any()


def test_twenty_four_schools_by_six_bands_keep_most_of_their_cells() -> None:
    counts = draw_counts(24, n_schools=24, n_bands=6, sizes=(35, 60, 90, 150, 260))
    table = make_county(counts)
    pattern = protect(table, keep=margins(table))
    assert pattern.unprotected == ()
    assert pattern.hidden.sum() < 0.6 * 24 * 6
