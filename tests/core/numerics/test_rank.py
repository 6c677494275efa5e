"""Ranks: known values, and properties of any values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numerics.rank import bottom_count, competition_rank

VALUES = st.lists(st.integers(-5, 5), min_size=1, max_size=30)


def test_ties_share_the_better_place() -> None:
    assert competition_rank(np.array([90.0, 80.0, 80.0, 70.0])).tolist() == [1, 2, 2, 4]


@given(VALUES)
def test_a_rank_is_one_more_than_the_number_of_better_units(values: list[int]) -> None:
    better = [1 + sum(other > value for other in values) for value in values]
    assert competition_rank(np.array(values, float)).tolist() == better


@pytest.mark.parametrize(("n", "count"), [(0, 0), (4, 0), (5, 1), (14, 2), (15, 3), (100, 20)])
def test_the_bottom_fifth_is_rounded_down_but_never_empty_from_five_on(
    n: int, count: int
) -> None:
    assert bottom_count(n) == count
