"""Known measurement error: Fuller's slope, full matrices, no error, lasting invariances."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotEstimableError
from core.numerics.errors_in_priors import estimate_with_errors
from core.numerics.mixed_model import RandomInterceptFit, estimate_random_intercept
from core.numerics.moments import SchoolMoments, merge_moments, moments_from_rows, rescale

ERROR = np.array([0.0, 0.25])
FIELDS = ("beta", "beta_se", "effect", "se_conditional", "se_prediction", "reliability")


def rows_of(seed: int, *, between: float = 0.3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return school, design with a prior of error variance 0.25, and outcome."""
    rng = np.random.default_rng(seed)
    school = np.repeat(np.arange(15), rng.integers(10, 40, size=15))
    true = rng.normal(size=school.size) + 0.4 * rng.normal(size=15)[school]
    x = true + 0.5 * rng.normal(size=school.size)
    y = 0.8 * true + between * rng.normal(size=15)[school] + 0.5 * rng.normal(size=school.size)
    return school, np.column_stack([np.ones(school.size), x]), y


def moments_of(seed: int, **more: float) -> SchoolMoments:
    school, x, y = rows_of(seed, **more)
    return moments_from_rows(school, x=x, y=y)


def assert_same(
    one: RandomInterceptFit, other: RandomInterceptFit, *, rel: float = 1e-7
) -> None:
    for field in FIELDS:
        assert getattr(one, field) == pytest.approx(getattr(other, field), rel=rel, abs=1e-9)


def test_without_errors_it_is_the_random_intercept_model() -> None:
    moments = moments_of(1)
    fit = estimate_with_errors(moments, error=np.zeros(2))
    plain = estimate_random_intercept(moments)
    assert_same(fit, plain)
    assert fit.neg2_log_reml == pytest.approx(plain.neg2_log_reml, rel=1e-12)


def test_without_schools_the_slope_is_covariance_over_true_variance() -> None:
    _, x, y = rows_of(2, between=0.0)
    order = np.argsort(y - 0.8 * x[:, 1])
    dealt = np.empty(y.size, dtype=np.int64)
    dealt[order] = np.arange(y.size) % 15  # schools that differ by less than chance
    fit = estimate_with_errors(moments_from_rows(dealt, x=x, y=y), error=ERROR)
    cov = np.cov(x[:, 1], y, ddof=0)
    assert fit.theta == 0
    assert fit.beta[1] == pytest.approx(cov[0, 1] / (cov[0, 0] - 0.25))
    assert np.all(fit.effect == 0)


def test_coefficients_equal_those_of_the_full_matrices() -> None:
    school, x, y = rows_of(3)
    fit = estimate_with_errors(moments_from_rows(school, x=x, y=y), error=ERROR)
    z = (school[:, None] == np.arange(15)).astype(float)
    inverse = np.linalg.inv(np.eye(y.size) + fit.theta * z @ z.T)
    # Of E(x' V^-1 x), the part of independent errors is tr(V^-1) E.
    a = x.T @ inverse @ x - np.trace(inverse) * np.diag(ERROR)
    beta = np.linalg.solve(a, x.T @ inverse @ y)
    assert fit.beta == pytest.approx(beta, rel=1e-8)
    residual = y - x @ beta
    assert fit.sigma_e2 == pytest.approx(residual @ inverse @ residual / (y.size - 2), rel=1e-8)


def test_the_slope_and_its_error_are_right_over_many_draws() -> None:
    fits = [estimate_with_errors(moments_of(seed), error=ERROR) for seed in range(150)]
    slopes = np.array([fit.beta[1] for fit in fits])
    spread = slopes.std()
    assert slopes.mean() == pytest.approx(0.8, abs=4 * spread / np.sqrt(150))
    assert np.mean([fit.beta_se[1] for fit in fits]) == pytest.approx(spread, rel=0.15)


def test_effects_do_not_fall_with_what_luck_added_to_the_intake() -> None:
    r = []
    for seed in range(150):
        school, x, y = rows_of(seed)
        n = np.bincount(school)
        effect = estimate_with_errors(moments_from_rows(school, x=x, y=y), error=ERROR).effect
        r.append(np.corrcoef(effect, np.bincount(school, weights=x[:, 1]) / n)[0, 1])
    assert np.mean(r) == pytest.approx(0, abs=0.08)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 500), scale=st.floats(0.1, 50), shift=st.floats(-50, 50))
def test_effects_follow_a_change_of_unit(seed: int, scale: float, shift: float) -> None:
    moments = moments_of(seed)
    changed = rescale(moments, shift=np.array([shift, -shift]), scale=np.array([scale, scale]))
    one = estimate_with_errors(moments, error=ERROR)
    other = estimate_with_errors(changed, error=ERROR / scale**2)
    assert scale * other.effect == pytest.approx(one.effect, rel=1e-5, abs=1e-7)
    assert scale * other.se_prediction == pytest.approx(one.se_prediction, rel=1e-5)
    assert other.beta[1] == pytest.approx(one.beta[1], rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 500))
def test_splitting_a_school_and_adding_changes_nothing(seed: int) -> None:
    school, x, y = rows_of(seed)
    half = np.random.default_rng(seed).integers(0, 2, size=y.size)
    # Every part has pupils: the first two of each school are put apart.
    first = np.flatnonzero(np.diff(school, prepend=-1))
    half[first], half[first + 1] = 0, 1
    parts = moments_from_rows(2 * school + half, x=x, y=y)
    merged = merge_moments(parts, group=np.repeat(np.arange(15), 2))
    whole = moments_from_rows(school, x=x, y=y)
    assert_same(
        estimate_with_errors(merged, error=ERROR), estimate_with_errors(whole, error=ERROR)
    )


def test_pupils_who_differ_by_school_or_prior_alone_are_refused() -> None:
    school, x, _ = rows_of(5)
    for y, error in ((school.astype(float), ERROR), (x[:, 1], 0 * ERROR)):
        moments = moments_from_rows(school, x=x, y=y)
        with pytest.raises(NotEstimableError, match=rf"The {y.size} pupils do not differ"):
            estimate_with_errors(moments, error=error)


def test_errors_as_large_as_the_spread_are_refused_with_the_numbers() -> None:
    with pytest.raises(NotEstimableError, match=r"eigenvalue of -\d\.\d+, which must be above"):
        estimate_with_errors(moments_of(4), error=np.array([0.0, 2.0]))
