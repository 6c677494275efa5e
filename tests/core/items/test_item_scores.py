"""Checked item scores: who is left out, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError
from core.items.item_scores import item_scores_of


def test_only_pupils_without_any_item_are_left_out() -> None:
    table = pd.DataFrame({"1": [1.0, None, None, 0], "2": [None, 2.0, None, 0]})
    scores = item_scores_of(table, full_mark=pd.Series({"2": 2, "1": 1, "3": 9}))
    assert scores.is_kept.tolist() == [True, True, False, True]
    assert scores.full_mark.tolist() == [1, 2]
    assert scores.complete.tolist() == [[0, 0]]


def test_nullable_integers_are_read_as_numbers() -> None:
    table = pd.DataFrame({"1": pd.array([1, None], dtype="Int64"), "2": [1.0, 2.0]})
    scores = item_scores_of(table, full_mark=pd.Series({"1": 1, "2": 2}))
    assert np.isnan(scores.points).tolist() == [[False, False], [True, False]]


@pytest.mark.parametrize("full", [{"1": 1}, {"1": 1, "2": 0}, {"1": 1, "2": np.nan}])
def test_an_item_without_a_full_mark_is_refused(full: dict[str, float]) -> None:
    table = pd.DataFrame({"1": [1.0], "2": [1.0]})
    with pytest.raises(DataError, match=r"full mark above 0: 1 \(2\)"):
        item_scores_of(table, full_mark=pd.Series(full))


def test_points_outside_the_full_mark_are_refused_with_their_number() -> None:
    table = pd.DataFrame({"1": [2.0, -1, 0], "2": [1.0, 1, 1], "3": [9.0, 0, 0]})
    with pytest.raises(DataError, match=r"outside 0 to the full mark: 3 \(items 1, 3\)"):
        item_scores_of(table, full_mark=pd.Series({"1": 1, "2": 1, "3": 8}))


def test_an_item_in_two_columns_is_refused() -> None:
    table = pd.DataFrame([[1.0, 1.0]], columns=["1", "1"])
    with pytest.raises(DataError, match="one column"):
        item_scores_of(table, full_mark=pd.Series({"1": 1}))
