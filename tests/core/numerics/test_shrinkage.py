"""Shrinkage: closed form of equal errors, special cases, properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotEstimableError
from core.numerics.shrinkage import estimate_tau2, shrink


def test_with_equal_errors_tau2_is_the_variance_less_that_of_chance() -> None:
    value = np.array([-2.0, 1.0, 4.0, 9.0])
    assert estimate_tau2(value, se=np.full(4, 1.5)) == pytest.approx(value.var(ddof=1) - 2.25)


def test_estimates_that_differ_by_chance_only_all_become_the_mean() -> None:
    shrunken = shrink(np.array([0.0, 0.1, 0.2]), se=np.ones(3))
    assert shrunken.tau2 == 0
    assert shrunken.estimate == pytest.approx([0.1] * 3)
    assert shrunken.sd == pytest.approx([np.sqrt(1 / 3)] * 3)


def test_a_unit_without_an_estimate_stays_out_and_stops_nobody() -> None:
    with_hole = shrink(np.array([-1.0, np.nan, 1.0, 2.0]), se=np.full(4, 0.5))
    without = shrink(np.array([-1.0, 1.0, 2.0]), se=np.full(3, 0.5))
    assert np.isnan(with_hole.estimate[1])
    assert with_hole.estimate[[0, 2, 3]] == pytest.approx(without.estimate)


@given(
    st.lists(st.tuples(st.floats(-3, 3), st.floats(0.1, 2)), min_size=3, max_size=20),
    st.floats(-5, 5),
    st.floats(0.1, 10),
)
def test_a_change_of_unit_changes_the_estimates_alike(
    pairs: list[tuple[float, float]], shift: float, scale: float
) -> None:
    value, se = np.array(pairs).T
    plain, other = shrink(value, se=se), shrink(shift + scale * value, se=scale * se)
    assert other.estimate == pytest.approx(shift + scale * plain.estimate, abs=1e-6)
    assert other.sd == pytest.approx(scale * plain.sd, rel=1e-6)


def test_errors_of_zero_are_refused_with_their_number() -> None:
    with pytest.raises(NotEstimableError, match=r"units 3, without a positive error 1"):
        shrink(np.array([1.0, 2.0, 3.0]), se=np.array([1.0, 0.0, 1.0]))
