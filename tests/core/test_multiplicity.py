"""Adjusted p values: the published example, holes, properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.multiplicity import FALSE_DISCOVERY_RATE, adjust_q

# Benjamini & Hochberg (1995), section 4.1: 15 tests of a study of heart attacks.
PUBLISHED = np.array([.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240,
                      .4262, .5719, .6528, .7590, 1.0])  # fmt: skip


def test_the_published_example_flags_its_first_four_tests() -> None:
    assert np.flatnonzero(adjust_q(PUBLISHED) <= FALSE_DISCOVERY_RATE).tolist() == [0, 1, 2, 3]


def test_values_without_a_test_stay_out_and_count_for_nothing() -> None:
    holes = np.array([0.01, np.nan, 0.04, np.nan])
    assert adjust_q(holes) == pytest.approx([0.02, np.nan, 0.04, np.nan], nan_ok=True)


def test_a_table_keeps_its_shape_even_without_any_test() -> None:
    assert np.isnan(adjust_q(np.full((2, 3), np.nan))).all()
    assert adjust_q(np.full((2, 3), 0.5)).shape == (2, 3)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_values_are_larger_stay_below_one_and_follow_their_tests(
    values: list[float],
) -> None:
    p = np.array(values)
    q = adjust_q(p)
    assert (q >= p).all()
    assert (q <= 1).all()
    order = np.random.default_rng(p.size).permutation(p.size)
    assert adjust_q(p[order]) == pytest.approx(q[order])
