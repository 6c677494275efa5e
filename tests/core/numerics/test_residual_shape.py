"""Shape of residuals: against plain rows, special cases, counted cells as repeated rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kurtosis, skew

from core.numerics.residual_shape import estimate_residual_groups, estimate_residual_shape


@given(seed=st.integers(0, 2**16))
def test_counted_cells_are_repeated_rows(seed: int) -> None:
    rng = np.random.default_rng(seed)
    residual, n = rng.normal(size=40), rng.integers(1, 6, size=40)
    group, predictor = np.arange(40) % 3, rng.normal(size=40)
    rows = np.repeat(residual, n)
    shape = estimate_residual_shape(residual, n=n)
    assert shape.skewness == pytest.approx(skew(rows))
    assert shape.kurtosis == pytest.approx(kurtosis(rows))
    assert shape.sd == pytest.approx(rows.std())
    found = estimate_residual_groups(residual, predictor=predictor, group=group, n=n)
    for g in range(3):
        own = np.repeat(residual[group == g], n[group == g])
        assert found.n[g] == own.size
        assert found.mean[g] == pytest.approx(own.mean())
        assert found.sd[g] == pytest.approx(own.std(ddof=1))
        assert found.se[g] == pytest.approx(own.std(ddof=1) / own.size**0.5)
        spread = np.repeat(predictor[group == g], n[group == g])
        assert found.predictor[g] == pytest.approx(spread.mean())


def test_a_group_of_one_pupil_has_a_mean_and_no_spread() -> None:
    one = np.array([1.5])
    found = estimate_residual_groups(one, predictor=one, group=np.array([0]), n=np.array([1]))
    assert found.mean.tolist() == [1.5]
    assert np.isnan(found.sd).all()
    assert np.isnan(found.se).all()


def test_without_spread_there_is_no_shape() -> None:
    shape = estimate_residual_shape(np.zeros(3), n=np.ones(3, dtype=np.int64))
    assert np.isnan([shape.skewness, shape.kurtosis]).all()
    assert shape.sd == 0
