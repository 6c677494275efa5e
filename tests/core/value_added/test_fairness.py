"""The fairness gauge: a known correlation, the warning level, too few schools."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.value_added import gauge_fairness


def schools_of(estimate: list[float], intake: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"estimate": estimate, "prior_mean": intake})


def test_the_gauge_is_the_correlation_with_the_mean_prior() -> None:
    # By hand: sum of products 1, sums of squares 2 and 2.
    gauge = gauge_fairness(schools_of([1, -1, 0, 0, 0], [1, 0, 0, 0, -1]))
    assert gauge.r == pytest.approx(0.5)
    assert (gauge.n_schools, gauge.warns) == (5, True)


@pytest.mark.parametrize(("r", "warns"), [(0.29, False), (0.31, True), (-0.31, True)])
def test_it_warns_above_three_tenths_either_way(r: float, warns: bool) -> None:
    rng = np.random.default_rng(1)
    x, e = rng.normal(size=(2, 50))
    x, e = (v - v.mean() for v in (x, e))
    e -= (e @ x) / (x @ x) * x
    estimate = r * x / np.linalg.norm(x) + np.sqrt(1 - r * r) * e / np.linalg.norm(e)
    gauge = gauge_fairness(schools_of(list(estimate), list(x)))
    assert gauge.r == pytest.approx(r)
    assert gauge.warns is warns


def test_four_schools_or_equal_estimates_say_nothing() -> None:
    for schools in (
        schools_of([1, 2, 3, np.nan, 4], [1, 2, 3, 4, np.nan]),
        schools_of([0, 0, 0, 0, 0], [1, 2, 3, 4, 5]),
        schools_of([1, 2, 3, 4, 5], [0, 0, 0, 0, 0]),
    ):
        gauge = gauge_fairness(schools)
        assert (gauge.r, gauge.warns) == (None, False)


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=5, max_size=20))
def test_the_gauge_lies_between_minus_one_and_one(rows: list[tuple[float, float]]) -> None:
    r = gauge_fairness(pd.DataFrame(rows, columns=["estimate", "prior_mean"])).r
    assert r is None or np.isnan(r) or abs(r) <= 1 + 1e-12


def test_figures_that_differ_by_rounding_alone_have_no_correlation() -> None:
    intake = [0.0, 0.0, 0.0, 0.0, 1e-162]
    schools = pd.DataFrame({"estimate": [0.0, 0.1, 0.2, 0.3, 1.0], "prior_mean": intake})
    assert gauge_fairness(schools).r is None
