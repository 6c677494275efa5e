"""Correlation of errors: by simulation of pupils, limits, properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.weak_schools import error_correlation_of
from core.weak_schools.error_correlation import BELOW, KNOWN, MAX_CORRELATION


def test_it_is_that_of_pupils_with_normal_scores() -> None:
    rng, q = np.random.default_rng(6), 0.75
    prior = rng.normal(size=400_000)
    y = q * prior + np.sqrt(1 - q**2) * rng.normal(size=prior.size)
    above = {name: y >= np.quantile(y, share) for name, share in BELOW.items()}
    pupils = {"z": y, "value_added": y - q * prior, "low_rate": y < np.quantile(y, 0.1)}
    pupils |= {"bottom20_share": y < np.quantile(y, 0.2), "mean": y, "score_rate": y, **above}
    by_simulation = np.corrcoef([pupils[name] for name in KNOWN])
    limited = by_simulation.clip(-MAX_CORRELATION, MAX_CORRELATION)
    np.fill_diagonal(limited, 1.0)
    found = error_correlation_of(low_rate=0.1, prior_correlation=q)
    assert found.to_numpy() == pytest.approx(limited, abs=0.01)
    assert tuple(found.index) == tuple(found.columns) == KNOWN


@given(st.floats(0.001, 0.999), st.floats(-0.99, 0.99))
def test_it_is_a_correlation_that_can_be_computed_with(low_rate: float, prior: float) -> None:
    matrix = error_correlation_of(low_rate=low_rate, prior_correlation=prior).to_numpy()
    assert (matrix == matrix.T).all()
    assert (np.diag(matrix) == 1).all()
    assert np.linalg.eigvalsh(matrix).min() > 0.01


@pytest.mark.parametrize(("low_rate", "prior"), [(0.0, 0.5), (1.0, 0.5), (0.1, 1.0)])
def test_numbers_out_of_range_are_refused(low_rate: float, prior: float) -> None:
    with pytest.raises(SettingsError, match=rf"rate is {low_rate} .* prior {prior}"):
        error_correlation_of(low_rate=low_rate, prior_correlation=prior)
