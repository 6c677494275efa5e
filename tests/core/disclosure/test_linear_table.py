"""Linear tables: the relations hold, shared cells are one, disagreement is refused."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure.linear_table import cross_table, join_tables, table_of_sums
from core.errors import DataError
from tests.core.disclosure.make_table import draw_counts, make_county


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000), n_schools=st.integers(1, 6), n_towns=st.integers(0, 3))
def test_every_total_of_a_tree_by_categories_is_a_relation(
    seed: int, n_schools: int, n_towns: int
) -> None:
    n_towns = min(n_towns, n_schools)
    counts = draw_counts(seed, n_schools=n_schools, n_bands=3, sizes=(5, 30, 90))
    table = make_county(counts, n_towns=n_towns)
    n_units = n_schools + n_towns + 1
    assert len(table.cells) == len(set(table.cells)) == n_units * 4
    # each unit adds up its categories; each of the units above adds up each column
    assert table.relations.shape[0] == n_units + (n_towns + 1) * 4
    assert np.abs(table.relations @ table.n).max() == 0
    assert table.n[table.cells.index(("county", "roll"))] == counts.sum()


def test_tables_are_tied_at_the_cells_they_share() -> None:
    counts = draw_counts(1, n_schools=3, n_bands=2, sizes=(40,))
    math, art = (make_county(counts, prefix=name) for name in ("math ", "art "))
    both = join_tables([math, art])
    assert len(both.cells) == 4 * (2 + 2 + 1)
    assert np.abs(both.relations @ both.n).max() == 0
    roll = both.cells.index(("s0", "roll"))
    assert (
        np.count_nonzero(both.relations.toarray()[:, roll]) == 4
    )  # own sum and county's, twice


def test_the_same_sum_told_twice_counts_once() -> None:
    total = ("a", "all"), (("a", "x"), ("a", "y"))
    counts = {("a", "all"): 3.0, ("a", "x"): 1.0, ("a", "y"): 2.0}
    assert table_of_sums(counts, sums=[total, total]).relations.shape == (1, 3)


def test_a_parent_outside_the_table_adds_no_relation() -> None:
    one = pd.DataFrame({"x": [3], "y": [4]}, index=["a"])
    table = cross_table(one, parent=pd.Series({"a": None, "b": "a"}), total="roll")
    assert table.relations.shape == (1, 3)


def test_a_total_that_is_not_the_sum_is_refused_with_the_difference() -> None:
    rows = pd.DataFrame({"x": [3, 5]}, index=["a", "town"])
    with pytest.raises(DataError, match=r"x of town differs by -2 .* \(parts: 1\)") as refusal:
        cross_table(rows, parent=pd.Series({"a": "town"}), total="roll")
    assert "town 的 x 与各部分之和相差 -2" in refusal.value.message_zh


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(DataError, match=r"x of a is -1\. A number of pupils"):
        table_of_sums({("a", "x"): -1.0}, sums=[])


def test_tables_that_disagree_about_a_cell_are_refused() -> None:
    one, other = (table_of_sums({("a", "roll"): n}, sums=[]) for n in (40.0, 41.0))
    with pytest.raises(DataError, match="roll of a is 40 in one table and 41 in another"):
        join_tables([one, other])
