"""What can be told apart: hand-made lists, the constant of the whiskers, properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from core.errors import NotEstimableError
from core.told_apart import (
    WHISKER,
    average_whisker,
    find_alike_runs,
    tell_apart,
    whiskers,
)

units = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.05, 2)), min_size=2, max_size=15)


def test_two_units_are_told_apart_from_a_difference_of_196_common_errors() -> None:
    se = np.array([0.3, 0.4])
    assert not tell_apart(np.array([0.0, 0.979]), se=se)[0, 1]
    assert tell_apart(np.array([0.0, 0.981]), se=se)[0, 1]


def test_a_unit_without_an_estimate_is_told_from_nobody() -> None:
    assert not tell_apart(np.array([0.0, np.nan, 9.0]), se=np.full(3, 0.1))[1].any()


def test_where_no_difference_was_found_nobody_is_told_apart() -> None:
    """A value-added without a difference between schools has estimates and errors of 0."""
    nothing = np.zeros(4)
    assert not tell_apart(nothing, se=nothing).any()
    assert find_alike_runs(nothing, se=nothing).order.size == 0
    assert np.isnan(whiskers(nothing, se=nothing).low).all()
    with pytest.raises(NotEstimableError, match=r"above 0 \(units: 4, found: 0\)"):
        average_whisker(nothing)


def test_an_error_of_0_is_not_known() -> None:
    estimate, se = np.array([0.0, 5.0, 9.0]), np.array([0.0, 0.1, 0.1])
    assert tell_apart(estimate, se=se).sum(axis=1).tolist() == [0, 1, 1]
    assert find_alike_runs(estimate, se=se).order.tolist() == [2, 1]
    assert average_whisker(se) == pytest.approx(WHISKER)


def test_the_constant_of_the_whiskers_is_that_of_goldstein_and_healy() -> None:
    assert pytest.approx(1.39, abs=0.005) == WHISKER
    # Two independent normal means with equal errors fail to overlap in one of twenty cases.
    assert 2 * norm.sf(2 * WHISKER / np.sqrt(2)) == pytest.approx(0.05)


def test_whiskers_of_equal_errors_overlap_exactly_when_units_are_alike() -> None:
    rng = np.random.default_rng(5)
    estimate, se = rng.normal(0, 0.3, 40), np.full(40, 0.1)
    ends = whiskers(estimate, se=se)
    parted = (ends.low[:, None] > ends.high) | (ends.low > ends.high[:, None])
    assert (parted == tell_apart(estimate, se=se)).all()


@given(units)
def test_units_whose_whiskers_overlap_cannot_be_told_apart(
    pairs: list[tuple[float, float]],
) -> None:
    estimate, se = np.array(pairs).T
    ends = whiskers(estimate, se=se)
    slack = 1e-9
    overlap = (ends.low[:, None] < ends.high - slack) & (ends.low < ends.high[:, None] - slack)
    assert not (overlap & tell_apart(estimate, se=se)).any()


def test_the_average_whisker_grows_from_139_to_196_as_errors_become_unequal() -> None:
    assert average_whisker(np.array([0.2, 0.2, np.nan])) == pytest.approx(WHISKER)
    assert WHISKER < average_whisker(np.array([0.1, 0.2, 0.4])) < 1.6
    assert average_whisker(np.array([1e-9, 1.0])) == pytest.approx(1.96, abs=1e-3)


def test_the_average_whisker_needs_two_units() -> None:
    with pytest.raises(NotEstimableError, match=r"found: 1\)"):
        average_whisker(np.array([0.1, np.nan]))


def test_stretches_of_a_list_overlap_and_leave_out_who_has_no_estimate() -> None:
    runs = find_alike_runs(np.array([1.0, np.nan, 0.8, 0.6, -1.0]), se=np.full(5, 0.1))
    assert runs.order.tolist() == [0, 2, 3, 4]
    assert list(zip(runs.first.tolist(), runs.last.tolist(), strict=True)) == [
        (0, 1),
        (1, 2),
        (3, 3),
    ]


def test_a_list_of_nobody_has_no_stretch() -> None:
    assert find_alike_runs(np.full(2, np.nan), se=np.ones(2)).first.size == 0


@given(units)
def test_stretches_cover_the_list_hold_only_alike_units_and_cannot_be_longer(
    pairs: list[tuple[float, float]],
) -> None:
    estimate, se = np.array(pairs).T
    runs = find_alike_runs(estimate, se=se)
    apart = tell_apart(estimate[runs.order], se=se[runs.order])
    covered: set[int] = set()
    for first, last in zip(runs.first.tolist(), runs.last.tolist(), strict=True):
        inside = slice(first, last + 1)
        assert not apart[inside, inside].any()
        if last + 1 < estimate.size:
            assert apart[inside, last + 1].any()
        if first > 0:
            assert apart[inside, first - 1].any()
        covered |= set(range(first, last + 1))
    assert covered == set(range(estimate.size))


@given(units, st.floats(0.1, 10), st.floats(-5, 5))
def test_the_unit_of_the_scale_does_not_matter(
    pairs: list[tuple[float, float]], scale: float, shift: float
) -> None:
    estimate, se = np.array(pairs).T
    gap = np.abs(estimate[:, None] - estimate) / np.hypot(se[:, None], se)
    clear = np.abs(gap - 1.959963984540054) > 1e-6  # rounding decides on the boundary itself
    other = tell_apart(shift + scale * estimate, se=scale * se)
    assert (tell_apart(estimate, se=se) == other)[clear].all()
