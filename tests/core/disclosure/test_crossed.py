"""Cells of a table with known totals: no row and no column gives a hidden one back."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure.crossed import hidden_in_cross


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
