"""Counts of classes: levels of the county, pupils under a line, nothing that gives one back."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.class_counts import (
    GRADE,
    LEVELS,
    count_below_line,
    count_levels,
    hidden_counts_below,
    level_bounds,
    safe_levels,
)
from tests.subtraction import Told


def counts_of(rows: dict[str, list[int]]) -> pd.DataFrame:
    """Return classes by the six levels."""
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(LEVELS))


def test_the_levels_hold_their_shares_of_the_county() -> None:
    county = pd.DataFrame({"school": "A", "score": range(100), "n": 1})
    own = county.assign(class_="1")
    counts = count_levels(own, bounds=level_bounds(county))
    assert list(counts.loc["1"]) == [5, 20, 25, 25, 20, 5]


def test_pupils_with_the_same_score_have_the_better_level() -> None:
    county = pd.DataFrame({"score": [90, 80, 10], "n": [2, 30, 68]})
    counts = count_levels(county.assign(class_="1"), bounds=level_bounds(county))
    assert list(counts.loc["1", ["A+", "A"]]) == [32, 0]


def test_the_finest_groups_in_which_the_classes_can_be_told_are_chosen() -> None:
    fine = counts_of({"1": [10] * 6, "2": [12] * 6})
    found = safe_levels(fine, hidden=frozenset())
    assert found is not None
    assert found.columns == LEVELS
    middle = counts_of({"1": [4, 9, 12, 11, 9, 3], "2": [5, 8, 10, 14, 7, 4]})
    found = safe_levels(middle, hidden=frozenset())
    assert found is not None
    assert found.columns == ("A+ A", "B+", "B", "C+ C")


def test_what_is_left_of_the_grade_is_no_small_group() -> None:
    counts = counts_of(
        {"1": [0, 10, 12, 12, 10, 0], "2": [0, 12, 14, 13, 12, 0], "3": [0, 1, 8, 9, 5, 2]}
    )
    found = safe_levels(counts, hidden=frozenset({"3"}))
    assert found is not None
    left = counts[~counts.index.isin(found.counts.index)].sum()
    for group in found.columns:
        assert left[group.split()].sum() >= 10


def test_no_class_can_be_told_where_all_are_on_one_side() -> None:
    assert safe_levels(counts_of({"1": [0, 0, 0, 2, 20, 12]}), hidden=frozenset()) is None
    assert safe_levels(counts_of({"1": [9] * 6}), hidden=frozenset({"1"})) is None


@given(
    st.lists(st.lists(st.integers(0, 30), min_size=6, max_size=6), min_size=1, max_size=7),
    st.sets(st.integers(0, 6), max_size=3),
)
@settings(max_examples=40, deadline=None)
def test_neither_a_told_group_nor_the_rest_is_ever_small(
    rows: list[list[int]], hidden: set[int]
) -> None:
    counts = counts_of({f"c{k}": row for k, row in enumerate(rows)})
    found = safe_levels(counts, hidden=frozenset(f"c{k}" for k in hidden))
    if found is None:
        return
    assert (found.counts >= 10).all(axis=None)
    left = counts[~counts.index.isin(found.counts.index)]
    if len(left):
        assert all(left[group.split()].sum(axis=1).sum() >= 10 for group in found.columns)


def test_counts_under_a_line_leave_out_the_line_itself() -> None:
    own = pd.DataFrame(
        {"class_": ["1", "1", "1", "2"], "score": [6000, 5999, 5400, 5700], "n": 1}
    )
    counts = count_below_line(own, line=6000, distances=(300, 600))
    assert list(counts.loc["1"]) == [1, 2]
    assert list(counts.loc["2"]) == [1, 1]


def test_a_small_count_is_hidden_with_a_partner_or_with_the_total() -> None:
    counts = pd.DataFrame({300: [3, 20, 25]}, index=["1", "2", "3"])
    hidden = hidden_counts_below(counts, hidden=frozenset())
    assert hidden.loc["1", 300]
    assert hidden[300].sum() >= 2


def test_two_distances_do_not_give_back_the_few_between_them() -> None:
    counts = pd.DataFrame({300: [20, 40], 600: [23, 60]}, index=["1", "2"])
    hidden = hidden_counts_below(counts, hidden=frozenset())
    told = ~hidden.loc["1"]
    assert not (told[300] and told[600])


def test_large_counts_are_told_and_a_hidden_class_is_not() -> None:
    counts = pd.DataFrame({300: [20, 40, 50, 11]}, index=["1", "2", "3", "4"])
    hidden = hidden_counts_below(counts, hidden=frozenset({"4"}))
    assert hidden.loc["4", 300]
    assert not hidden.loc[GRADE, 300] or hidden.loc[["1", "2", "3"], 300].any()
    assert not hidden_counts_below(counts, hidden=frozenset()).to_numpy().any()


def test_no_relation_gives_a_small_count_back() -> None:
    """What is told leaves every small cell a range of at least nine pupils."""
    rng = np.random.default_rng(4)
    for _ in range(5):
        between = rng.poisson(6, (4, 3))
        names = [f"c{k}" for k in range(4)]
        counts = pd.DataFrame(between.cumsum(axis=1), columns=[300, 600, 900], index=names)
        hidden = hidden_counts_below(counts, hidden=frozenset())
        told = Told()
        for k, distance in enumerate((300, 600, 900)):
            upto = [300, 600, 900][: k + 1]
            whole = None if hidden[distance][GRADE] else int(counts[distance].sum())
            _tell(told, names, upto, whole)
            for name in names:
                own = None if hidden[distance][name] else int(counts[distance][name])
                _tell(told, [name], upto, own)
        small = [(n, str(d)) for n in names for k, d in enumerate(counts)
                 if 0 < between[names.index(n), k] < 10]  # fmt: skip
        for place, least, largest in told.ranges(small):
            assert largest - least >= 9 - 1e-6, place


def _tell(told: Told, names: list[str], upto: list[int], n: int | None) -> None:
    if n is not None:
        told.equal.append((tuple((name, str(d)) for name in names for d in upto), float(n)))


def test_nobody_under_the_line_is_told_as_nobody() -> None:
    counts = pd.DataFrame({300: [0, 30]}, index=["1", "2"])
    assert not hidden_counts_below(counts, hidden=frozenset()).to_numpy().any()
