"""Undoing of shrinkage: there and back, and nothing left."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numerics.shrinkage import shrink
from core.numerics.unshrunken import undo_shrinkage


@given(st.floats(-2, 2), st.floats(0.05, 1), st.floats(0.01, 1))
def test_what_is_shrunk_comes_back(raw: float, se: float, reliability: float) -> None:
    found = undo_shrinkage(
        np.array([reliability * raw]),
        se=np.array([np.sqrt(reliability) * se]),
        reliability=np.array([reliability]),
    )
    assert found.estimate.item() == pytest.approx(raw)
    assert found.se.item() == pytest.approx(se)


def test_the_shrunken_values_of_empirical_bayes_come_back_around_their_mean() -> None:
    value, se = np.array([-1.0, -0.2, 0.3, 0.9]), np.array([0.2, 0.3, 0.2, 0.4])
    fit = shrink(value, se=se)
    raw = undo_shrinkage(fit.estimate - fit.mean, se=se, reliability=fit.reliability)
    assert raw.estimate + fit.mean == pytest.approx(value)


def test_nothing_comes_back_from_a_reliability_of_zero() -> None:
    raw = undo_shrinkage(np.zeros(1), se=np.zeros(1), reliability=np.zeros(1))
    assert np.isnan([raw.estimate.item(), raw.se.item()]).all()
