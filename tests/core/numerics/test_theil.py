"""Theil's index: worked by hand, bounds, exact split, scale, replication, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotEstimableError
from core.numerics.theil import split_theil

UNITS = st.lists(
    st.tuples(st.floats(0.5, 100), st.integers(1, 300), st.integers(0, 3)),
    min_size=2,
    max_size=25,
)


def arrays_of(
    units: list[tuple[float, int, int]],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    value, n, group = zip(*units, strict=True)
    return np.array(value), np.array(n, float), np.array(group)


def plainly(value: np.ndarray, n: np.ndarray) -> float:
    ratio = value / np.average(value, weights=n)
    return float(np.average(ratio * np.log(ratio), weights=n))


def test_four_units_in_two_groups_worked_by_hand() -> None:
    split = split_theil(
        np.array([1.0, 3.0, 4.0, 8.0]), n=np.ones(4), group=np.array([0, 0, 1, 1])
    )
    shares = np.array([1, 3, 4, 8]) / 16
    assert split.total == pytest.approx((shares * np.log(4 * shares)).sum())
    assert split.between == pytest.approx(0.25 * np.log(0.5) + 0.75 * np.log(1.5))
    own = [0.25 * np.log(0.5) + 0.75 * np.log(1.5), np.log(2 / 3) / 3 + 2 * np.log(4 / 3) / 3]
    assert split.group_theil == pytest.approx(np.array(own))
    assert split.group_mean.tolist() == [2, 6]
    assert split.group_share == pytest.approx(np.array([0.25, 0.75]))


def test_one_unit_that_has_everything_has_the_most_inequality() -> None:
    split = split_theil(
        np.array([0.0, 0, 0, 0, 7]), n=np.ones(5), group=np.array([0, 0, 1, 1, 1])
    )
    assert split.total == pytest.approx(np.log(5))
    assert split.between == pytest.approx(np.log(5 / 3))


def test_equal_values_have_no_inequality_and_no_share_of_it() -> None:
    split = split_theil(
        np.full(4, 0.1), n=np.array([1.0, 2, 3, 4]), group=np.array([0, 1, 0, 1])
    )
    assert split.total == pytest.approx(0, abs=1e-15)
    assert np.isnan(split.between_share)


def test_each_unit_a_group_leaves_nothing_within() -> None:
    split = split_theil(np.array([1.0, 2.0, 4.0]), n=np.ones(3), group=np.arange(3))
    assert split.within == pytest.approx(0, abs=1e-15)
    assert split.between_share == pytest.approx(1)


@given(units=UNITS)
def test_the_parts_are_those_of_the_plain_index(units: list[tuple[float, int, int]]) -> None:
    value, n, group = arrays_of(units)
    split = split_theil(value, n=n, group=group)
    assert split.total == pytest.approx(plainly(value, n), abs=1e-12)
    assert split.between + split.within == split.total
    mean_of_own_group = split.group_mean[group]
    assert split.between == pytest.approx(plainly(mean_of_own_group, n), abs=1e-12)
    assert 0 <= split.between <= split.total <= np.log(n.sum() / n.min()) + 1e-12


@given(units=UNITS, scale=st.floats(0.01, 100), times=st.integers(2, 4))
def test_neither_scale_nor_replicates_change_it(
    units: list[tuple[float, int, int]], scale: float, times: int
) -> None:
    value, n, group = arrays_of(units)
    before = split_theil(value, n=n, group=group)
    after = split_theil(
        np.tile(scale * value, times), n=np.tile(n, times), group=np.tile(group, times)
    )
    assert after.total == pytest.approx(before.total, abs=1e-12)
    assert after.between == pytest.approx(before.between, abs=1e-12)


@given(units=UNITS)
def test_a_transfer_from_the_richest_to_the_poorest_lowers_it(
    units: list[tuple[float, int, int]],
) -> None:
    value, _, group = arrays_of(units)
    n = np.ones(value.size)
    rich, poor = value.argmax(), value.argmin()
    moved = (value[rich] - value[poor]) / 4
    after = value.copy()
    after[rich] -= moved
    after[poor] += moved
    before = split_theil(value, n=n, group=group)
    assert split_theil(after, n=n, group=group).total <= before.total + 1e-12


def test_values_below_zero_are_refused() -> None:
    with pytest.raises(NotEstimableError, match=r"below 0 1, mean 1\)"):
        split_theil(np.array([-1.0, 3.0]), n=np.ones(2), group=np.zeros(2, int))


def test_a_mean_of_zero_is_refused() -> None:
    with pytest.raises(NotEstimableError, match=r"below 0 0, mean 0\)"):
        split_theil(np.zeros(2), n=np.ones(2), group=np.zeros(2, int))


def test_a_group_without_weight_has_no_figures() -> None:
    split = split_theil(
        np.array([1.0, 3.0, 5.0]), n=np.array([1.0, 1.0, 0.0]), group=np.array([0, 0, 1])
    )
    assert np.isnan([split.group_mean[1], split.group_theil[1]]).all()
    assert split.group_share[1] == 0
    assert split.between == pytest.approx(0, abs=1e-15)
