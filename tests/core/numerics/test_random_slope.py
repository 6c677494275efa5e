"""Random slopes: brute force, special cases, the edges of D, refusals, invariances, coverage.

The comparison with lme4 is in tests/reference.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from core.errors import NotEstimableError, SettingsError
from core.numerics.mixed_model import estimate_random_intercept
from core.numerics.moments import merge_moments, moments_from_rows
from core.numerics.random_slope import (
    RandomSlopeFit,
    estimate_random_slope,
    slope_effect_at,
)
from tests.core.numerics.dense_model import DenseModel, Floats, Indices, indicator

ONE = np.array([[0.25, 0.05], [0.05, 0.09]])  # covariance of intercept and slope


def county(
    seed: int, *, cov: Floats = ONE, n_schools: int = 12
) -> tuple[Indices, Floats, Floats]:
    """Return school, design of one prior, and outcome with lines of the schools' own."""
    rng = np.random.default_rng(seed)
    school = np.repeat(np.arange(n_schools), rng.integers(4, 26, size=n_schools))
    prior = rng.normal(size=school.size) + 0.4 * rng.normal(size=n_schools)[school]
    values, vectors = np.linalg.eigh(cov)
    own = rng.normal(size=(n_schools, 2)) @ (vectors * np.sqrt(np.maximum(values, 0))).T
    y = 0.2 + 0.6 * prior + own[school, 0] + own[school, 1] * prior
    return school, np.column_stack([np.ones(prior.size), prior]), y + rng.normal(size=y.size)


def fit_rows(
    school: Indices, x: Floats, y: Floats, *, columns: tuple[int, ...] = (1,)
) -> RandomSlopeFit:
    return estimate_random_slope(moments_from_rows(school, x=x, y=y), columns=columns)


def dense(
    school: Indices, x: Floats, y: Floats, *, t: Floats, columns: tuple[int, ...] = (1,)
) -> DenseModel:
    """Build the full model; effects are ordered by school, the intercept first."""
    own = x[:, [0, *columns]]
    z = (indicator(school)[:, :, None] * own[:, None, :]).reshape(y.size, -1)
    relative = np.asarray(np.kron(np.eye(school.max() + 1), t), dtype=np.float64)
    return DenseModel(x=x, y=y, z=z, relative=relative)


