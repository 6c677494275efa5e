"""Intervals: an independent implementation, limits, undefined cases, bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from core.interval import Z95, normal_interval, student_interval, wilson_interval


def test_z95_is_the_97_5_per_cent_point() -> None:
    assert pytest.approx(norm.ppf(0.975), rel=1e-15) == Z95


@pytest.mark.parametrize(("count", "n"), [(0, 7), (3, 10), (10, 10), (480, 1000)])
def test_wilson_equals_statsmodels(count: int, n: int) -> None:
    low, high = proportion_confint(count, n, method="wilson")
    ends = wilson_interval(count, n=n)
    assert (float(ends.low), float(ends.high)) == pytest.approx((low, high), abs=1e-12)


def test_wilson_is_undefined_without_pupils() -> None:
    ends = wilson_interval([0, 1], n=[0, 2])
    assert np.isnan(ends.low).tolist() == np.isnan(ends.high).tolist() == [True, False]


@given(n=st.integers(1, 10**7), part=st.floats(0, 1))
def test_wilson_stays_in_0_to_1_and_holds_the_share(n: int, part: float) -> None:
    count = round(part * n)
    ends = wilson_interval(count, n=n)
    assert 0 <= float(ends.low) <= count / n <= float(ends.high) <= 1


def test_normal_interval_is_as_wide_as_twice_1_96_errors() -> None:
    ends = normal_interval([1.0, 2.0], se=[0.5, np.nan])
    assert ends.low[0] == pytest.approx(1 - 0.98, abs=1e-4)
    assert ends.high[0] == pytest.approx(1 + 0.98, abs=1e-4)
    assert np.isnan(ends.low[1])
    assert np.isnan(ends.high[1])


def test_student_intervals_are_wider_the_fewer_the_units() -> None:
    """Quantiles of Student's t at 97.5 % as printed in tables: 12.706, 2.086, 1.984."""
    ends = [student_interval(1.0, se=2.0, df=df).high.item() for df in (1, 20, 100)]
    assert ends == pytest.approx([1 + 2 * t for t in (12.706, 2.086, 1.984)], abs=1e-3)


def test_a_student_interval_without_degrees_of_freedom_is_undefined() -> None:
    assert np.isnan(student_interval(1.0, se=2.0, df=0).low)
