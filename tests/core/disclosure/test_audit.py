"""The audit: a textbook table, narrow ranges, open cells, refusal of low minimums."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure.audit import audit_pattern, small_cells
from core.disclosure.linear_table import join_tables, table_of_sums
from core.errors import SettingsError
from tests.core.disclosure.make_table import draw_counts, make_county


def hide(cells: tuple[tuple[str, str], ...], *names: tuple[str, str]) -> np.ndarray:
    return np.array([cell in names for cell in cells])


def test_a_square_of_hidden_cells_leaves_the_range_that_is_worked_out_by_hand() -> None:
    # rows 20 | 5 | 25, 7 | 30 | 40, 50 | 45 | 60: four cells hidden, lines known
    counts = np.array([[20, 5, 25], [7, 30, 40], [50, 45, 60]])
    table = make_county(counts)
    corners = ("s0", "b0"), ("s0", "b1"), ("s1", "b0"), ("s1", "b1")
    audit = audit_pattern(table, hidden=hide(table.cells, *corners))
    # A step of d moves 5 to 5 + d, 20 to 20 - d, 7 to 7 + d, 30 to 30 - d: -5 <= d <= 20.
    assert audit.cells == (("s0", "b1"), ("s1", "b0"))
    assert audit.n.tolist() == [5.0, 7.0]
    assert audit.low.tolist() == [0.0, 2.0]
    assert audit.high.tolist() == [25.0, 27.0]
    assert not audit.is_exposed.any()


def test_hiding_the_small_cells_alone_gives_them_back() -> None:
    counts = np.array([[20, 5, 25], [70, 30, 40], [50, 45, 60]])
    table = make_county(counts)
    audit = audit_pattern(table, hidden=small_cells(table))
    assert audit.is_recovered.tolist() == [True]
    assert (audit.low[0], audit.high[0]) == (5.0, 5.0)


def test_a_range_narrower_than_nine_is_exposed_though_not_recovered() -> None:
    counts = {("all", "n"): 52.0, ("a", "n"): 4.0, ("b", "n"): 3.0, ("c", "n"): 45.0}
    parts = (("a", "n"), ("b", "n"), ("c", "n"))
    table = table_of_sums(counts, sums=[(("all", "n"), parts)])
    audit = audit_pattern(table, hidden=np.array([False, True, True, False]))
    assert audit.high.tolist() == [7.0, 7.0]
    assert audit.is_exposed.all()
    assert not audit.is_recovered.any()
    assert not audit_pattern(table, hidden=np.ones(4, dtype=np.bool_)).is_exposed.any()


def test_a_small_cell_left_open_is_exposed() -> None:
    table = table_of_sums({("a", "n"): 9.0, ("b", "n"): 10.0}, sums=[])
    audit = audit_pattern(table, hidden=np.zeros(2, dtype=np.bool_))
    assert audit.cells == (("a", "n"),)
    assert audit.is_exposed.tolist() == audit.is_recovered.tolist() == [True]


def test_a_table_of_another_subject_with_the_same_roll_gives_a_cell_back() -> None:
    # Alone, the hidden roll keeps both bands of s0 open to doubt; the other subject tells it.
    counts = np.array([[5, 20], [40, 30]])
    math, art = make_county(counts, prefix="math "), make_county(counts, prefix="art ")
    rolls = ("s0", "roll"), ("s1", "roll")
    bands = ("s0", "math b0"), ("s1", "math b0")
    alone = audit_pattern(math, hidden=hide(math.cells, *rolls, *bands))
    assert not alone.is_exposed.any()
    both = join_tables([math, art])
    audit = audit_pattern(both, hidden=hide(both.cells, *rolls, *bands))
    assert audit.is_recovered[audit.cells.index(("s0", "math b0"))]


def test_a_minimum_below_five_is_refused() -> None:
    table = table_of_sums({("a", "n"): 3.0}, sums=[])
    with pytest.raises(SettingsError, match=r"set to 4\. It must be at least 5") as refusal:
        small_cells(table, minimum=4)
    assert "设为 4，至少应为 5" in refusal.value.message_zh


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), more=st.floats(0, 0.5))
def test_hiding_more_never_narrows_a_range(seed: int, more: float) -> None:
    table = make_county(draw_counts(seed, n_schools=4, n_bands=3, sizes=(20, 60)))
    small = small_cells(table)
    wider = small | (np.random.default_rng(seed).random(small.size) < more)
    one, other = (audit_pattern(table, hidden=hidden) for hidden in (small, wider))
    assert np.all(other.low <= one.low + 1e-5)
    assert np.all(other.high >= one.high - 1e-5)
    assert np.all((one.low <= one.n + 1e-5) & (one.n <= one.high + 1e-5))
