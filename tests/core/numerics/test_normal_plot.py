"""Normal quantiles: known positions, coverage of the envelope, order, the test of scipy."""

import numpy as np
import pytest
from scipy.special import ndtri

from core.numerics.normal_plot import estimate_normality, plot_against_normal


def test_expected_quantiles_are_at_bloms_positions_in_any_order() -> None:
    plot = plot_against_normal(np.array([3.0, 1.0, 2.0, 5.0]))
    wanted = ndtri((np.array([3, 1, 2, 4]) - 0.375) / 4.25)
    assert plot.expected == pytest.approx(wanted)
    assert (plot.low < plot.expected).all()
    assert (plot.expected < plot.high).all()


def test_each_place_of_a_normal_sample_lies_inside_in_95_of_100() -> None:
    rng = np.random.default_rng(1)
    drawn = np.sort(rng.normal(size=(40_000, 12)), axis=1)
    plot = plot_against_normal(drawn[0])
    inside = ((drawn >= plot.low) & (drawn <= plot.high)).mean(axis=0)
    assert inside == pytest.approx(np.full(12, 0.95), abs=0.005)


def test_a_normal_sample_passes_and_a_skewed_one_does_not() -> None:
    rng = np.random.default_rng(2)
    assert estimate_normality(rng.normal(size=60)).p > 0.05
    assert estimate_normality(rng.exponential(size=60)).p < 0.001
