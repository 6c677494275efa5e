"""Rates of alarms: special cases, brute force over all draws by lot, properties."""

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alarm_rate import MIN_CASES, estimate_repeated_share, expected_by_lot
from core.interval import wilson_interval
from core.replay import count_alarms

CASES = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.booleans()), min_size=MIN_CASES, max_size=60
)
STATES = st.lists(
    st.tuples(st.sampled_from([True, False, None]), st.sampled_from([True, False, None])),
    max_size=20,
)


def cases_of(pairs: list[tuple[str, bool]]) -> pd.Series:
    return pd.Series([true for _, true in pairs], index=[unit for unit, _ in pairs])


def test_units_that_come_once_have_the_usual_interval() -> None:
    share = estimate_repeated_share(pd.Series([True] * 7 + [False] * 13))
    ends = wilson_interval(7, n=20)
    assert (share.count, share.n, share.n_units, share.n_effective) == (7, 20, 20, 20.0)
    assert (share.low, share.high) == pytest.approx((float(ends.low), float(ends.high)))


def test_a_unit_that_comes_again_tells_nothing_new() -> None:
    once = pd.Series([True, False] * 6, index=range(12))
    again = estimate_repeated_share(pd.concat([once] * 4))
    first = estimate_repeated_share(once)
    assert again.n == 48
    assert again.n_effective == pytest.approx(12.0)
    assert (again.share, again.low, again.high) == pytest.approx(
        (first.share, first.low, first.high)
    )


def test_of_few_cases_there_are_counts_and_no_share() -> None:
    share = estimate_repeated_share(pd.Series([True] * (MIN_CASES - 1)))
    assert (share.count, share.n) == (9, 9)
    assert np.isnan([share.share, share.low, share.high]).all()
    nobody = estimate_repeated_share(pd.Series(dtype=bool))
    assert (nobody.count, nobody.n, nobody.n_units) == (0, 0, 0)
    assert math.isnan(nobody.n_effective)


@given(CASES)
def test_the_share_lies_in_its_interval_and_no_unit_counts_more_than_once(
    pairs: list[tuple[str, bool]],
) -> None:
    share = estimate_repeated_share(cases_of(pairs))
    assert 0 <= share.low <= share.share <= share.high <= 1
    assert 1 <= share.n_effective <= share.n_units + 1e-9


def test_a_lot_is_the_mean_over_all_draws() -> None:
    groups = pd.Series({"A": "x", "B": "x", "C": "x", "D": "x", "E": "y", "F": "y", "G": "y"})
    alarm = pd.Series({unit: unit in "ABE" for unit in groups.index})
    bad = pd.Series({unit: unit in "BCEF" for unit in groups.index})
    draws = [
        count_alarms(
            pd.Series({unit: unit in (*first, *second) for unit in groups.index}),
            later_state=bad,
        ).hits
        for first in combinations("ABCD", 2)
        for second in combinations("EFG", 1)
    ]
    lot = expected_by_lot(alarm, later_state=bad, groups=groups)
    assert lot == pytest.approx(np.mean(draws))


@given(STATES)
def test_a_lot_gives_no_more_hits_than_alarms_and_bad_states(
    pairs: list[tuple[bool | None, bool | None]],
) -> None:
    alarm = pd.Series([pair[0] for pair in pairs], dtype="boolean")
    later = pd.Series([pair[1] for pair in pairs], dtype="boolean")
    groups = pd.Series("all", index=alarm.index)
    counts = count_alarms(alarm, later_state=later)
    lot = expected_by_lot(alarm, later_state=later, groups=groups)
    assert 0 <= lot <= min(counts.hits + counts.false_alarms, counts.hits + counts.misses)
    everyone = alarm.mask(alarm.notna(), True)
    n_bad = counts.hits + counts.misses
    assert expected_by_lot(everyone, later_state=later, groups=groups) == pytest.approx(n_bad)
