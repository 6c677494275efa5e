"""Differing counts: found by hand, bounds of the difference, null counts, wrong order."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure.differing_counts import differing_counts
from core.errors import DataError


def test_the_absent_pupil_is_found_in_each_subject_but_the_missed_one() -> None:
    counts = pd.DataFrame(
        {"total": [39, 50], "math": [40, 50], "art": [39, 62]}, index=["a", "b"]
    )
    found = differing_counts(counts, nested=[("total", "math"), ("total", "art")])
    assert found.columns.tolist() == ["unit", "smaller", "larger", "n_pupils"]
    assert found.to_numpy().tolist() == [["a", "total", "math", 1]]


def test_two_means_and_their_counts_give_the_mark_of_the_pupil_who_differs() -> None:
    marks = pd.Series([90.0, 70.0, 80.0, 20.0])
    larger, smaller = marks.mean(), marks[:3].mean()
    counts = pd.DataFrame({"some": [3], "all": [4]}, index=["a"])
    (n,) = differing_counts(counts, nested=[("some", "all")])["n_pupils"]
    assert 4 * larger - (4 - n) * smaller == pytest.approx(20.0)


@settings(max_examples=40, deadline=None)
@given(total=st.integers(0, 300), more=st.integers(0, 30), minimum=st.integers(5, 12))
def test_differences_of_one_to_less_than_the_minimum_are_found(
    total: int, more: int, minimum: int
) -> None:
    counts = pd.DataFrame({"total": [total], "math": [total + more]}, index=["a"])
    found = differing_counts(counts, nested=[("total", "math")], minimum=minimum)
    assert found["n_pupils"].tolist() == ([more] if 0 < more < minimum else [])


def test_counts_that_are_not_told_tell_nothing() -> None:
    counts = pd.DataFrame({"total": [None, 30], "math": [40, None]}, index=["a", "b"])
    found = differing_counts(counts.astype("Int64"), nested=[("total", "math")])
    assert found.empty
    assert differing_counts(counts, nested=[]).columns.tolist() == found.columns.tolist()


def test_a_set_larger_than_the_one_around_it_is_refused_with_the_numbers() -> None:
    counts = pd.DataFrame({"total": [43, 50], "math": [40, 51]}, index=["a", "b"])
    refused = r"total of a has 3 more than math.*\(units where it does: 1\)"
    with pytest.raises(DataError, match=refused) as refusal:
        differing_counts(counts, nested=[("total", "math")])
    assert "a 的 total 比应包含它的 math 多 3 人" in refusal.value.message_zh
