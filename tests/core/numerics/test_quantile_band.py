"""Descent near the fit: the same minimum as over all cells, from near and from far."""

import numpy as np
import pytest

from core.numerics.quantile_band import descend_in_band
from core.numerics.quantile_vertex import CellSample, Vertex, descend, first_vertex

MANY = 5000


def scattered_pupils(n: int = 2500) -> CellSample:
    """Return one cell per row: a plane with noise that grows along it, for seven columns."""
    rng = np.random.default_rng(11)
    x = rng.uniform(0, 1, (n, 2))
    y = 10 * x[:, 0] + 5 * x[:, 1] + (1 + 3 * x[:, 0]) * rng.normal(0, 1, n)
    weight = rng.integers(1, 4, n).astype(float)
    return CellSample(
        design=np.column_stack([np.ones(n), x, x**2, x**3]),
        row=np.arange(n),
        y=y,
        weight=weight,
        start=np.arange(n + 1),
        before=np.r_[0.0, np.cumsum(weight)],
    )


def minimum(sample: CellSample, *, tau: float) -> Vertex:
    lowest = descend(sample, first_vertex(sample, tau=tau), tau=tau, max_steps=MANY)
    assert lowest is not None
    return lowest


@pytest.mark.parametrize(("known", "tau"), [(0.495, 0.505), (0.005, 0.05), (0.3, 0.9)])
def test_the_minimum_is_that_over_all_cells(known: float, tau: float) -> None:
    sample = scattered_pupils()
    found = descend_in_band(sample, minimum(sample, tau=known), tau=tau, max_steps=MANY)
    expected = minimum(sample, tau=tau)
    assert found is not None
    assert sorted(found.basis.tolist()) == sorted(expected.basis.tolist())
    assert found.place.tolist() == expected.place.tolist()


def test_a_start_that_is_no_fit_at_all_leads_to_the_same_minimum() -> None:
    sample = scattered_pupils()
    start = first_vertex(sample, tau=0.5)
    found = descend_in_band(sample, start, tau=0.5, max_steps=MANY)
    assert found is not None
    assert sorted(found.basis.tolist()) == sorted(minimum(sample, tau=0.5).basis.tolist())


def test_a_sample_smaller_than_a_band_is_walked_through_as_it_is() -> None:
    sample = scattered_pupils(60)
    found = descend_in_band(sample, minimum(sample, tau=0.1), tau=0.9, max_steps=MANY)
    assert found is not None
    assert sorted(found.basis.tolist()) == sorted(minimum(sample, tau=0.9).basis.tolist())


def test_it_gives_up_after_the_steps_that_it_is_given() -> None:
    sample = scattered_pupils()
    start = minimum(sample, tau=0.1)
    assert descend_in_band(sample, start, tau=0.9, max_steps=1) is None