def blocks(full: Floats, k: int) -> Floats:
    """Return the k x k blocks on the diagonal, one per school."""
    n = full.shape[0] // k
    return full.reshape(n, k, n, k)[np.arange(n), :, np.arange(n), :]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_fit_equals_the_full_model_at_its_covariance(seed: int) -> None:
    rows = county(seed)
    fit = fit_rows(*rows)
    full = dense(*rows, t=fit.school_cov / fit.sigma_e2)
    assert fit.beta == pytest.approx(full.beta, rel=1e-9)
    assert fit.sigma_e2 == pytest.approx(full.sigma_e2, rel=1e-9)
    assert fit.neg2_log_reml == pytest.approx(full.criterion, rel=1e-12)
    assert fit.effect.ravel() == pytest.approx(full.effects, rel=1e-7, abs=1e-9)
    assert fit.cov_conditional == pytest.approx(blocks(full.conditional, 2), abs=1e-9)
    assert fit.cov_prediction == pytest.approx(blocks(full.prediction, 2), abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_criterion_is_least_where_the_full_model_has_it_least(seed: int) -> None:
    rows = county(seed)
    fit = fit_rows(*rows)

    def criterion(entries: Floats) -> float:
        triangle = np.array([[entries[0], 0], [entries[1], entries[2]]])
        return dense(*rows, t=triangle @ triangle.T).criterion

    search = minimize(criterion, np.array([0.5, 0.0, 0.3]), method="Nelder-Mead")
    assert fit.neg2_log_reml <= search.fun + 1e-8
    assert fit.neg2_log_reml == pytest.approx(search.fun, abs=1e-4)


def test_two_slopes_equal_the_full_model() -> None:
    school, x, y = county(4, n_schools=20)
    other = np.random.default_rng(4).normal(size=y.size)
    slopes = np.linspace(-1, 1, 20)[school]
    rows = school, np.column_stack([x, other]), y + slopes * other
    fit = fit_rows(*rows, columns=(1, 2))
    full = dense(*rows, t=fit.school_cov / fit.sigma_e2, columns=(1, 2))
    assert fit.neg2_log_reml == pytest.approx(full.criterion, rel=1e-12)
    assert fit.effect.ravel() == pytest.approx(full.effects, rel=1e-6, abs=1e-8)
    assert fit.cov_prediction == pytest.approx(blocks(full.prediction, 3), abs=1e-8)
    assert fit.school_cov[2, 2] == pytest.approx(0.37, abs=0.2)  # that of the 20 slopes


def test_slopes_that_do_not_differ_leave_the_random_intercept_model() -> None:
    school = np.repeat(np.arange(6), 8)
    prior = np.tile([-2.0, -1.0, -1.0, 0.0, 0.0, 1.0, 1.0, 2.0], 6)
    noise = np.tile([1.0, -2.0, 1.0, 1.0, -1.0, -1.0, 2.0, -1.0], 6)
    y = prior + noise + np.array([-2.0, -1.0, 0.0, 0.0, 1.0, 2.0])[school]
    x = np.column_stack([np.ones(48), prior])
    fit = fit_rows(school, x, y)
    common = estimate_random_intercept(moments_from_rows(school, x=x, y=y))
    assert fit.boundary == "equal_slopes"
    assert fit.school_cov[1].tolist() == [0.0, 0.0]
    assert fit.school_cov[0, 0] == pytest.approx(common.sigma_u2, rel=1e-9)
    assert fit.neg2_log_reml == pytest.approx(common.neg2_log_reml, rel=1e-12)
    assert fit.effect[:, 0] == pytest.approx(common.effect, rel=1e-8, abs=1e-12)
    at_five = slope_effect_at(fit, at=[5.0])
    assert at_five.se_prediction == pytest.approx(common.se_prediction, rel=1e-8)
    assert at_five.se_conditional == pytest.approx(common.se_conditional, rel=1e-8)


def test_no_difference_at_all_is_reported_with_effects_of_zero() -> None:
    school = np.repeat(np.arange(4), 6)
    prior = np.tile([0.0, 1.0, 2.0, 3.0, 4.0, 5.0], 4)
    y = 2 * prior + np.tile([1.0, -1.0, 0.5, -0.5, 1.0, -1.0], 4)
    fit = fit_rows(school, np.column_stack([np.ones(24), prior]), y)
    assert fit.boundary == "no_difference"
    assert not fit.school_cov.any()
    assert not fit.effect.any()
    assert not slope_effect_at(fit, at=[3.0]).se_prediction.any()


@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_lines_through_one_point_are_perfectly_correlated(sign: float) -> None:
    cov = np.array([[1.0, sign * 0.5], [sign * 0.5, 0.25]])
    rows = county(0, cov=cov)
    fit = fit_rows(*rows)
    (a, c), (_, b) = fit.school_cov
    assert fit.boundary == "perfect_correlation"
    assert c / np.sqrt(a * b) == pytest.approx(sign, abs=1e-9)
    nearly = dense(*rows, t=fit.school_cov / fit.sigma_e2 + 1e-6 * np.eye(2))
    assert nearly.criterion > fit.neg2_log_reml
    crossing = slope_effect_at(fit, at=[-a / c])
    assert crossing.effect == pytest.approx(np.zeros(12), abs=1e-6)


def test_the_error_at_a_prior_combines_intercept_and_slope() -> None:
    fit = fit_rows(*county(5))
    at = slope_effect_at(fit, at=[-1.5])
    expected = fit.cov_prediction[:, 0, 0] - 3 * fit.cov_prediction[:, 0, 1]
    expected = expected + 2.25 * fit.cov_prediction[:, 1, 1]
    assert at.se_prediction == pytest.approx(np.sqrt(expected))
    assert at.effect == pytest.approx(fit.effect[:, 0] - 1.5 * fit.effect[:, 1])
    assert np.all(at.se_prediction >= at.se_conditional)


def test_schools_without_a_pupil_to_spare_are_refused_with_the_numbers() -> None:
    school = np.repeat(np.arange(5), [2, 2, 2, 2, 3])
    x = np.column_stack([np.ones(11), np.arange(11.0) ** 2])
    refused = r"more than 2 schools.*\(found: schools 5, pupils 11, of them beyond 1\)"
    with pytest.raises(NotEstimableError, match=refused) as refusal:
        fit_rows(school, x, np.sin(np.arange(11.0)))
    assert "现有学校 5 所、学生 11 名" in refusal.value.message_zh


def test_two_schools_are_refused() -> None:
    school, x, y = county(1)
    few = school < 2
    with pytest.raises(NotEstimableError, match=r"slopes need more than 2 .* schools 2"):
        fit_rows(school[few], x[few], y[few])


@pytest.mark.parametrize("columns", [(0,), (2,), (1, 1), (-1,)])
def test_a_column_that_is_not_there_or_named_twice_is_refused(columns: tuple[int]) -> None:
    with pytest.raises(SettingsError, match=r"Name columns from 1 to 1, each once"):
        fit_rows(*county(1), columns=columns)


def test_lines_that_fit_to_the_last_point_are_refused() -> None:
    school, x, _ = county(2)
    own = np.arange(12.0)[school]
    with pytest.raises(NotEstimableError, match="do not differ inside their schools"):
        fit_rows(school, x, own + own * x[:, 1])


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 500))
def test_order_of_pupils_and_splitting_of_schools_change_nothing(seed: int) -> None:
    school, x, y = county(seed)
    order = np.random.default_rng(seed).permutation(school.size)
    half = moments_from_rows(2 * school[order] + order % 2, x=x[order], y=y[order])
    one = fit_rows(school, x, y)
    other = estimate_random_slope(merge_moments(half, group=np.arange(half.n.size) // 2))
    assert other.neg2_log_reml == pytest.approx(one.neg2_log_reml, rel=1e-11)
    assert other.effect == pytest.approx(one.effect, rel=1e-4, abs=1e-5)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 500),
    shift=st.floats(-1000, 1000),
    scale=st.floats(0.01, 100),
    prior_scale=st.floats(0.01, 100),
)
def test_effects_at_a_prior_follow_a_change_of_unit(
    seed: int, shift: float, scale: float, prior_scale: float
) -> None:
    school, x, y = county(seed)
    one = fit_rows(school, x, y)
    changed = np.column_stack([x[:, 0], 500 + prior_scale * x[:, 1]])
    other = fit_rows(school, changed, shift + scale * y)
    here, there = (
        slope_effect_at(one, at=[0.7]),
        slope_effect_at(other, at=[500 + prior_scale * 0.7]),
    )
    assert there.effect == pytest.approx(scale * here.effect, rel=1e-3, abs=1e-4 * scale)
    error = scale * here.se_prediction
    assert there.se_prediction == pytest.approx(error, rel=1e-3, abs=1e-4 * scale)
    assert other.beta[1] == pytest.approx(one.beta[1] * scale / prior_scale, rel=1e-4)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    intercept=st.floats(0, 1),
    slope=st.floats(0, 1),
    correlation=st.floats(-1, 1),
)
def test_no_fit_is_worse_than_a_common_slope_and_d_is_a_covariance(
    seed: int, intercept: float, slope: float, correlation: float
) -> None:
    c = correlation * intercept * slope
    school, x, y = county(seed, cov=np.array([[intercept**2, c], [c, slope**2]]))
    fit = fit_rows(school, x, y)
    common = estimate_random_intercept(moments_from_rows(school, x=x, y=y))
    assert fit.neg2_log_reml <= common.neg2_log_reml + 1e-7
    assert np.linalg.eigvalsh(fit.school_cov)[0] >= -1e-12
    assert np.isfinite(fit.effect).all()
    excess = np.linalg.eigvalsh(fit.cov_prediction - fit.cov_conditional)
    assert excess.min() >= -1e-9


@pytest.mark.slow
def test_intervals_at_a_low_and_a_high_prior_cover_nineteen_times_in_twenty() -> None:
    rng = np.random.default_rng(20260902)
    covered = []
    factor = np.linalg.cholesky(np.array([[0.09, 0.015], [0.015, 0.02]]))
    for _ in range(150):
        school = np.repeat(np.arange(60), rng.integers(20, 120, size=60))
        own = rng.normal(size=(60, 2)) @ factor.T
        prior = rng.normal(size=school.size)
        y = 0.7 * prior + own[school, 0] + own[school, 1] * prior
        x = np.column_stack([np.ones(school.size), prior])
        fit = fit_rows(school, x, y + 0.7 * rng.normal(size=y.size))
        for prior_at in (-1.5, 1.5):
            at = slope_effect_at(fit, at=[prior_at])
            error = at.effect - own @ np.array([1.0, prior_at])
            covered.append(np.abs(error) <= 1.959964 * at.se_prediction)
    assert 0.93 <= np.mean(covered) <= 0.96
