"""Cronbach's alpha: published values, R, analysis of variance, invariance, coverage."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from core.errors import NotEstimableError
from core.numerics.reliability import estimate_reliability

# Bock & Lieberman (1970), LSAT section 6: pupils by answers to items 1 to 5, 00000 first.
LSAT6 = [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15,
         10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298]  # fmt: skip
# R 4.2.2, psych 2.2.9: alpha(X); the R package ltm prints the same to four decimals.
PSYCH_ALPHA = 0.294997192216
PSYCH_DROPPED = [
    0.275356210798,
    0.237583904647,
    0.216799462943,
    0.245932710434,
    0.266294411208,
]


def lsat() -> np.ndarray:
    """Answers of the 1000 pupils."""
    return np.repeat(np.array(list(product([0.0, 1.0], repeat=5))), LSAT6, axis=0)


def made_points(seed: int, *, n: int = 40, k: int = 6) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 1)) + rng.normal(size=(n, k)) * np.arange(1, k + 1)


def test_lsat_matches_the_published_alpha() -> None:
    assert lsat().mean(axis=0) == pytest.approx([0.924, 0.709, 0.553, 0.763, 0.870])
    fit = estimate_reliability(lsat())
    assert fit.alpha == pytest.approx(PSYCH_ALPHA, abs=1e-11)
    assert fit.alpha_if_dropped == pytest.approx(PSYCH_DROPPED, abs=1e-11)
    assert (round(fit.low, 2), round(fit.high, 2)) == (0.22, 0.36)  # psych's Feldt interval


def test_alpha_and_its_interval_follow_from_two_way_analysis_of_variance() -> None:
    points = made_points(1)
    n, k = points.shape
    residual = points - points.mean(axis=1)[:, None] - points.mean(axis=0) + points.mean()
    ms_pupil = k * points.mean(axis=1).var(ddof=1)
    ms_error = (residual**2).sum() / ((n - 1) * (k - 1))
    fit = estimate_reliability(points)
    assert fit.alpha == pytest.approx(1 - ms_error / ms_pupil)
    law = stats.f(n - 1, (n - 1) * (k - 1))
    assert fit.low == pytest.approx(1 - (1 - fit.alpha) * law.ppf(0.975))
    assert fit.high == pytest.approx(1 - (1 - fit.alpha) * law.ppf(0.025))


def test_alpha_if_dropped_is_the_alpha_of_the_other_items() -> None:
    points = made_points(2)
    dropped = estimate_reliability(points).alpha_if_dropped
    for item in range(points.shape[1]):
        rest = estimate_reliability(np.delete(points, item, axis=1))
        assert dropped[item] == pytest.approx(rest.alpha)


def test_equal_items_have_no_error_of_measurement() -> None:
    fit = estimate_reliability(np.tile(np.arange(5.0)[:, None], (1, 3)))
    assert [fit.alpha, fit.sem] == pytest.approx([1, 0], abs=1e-6)


def test_two_items_leave_nothing_to_drop() -> None:
    assert np.isnan(estimate_reliability(made_points(3, k=2)).alpha_if_dropped).all()


@pytest.mark.parametrize(
    ("points", "found"),
    [
        (np.ones((5, 1)) * np.arange(5)[:, None], "items 1, pupils with all items 5"),
        (np.arange(4.0).reshape(2, 2), "items 2, pupils with all items 2"),
        (np.full((6, 4), 0.1), "items 4, pupils with all items 6"),
        (np.array([[0.0, 1], [1, 0], [0, 1]]), "items 2, pupils with all items 3"),
        (np.empty((0, 3)), "items 3, pupils with all items 0"),
    ],
)
def test_too_little_is_refused_with_the_numbers_found(points: np.ndarray, found: str) -> None:
    with pytest.raises(NotEstimableError, match=found):
        estimate_reliability(points)


@settings(deadline=None)
@given(
    seed=st.integers(0, 10_000),
    shift=st.floats(-100, 100),
    scale=st.floats(0.01, 100),
)
def test_a_change_of_unit_and_the_order_leave_alpha(
    seed: int, shift: float, scale: float
) -> None:
    points = made_points(seed)
    before, after = (
        estimate_reliability(points),
        estimate_reliability(shift + scale * points[::-1, ::-1]),
    )
    assert after.alpha == pytest.approx(before.alpha, abs=1e-7)
    assert after.sem == pytest.approx(scale * before.sem, rel=1e-6)
    assert before.low < before.alpha < before.high <= 1
    assert after.alpha_if_dropped == pytest.approx(before.alpha_if_dropped[::-1], abs=1e-7)


@pytest.mark.slow
def test_the_interval_covers_the_true_alpha_nineteen_times_in_twenty() -> None:
    rng = np.random.default_rng(5)
    k, truth, covered = 8, 8 * 0.5 / (0.5 * 8 + 1), 0  # true variance 0.5, error variance 1
    for _ in range(4000):
        fit = estimate_reliability(
            np.sqrt(0.5) * rng.normal(size=(60, 1)) + rng.normal(size=(60, k))
        )
        covered += fit.low < truth < fit.high
    assert covered / 4000 == pytest.approx(0.95, abs=0.01)
