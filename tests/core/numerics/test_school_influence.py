"""Influence of schools: solving without each, the hat matrix, sums, order, speed."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.numerics.errors_in_priors import estimate_with_errors
from core.numerics.mixed_model import RandomInterceptFit, estimate_random_intercept
from core.numerics.moments import (
    SchoolMoments,
    moments_from_rows,
    select_schools,
    with_school_means,
)
from core.numerics.school_influence import SchoolInfluence, estimate_school_influence

Floats = NDArray[np.float64]
SOLVED = 1e-9
"""Both sides solve the same small systems of equations."""


def make_schools(seed: int, *, n_schools: int = 15, effect: float = 0.4) -> SchoolMoments:
    """Draw schools of 5 to 60 pupils with a prior and an outcome."""
    rng = np.random.default_rng(seed)
    school = np.repeat(np.arange(n_schools), rng.integers(5, 60, size=n_schools))
    prior = rng.normal(size=school.size) + 0.5 * rng.normal(size=n_schools)[school]
    noise = rng.normal(size=school.size) + effect * rng.normal(size=n_schools)[school]
    x = np.column_stack([np.ones(school.size), prior])
    return moments_from_rows(school, x=x, y=2.0 + 0.7 * prior + noise)


def without(moments: SchoolMoments, school: int) -> SchoolMoments:
    """Return the moments of all schools but one."""
    return select_schools(moments, keep=np.arange(moments.n.size) != school)


def solved(moments: SchoolMoments, *, theta: float, error: Floats) -> Floats:
    """Solve the normal equations at a given theta, plainly."""
    a, b = np.zeros((error.size, error.size)), np.zeros(error.size)
    for n, xx, xy in zip(moments.n, moments.xx, moments.xy, strict=True):
        weight = theta / (1 + n * theta)
        a += xx - weight * np.outer(xx[0], xx[0]) - n * (1 - weight) * np.diag(error)
        b += xy - weight * xx[0] * xy[0]
    beta: Floats = np.linalg.solve(a, b).astype(np.float64)
    return beta


def influence(moments: SchoolMoments) -> tuple[RandomInterceptFit, SchoolInfluence]:
    """Fit the random intercept and return it with its influence."""
    fit = estimate_random_intercept(moments)
    error = np.zeros(moments.xy.shape[1])
    return fit, estimate_school_influence(moments, fit=fit, error=error)


@pytest.mark.parametrize("effect", [0.4, 0.0])
def test_the_change_is_that_of_solving_without_the_school(effect: float) -> None:
    moments = with_school_means(make_schools(1, effect=effect), column=1)
    fit, found = influence(moments)
    for j in range(moments.n.size):
        left = solved(without(moments, j), theta=fit.theta, error=np.zeros(3))
        assert fit.beta + found.change[j] == pytest.approx(left, abs=SOLVED)
        apart = left - fit.beta
        cook = apart @ np.linalg.solve(fit.beta_cov, apart) / 3
        assert found.cook[j] == pytest.approx(cook, rel=1e-6)
    assert found.change_in_se == pytest.approx(found.change / fit.beta_se)


def test_with_an_error_in_the_prior_it_is_that_of_solving_without_the_school() -> None:
    moments, error = make_schools(2), np.array([0.0, 0.2])
    fit = estimate_with_errors(moments, error=error)
    found = estimate_school_influence(moments, fit=fit, error=error)
    assert found.leverage.sum() == pytest.approx(2, abs=SOLVED)
    for j in range(moments.n.size):
        left = solved(without(moments, j), theta=fit.theta, error=error)
        assert fit.beta + found.change[j] == pytest.approx(left, abs=SOLVED)


def test_it_is_close_to_a_full_fit_without_the_school() -> None:
    moments = make_schools(3, n_schools=30)
    fit, found = influence(moments)
    refits = [estimate_random_intercept(without(moments, j)).beta for j in range(30)]
    in_se = (np.array(refits) - fit.beta) / fit.beta_se
    assert found.change_in_se == pytest.approx(in_se, abs=0.06)
    assert np.abs(in_se).max() > 0.3


def test_the_leverage_is_the_trace_of_the_hat_matrix_by_school() -> None:
    rng = np.random.default_rng(4)
    school = np.repeat([0, 1, 2, 3], [3, 8, 5, 12])
    x = np.column_stack([np.ones(28), rng.normal(size=28)])
    y = x @ [1.0, 0.5] + rng.normal(size=4)[school] + rng.normal(size=28)
    fit, found = influence(moments_from_rows(school, x=x, y=y))
    inverse = np.linalg.inv(np.eye(28) + fit.theta * (school[:, None] == school))
    hat = x @ np.linalg.solve(x.T @ inverse @ x, x.T @ inverse)
    by_school = np.bincount(school, weights=np.diag(hat))
    assert found.leverage == pytest.approx(by_school, abs=SOLVED)


@given(seed=st.integers(0, 2**16), n_schools=st.integers(4, 40))
def test_the_leverage_sums_to_the_coefficients_and_order_changes_nothing(
    seed: int, n_schools: int
) -> None:
    moments = with_school_means(make_schools(seed, n_schools=n_schools), column=1)
    fit, found = influence(moments)
    assert found.leverage.sum() == pytest.approx(3, abs=1e-8)
    assert (found.leverage > 0).all()
    order = np.random.default_rng(seed).permutation(n_schools)
    turned = SchoolMoments(
        moments.n[order], moments.xx[order], moments.xy[order], moments.yy[order]
    )
    again = estimate_school_influence(turned, fit=fit, error=np.zeros(3))
    assert again.leverage == pytest.approx(found.leverage[order], abs=1e-8)
    assert again.cook == pytest.approx(found.cook[order], rel=1e-6, abs=1e-9)


def test_a_school_that_stands_apart_comes_first() -> None:
    rng = np.random.default_rng(5)
    school = np.repeat(np.arange(20), 30)
    prior = rng.normal(size=600) + np.where(school == 7, 2.0, 0.0)
    y = 0.7 * prior + rng.normal(size=600) + 0.2 * rng.normal(size=20)[school]
    y -= np.where(school == 7, 1.5 * (prior - 2), 0.0)
    x = np.column_stack([np.ones(600), prior])
    _, found = influence(moments_from_rows(school, x=x, y=y))
    assert int(np.argmax(found.cook)) == 7
    assert found.change_in_se[7, 1] > 1


def test_a_school_that_alone_tells_a_coefficient_cannot_be_left_out() -> None:
    rng = np.random.default_rng(6)
    school = np.repeat(np.arange(6), 10)
    kind = np.where(school == 2, 1.0, 0.0)
    x = np.column_stack([np.ones(60), rng.normal(size=60), kind])
    _, found = influence(moments_from_rows(school, x=x, y=rng.normal(size=60)))
    assert np.flatnonzero(np.isnan(found.cook)).tolist() == [2]
    assert np.isnan(found.change[2]).all()
    assert found.leverage.sum() == pytest.approx(3, abs=SOLVED)


def test_two_thousand_schools_take_well_under_a_tenth_of_a_second() -> None:
    moments = with_school_means(make_schools(7, n_schools=2000), column=1)
    fit = estimate_random_intercept(moments)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        estimate_school_influence(moments, fit=fit, error=np.zeros(3))
        times.append(time.perf_counter() - start)
    assert min(times) < 0.1
