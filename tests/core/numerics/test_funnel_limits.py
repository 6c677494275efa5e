"""Limits and over-dispersion: worked by hand, binomial law, special cases, properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from core.errors import NotEstimableError
from core.numerics.funnel_limits import (
    FunnelShape,
    OverDispersion,
    estimate_dispersion,
    limits_at,
    mean_limits,
    rate_limits,
)
from core.numerics.shrinkage import estimate_tau2

N = np.array([5.0, 40.0, 400.0, 40_000.0])


def shape_of(
    over_dispersion: OverDispersion, *, is_rate: bool, phi: float = 4.0, tau2: float = 0.01
) -> FunnelShape:
    return FunnelShape(
        target=0.5,
        sd=0.5,
        is_rate=is_rate,
        over_dispersion=over_dispersion,
        phi=phi,
        phi_winsorised=phi,
        tau2=tau2,
        tau2_winsorised=tau2,
    )


def test_normal_limits_are_those_of_the_table() -> None:
    limits = mean_limits(np.array([2.0]), target=70.0)
    ends = [limits.low_998, limits.low_95, limits.high_95, limits.high_998]
    assert np.ravel(ends) == pytest.approx(
        70 + 2 * np.array([-3.090, -1.960, 1.960, 3.090]), abs=1e-3
    )


def test_a_binomial_limit_worked_by_hand() -> None:
    # Of 5 pupils at a rate of a half, P(R <= 0) = 1/32 reaches 2.5 %, as the first.
    low = rate_limits(np.array([5.0]), target=0.5).low_95
    assert low == pytest.approx(np.maximum(0 - (1 / 32 - 0.025) / (1 / 32), 0) / 5)
    # P(R <= 4) = 31/32 does not reach 97.5 %, P(R <= 5) = 1 does.
    high = rate_limits(np.array([5.0]), target=0.5).high_95
    assert high == pytest.approx((5 - (1 - 0.975) / (1 / 32)) / 5)


def test_binomial_limits_approach_the_normal_ones() -> None:
    exact, normal = rate_limits(N, target=0.3), mean_limits(np.sqrt(0.21 / N), target=0.3)
    assert exact.low_95[-1] == pytest.approx(normal.low_95[-1], abs=1e-4)
    assert exact.high_998[-1] == pytest.approx(normal.high_998[-1], abs=1e-4)


@given(n=st.integers(1, 3000), target=st.floats(0.02, 0.98))
def test_counts_inside_the_limits_have_the_chance_they_promise(n: int, target: float) -> None:
    limits = rate_limits(np.array([float(n)]), target=target)
    # A whole count strictly between the ends is no rarer than the tails allow.
    low, high = np.floor(n * limits.low_95[0]), np.ceil(n * limits.high_95[0])
    assert binom.cdf(low - 1, n, target) <= 0.025 + 1e-9
    assert binom.sf(high, n, target) <= 0.025 + 1e-9


@given(n=st.integers(1, 3000), target=st.floats(0.02, 0.98))
def test_limits_stand_in_order_and_inside_zero_to_one(n: int, target: float) -> None:
    limits = rate_limits(np.array([float(n)]), target=target)
    ends = np.ravel([limits.low_998, limits.low_95, limits.high_95, limits.high_998])
    assert (np.diff(ends) >= 0).all()
    assert ends[0] >= 0
    assert ends[-1] <= 1


def test_dispersion_worked_by_hand() -> None:
    value = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    found = estimate_dispersion(value, se=np.full(5, 0.5), target=0.0)
    assert found.z.tolist() == [-4, -2, 0, 2, 4]
    assert found.phi == 8
    # The 10 and 90 % quantiles of z are -3.2 and 3.2.
    assert found.phi_winsorised == pytest.approx((2 * 3.2**2 + 2 * 2**2) / 5)
    # Equal errors of 1/2: (5 x 5.696 - 4) / (20 - 4).
    assert found.tau2_winsorised == pytest.approx((5 * 5.696 - 4) / 16)
    assert found.tau2 == pytest.approx((40 - 4) / 16)


def test_without_a_cut_both_ways_agree() -> None:
    rng = np.random.default_rng(5)
    value, se = rng.normal(0, 1, 30), rng.uniform(0.2, 0.6, 30)
    pooled = float(np.average(value, weights=se**-2))
    found = estimate_dispersion(value, se=se, target=pooled, winsorise=0.0)
    assert found.phi_winsorised == pytest.approx(found.phi)
    assert found.tau2_winsorised == pytest.approx(estimate_tau2(value, se=se))


def test_units_alike_are_not_over_dispersed() -> None:
    found = estimate_dispersion(np.full(6, 0.4), se=np.full(6, 0.05), target=0.4)
    assert found.phi == found.tau2 == found.tau2_winsorised == 0


def test_a_single_unit_is_refused() -> None:
    with pytest.raises(NotEstimableError, match=r"at least 2 units .*found: 1\)"):
        estimate_dispersion(np.array([0.4]), se=np.array([0.05]), target=0.4)


@given(shift=st.floats(-100, 100), scale=st.floats(0.1, 10))
def test_dispersion_follows_a_change_of_unit(shift: float, scale: float) -> None:
    value, se = np.array([1.0, 4.0, 2.0, 8.0, 3.0]), np.array([0.5, 0.7, 0.9, 0.4, 0.6])
    before = estimate_dispersion(value, se=se, target=3.0)
    after = estimate_dispersion(shift + scale * value, se=scale * se, target=shift + scale * 3)
    assert after.phi == pytest.approx(before.phi)
    assert after.phi_winsorised == pytest.approx(before.phi_winsorised)
    assert after.tau2 == pytest.approx(scale**2 * before.tau2)
    assert after.tau2_winsorised == pytest.approx(scale**2 * before.tau2_winsorised)


@pytest.mark.parametrize("is_rate", [True, False])
def test_over_dispersion_widens_the_limits(is_rate: bool) -> None:
    chance = limits_at(N, shape=shape_of("none", is_rate=False))
    widths = {
        "multiplicative": np.full(4, 2.0),
        "additive": np.sqrt(1 + 0.01 / (0.25 / N)),
    }
    for method, factor in widths.items():
        wide = limits_at(N, shape=shape_of(method, is_rate=is_rate))  # type: ignore[arg-type]
        expected = 0.5 + factor * (chance.high_95 - 0.5)
        assert wide.high_95 == pytest.approx(np.minimum(expected, 1.0 if is_rate else np.inf))


def test_a_spread_below_chance_does_not_narrow_the_limits() -> None:
    chance = limits_at(N, shape=shape_of("none", is_rate=False))
    calm = limits_at(N, shape=shape_of("multiplicative", is_rate=False, phi=0.3))
    assert calm.high_998 == pytest.approx(chance.high_998)
