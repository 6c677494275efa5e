"""Cells of a table with known totals: no row and no column gives a hidden one back."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure.crossed import (
    hidden_in_cross,
    hidden_in_pooled_cross,
    telling_totals,
)
from core.disclosure.determined import known_sums


@given(
    st.lists(st.lists(st.integers(0, 60), min_size=5, max_size=5), min_size=1, max_size=12),
    st.sets(st.integers(0, 11), max_size=2),
)
@settings(max_examples=100, deadline=None)
def test_hidden_cells_of_a_row_or_column_protect_each_other(
    rows: list[list[int]], also: set[int]
) -> None:
    counts = pd.DataFrame(rows, index=[f"s{k}" for k in range(len(rows))])
    hidden = hidden_in_cross(counts, also=[f"s{k}" for k in also])
    assert hidden.loc[[u for u in counts.index if int(u[1:]) in also]].to_numpy().all()
    assert not (counts[~hidden] < 10).to_numpy().any()
    for table, told in ((counts, hidden), (counts.T, hidden.T)):
        for line in table.index:
            n, is_hidden = table.loc[line], told.loc[line]
            together = n[is_hidden & (n > 0)]
            if is_small(n) and len(together) < len(n[n > 0]):
                assert len(together) >= 2
                assert together.sum() >= 10


def is_small(n: pd.Series) -> bool:
    return bool(((n > 0) & (n < 10)).any())


def test_a_cell_without_pupils_reads_like_a_small_one() -> None:
    counts = pd.DataFrame({"low": [0, 30, 20], "high": [30, 20, 25]}, index=list("abc"))
    hidden = hidden_in_cross(counts)
    assert hidden.loc["a", "low"]
    assert hidden.to_numpy().sum() == 1


def test_large_cells_are_all_told() -> None:
    counts = pd.DataFrame(np.full((4, 5), 12), index=list("abcd"))
    assert not hidden_in_cross(counts).to_numpy().any()


def left_by(counts: pd.DataFrame, hidden: pd.DataFrame, unit_of: pd.Series) -> pd.DataFrame:
    """Return what a reader who knows all cells of the larger units does not know of each."""
    dark = hidden & (counts > 0)
    cells = {"n": counts.where(dark, 0), "size": dark.astype(int)}
    return pd.concat({k: t.groupby(unit_of).sum().stack() for k, t in cells.items()}, axis=1)  # noqa: PD013


@given(
    st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=4, max_size=12),
    st.integers(2, 4),
)
@settings(max_examples=60, deadline=None)
def test_a_larger_units_cell_that_is_told_gives_no_single_cell_back(
    rows: list[list[int]], n_towns: int
) -> None:
    codes = [f"s{k}" for k in range(len(rows))]
    counts = pd.DataFrame(rows, index=codes)
    towns = pd.Series({code: f"T{k % n_towns}" for k, code in enumerate(codes)})
    hidden = hidden_in_cross(counts)
    pooled = hidden_in_pooled_cross(counts, hidden=hidden, unit_of=towns)
    left = left_by(counts, hidden, towns)
    told = left[~pooled.stack().loc[left.index]]  # noqa: PD013
    known = told[told["size"] > 0]
    assert (known["size"] >= 2).all()
    assert (known["n"] >= 10).all()
    assert not (counts.groupby(towns).sum()[~pooled] < 10).to_numpy().any()


def test_totals_of_kinds_that_would_give_a_hidden_school_back_are_hidden_together() -> None:
    n_pupils = pd.Series({"a": 4, "b": 30, "c": 12, "d": 30, "e": 50})
    kinds = pd.Series({"a": "old", "b": "old", "c": "new", "d": "new", "e": "other"})
    assert telling_totals(n_pupils, unit_of=kinds, also=["a", "c"]) == {"old", "new"}
    same = pd.Series({"a": "old", "c": "old", "b": "new", "d": "new", "e": "new"})
    assert telling_totals(n_pupils, unit_of=same, also=["a", "c"]) == frozenset()


def test_a_hidden_larger_unit_tells_no_cell_and_schools_without_one_are_left_out() -> None:
    counts = pd.DataFrame({"low": [20, 30, 25], "high": [30, 20, 25]}, index=list("abc"))
    towns = pd.Series({"a": "T1", "b": "T2", "c": None})
    hidden = hidden_in_pooled_cross(
        counts, hidden=hidden_in_cross(counts), unit_of=towns, also=["T1"]
    )
    assert hidden.loc["T1"].all()
    assert not hidden.loc["T2"].any()
    assert set(hidden.index) == {"T1", "T2"}


def test_a_cell_that_rows_and_columns_together_give_back_has_a_further_partner() -> None:
    """The four hidden cells of b and c tell their sum in both columns, and so that of a."""
    counts = pd.DataFrame(
        {"one": [13, 9, 9], "two": [8, 18, 13], "three": [13, 25, 18], "four": [5, 28, 48]},
        index=list("abc"),
    )
    hidden = hidden_in_cross(counts)
    dark = np.argwhere(hidden.to_numpy())
    lines = [dark[:, 0] == r for r in range(3)] + [dark[:, 1] == c for c in range(4)]
    values = counts.to_numpy()[hidden.to_numpy()]
    small = list(np.eye(len(dark))[values < 10])
    assert known_sums(np.array(lines, dtype=float), sums=small) == []
