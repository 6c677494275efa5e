"""The mixed model: brute force, closed forms, boundary, refusals, invariances, coverage.

The comparison with lme4 is in tests/reference.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from core.errors import NotEstimableError
from core.numerics.mixed_model import RandomInterceptFit, estimate_random_intercept
from core.numerics.moments import merge_moments, moments_from_rows, with_school_means

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

# R 4.2.2, lme4 1.1.31: lmer(Yield ~ 1 + (1 | Batch), Dyestuff); batches are equally large.
DYESTUFF = np.array(
    [
        [1545, 1440, 1440, 1520, 1580],
        [1540, 1555, 1490, 1560, 1495],
        [1595, 1550, 1605, 1510, 1560],
        [1445, 1440, 1595, 1465, 1545],
        [1595, 1630, 1515, 1635, 1625],
        [1520, 1455, 1450, 1480, 1445],
    ],
    dtype=float,
)


def county(seed: int, *, between: float = 0.5) -> tuple[Indices, Floats, Floats]:
    """Return school, design of one prior, and outcome of 12 schools with 3 to 25 pupils."""
    rng = np.random.default_rng(seed)
    school = np.repeat(np.arange(12), rng.integers(3, 26, size=12))
    prior = rng.normal(size=school.size) + 0.4 * rng.normal(size=12)[school]
    effect = between * rng.normal(size=12)[school]
    y = 0.2 + 0.6 * prior + effect + rng.normal(size=school.size)
    return school, np.column_stack([np.ones(school.size), prior]), y


def fit_rows(school: Indices, x: Floats, y: Floats) -> RandomInterceptFit:
    return estimate_random_intercept(moments_from_rows(school, x=x, y=y))


class FullModel:
    """The same model with its full matrices: slow and plain."""

    def __init__(self, school: Indices, x: Floats, y: Floats) -> None:
        self.x, self.y = x, y
        self.z = (school[:, None] == np.arange(school.max() + 1)).astype(float)

    def criterion(self, theta: float) -> float:
        v = np.eye(self.y.size) + theta * self.z @ self.z.T
        inverse = np.linalg.inv(v)
        a = self.x.T @ inverse @ self.x
        residual = self.y - self.x @ np.linalg.solve(a, self.x.T @ inverse @ self.y)
        freedom = self.y.size - self.x.shape[1]
        rss = residual @ inverse @ residual
        logs = np.linalg.slogdet(v)[1] + np.linalg.slogdet(a)[1]
        return float(logs + freedom * (1 + np.log(2 * np.pi * rss / freedom)))

    def equations(self, theta: float) -> tuple[Floats, Floats]:
        """Return (beta, u) and the inverse of Henderson's mixed model equations."""
        w = np.hstack([self.x, self.z])
        ridge = np.diag(np.repeat([0.0, 1 / theta], [self.x.shape[1], self.z.shape[1]]))
        inverse = np.linalg.inv(w.T @ w + ridge)
        return inverse @ w.T @ self.y, inverse


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_fit_equals_the_full_mixed_model_equations(seed: int) -> None:
    school, x, y = county(seed)
    fit, full = fit_rows(school, x, y), FullModel(school, x, y)
    solution, inverse = full.equations(fit.theta)
    assert fit.beta == pytest.approx(solution[:2], rel=1e-9)
    assert fit.effect == pytest.approx(solution[2:], rel=1e-8)
    assert fit.beta_cov == pytest.approx(fit.sigma_e2 * inverse[:2, :2], rel=1e-8)
    prediction = np.sqrt(fit.sigma_e2 * np.diag(inverse)[2:])
    assert fit.se_prediction == pytest.approx(prediction, rel=1e-9)
    conditional = np.sqrt(fit.sigma_e2 / (np.bincount(school) + 1 / fit.theta))
    assert fit.se_conditional == pytest.approx(conditional, rel=1e-9)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_criterion_is_least_where_the_full_model_has_it_least(seed: int) -> None:
    school, x, y = county(seed)
    fit, full = fit_rows(school, x, y), FullModel(school, x, y)
    assert fit.neg2_log_reml == pytest.approx(full.criterion(fit.theta), rel=1e-12)
    search = minimize_scalar(full.criterion, bounds=(0, 10), options={"xatol": 1e-8})
    assert fit.theta == pytest.approx(search.x, abs=1e-5)
    assert fit.neg2_log_reml <= search.fun + 1e-9


def test_contextual_design_equals_the_full_model_with_the_mean_as_a_column() -> None:
    school, x, y = county(5)
    mean = np.bincount(school, weights=x[:, 1]) / np.bincount(school)
    moments = with_school_means(moments_from_rows(school, x=x, y=y), column=1)
    fit = estimate_random_intercept(moments)
    full = FullModel(school, np.column_stack([x, mean[school]]), y)
    assert fit.beta == pytest.approx(full.equations(fit.theta)[0][:3], rel=1e-8)
    assert fit.neg2_log_reml == pytest.approx(full.criterion(fit.theta), rel=1e-12)


def test_dyestuff_matches_lme4() -> None:
    fit = fit_rows(np.repeat(np.arange(6), 5), np.ones((30, 1)), DYESTUFF.ravel())
    assert fit.sigma_u2 == pytest.approx(1764.05, rel=1e-9)  # (MSB - MSW) / 5, exactly
    assert fit.sigma_e2 == pytest.approx(2451.25, rel=1e-9)
    assert fit.neg2_log_reml == pytest.approx(319.6542768, abs=1e-6)  # published REML criterion


def test_schools_that_differ_by_less_than_chance_have_no_effects() -> None:
    school = np.repeat(np.arange(4), 3)
    fit = fit_rows(school, np.ones((12, 1)), np.tile([1.0, 2.0, 3.0], 4))
    assert fit.theta == fit.sigma_u2 == 0
    assert np.all(fit.effect == 0)
    assert np.all(fit.se_conditional == 0)
    assert np.all(fit.reliability == 0)
    assert fit.sigma_e2 == pytest.approx(8 / 11)


def test_effects_approach_raw_means_as_schools_grow() -> None:
    school = np.repeat(np.arange(3), 100_000)
    y = np.tile([-1.0, 1.0], 150_000) + np.array([-0.5, 0.0, 0.5])[school]
    fit = fit_rows(school, np.ones((y.size, 1)), y)
    assert fit.effect == pytest.approx([-0.5, 0.0, 0.5], abs=1e-4)
    assert np.all(fit.reliability > 0.9999)


def test_the_standard_error_of_prediction_is_the_larger_one() -> None:
    fit = fit_rows(*county(7))
    assert np.all(fit.se_prediction > fit.se_conditional)


def test_one_school_is_refused_with_the_numbers_and_advice() -> None:
    x, y = np.ones((5, 1)), np.arange(5.0)
    with pytest.raises(NotEstimableError, match=r"schools 1, pupils 5\)\. Widen") as refusal:
        fit_rows(np.zeros(5, dtype=np.int64), x, y)
    assert "现有学校 1 所、学生 5 名" in refusal.value.message_zh


def test_one_pupil_a_school_is_refused() -> None:
    with pytest.raises(NotEstimableError, match=r"schools 4, pupils 4"):
        fit_rows(np.arange(4), np.ones((4, 1)), np.arange(4.0))


def test_as_many_school_level_columns_as_schools_are_refused() -> None:
    school = np.repeat([0, 1], 10)
    prior = np.random.default_rng(1).normal(size=20)
    x = np.column_stack([np.ones(20), prior])
    moments = moments_from_rows(school, x=x, y=prior + np.tile([0.0, 1.0, 3.0, 0.5], 5))
    with pytest.raises(NotEstimableError, match=r"more than 2 schools .* schools 2, pupils 20"):
        estimate_random_intercept(with_school_means(moments, column=1))


def test_equal_outcomes_are_refused() -> None:
    school, x, _ = county(1)
    n = school.size
    with pytest.raises(NotEstimableError, match=f"All {n} pupils have the same outcome"):
        fit_rows(school, x, np.full(n, 61.5))


def test_a_prior_equal_to_the_outcome_is_refused() -> None:
    school, x, _ = county(1)
    with pytest.raises(NotEstimableError, match="do not differ inside their schools"):
        fit_rows(school, x, 20 + 3 * x[:, 1])


def test_outcomes_that_differ_between_schools_only_are_refused() -> None:
    school = np.repeat(np.arange(5), 4)
    with pytest.raises(NotEstimableError, match="The 20 pupils do not differ inside"):
        fit_rows(school, np.ones((20, 1)), np.array([1.0, 2.0, 4.0, 8.0, 9.0])[school])


@pytest.mark.parametrize("slope", [-2.0, 0.0], ids=["follows from the prior", "constant"])
def test_a_column_without_news_is_named(slope: float) -> None:
    school, x, y = county(2)
    with pytest.raises(NotEstimableError, match="Column 2 of the model"):
        fit_rows(school, np.column_stack([x, 5 + slope * x[:, 1]]), y)


@settings(max_examples=30)
@given(seed=st.integers(0, 500))
def test_the_order_of_pupils_changes_nothing(seed: int) -> None:
    school, x, y = county(seed)
    order = np.random.default_rng(seed).permutation(school.size)
    one, other = fit_rows(school, x, y), fit_rows(school[order], x[order], y[order])
    assert other.effect == pytest.approx(one.effect, rel=1e-6, abs=1e-9)
    assert other.neg2_log_reml == pytest.approx(one.neg2_log_reml, rel=1e-12)


@settings(max_examples=30)
@given(seed=st.integers(0, 500))
def test_splitting_a_school_and_adding_it_up_changes_nothing(seed: int) -> None:
    school, x, y = county(seed)
    half = 2 * school + np.arange(school.size) % 2
    joined = merge_moments(moments_from_rows(half, x=x, y=y), group=np.arange(24) // 2)
    one, other = fit_rows(school, x, y), estimate_random_intercept(joined)
    assert other.effect == pytest.approx(one.effect, rel=1e-6, abs=1e-9)
    assert other.se_prediction == pytest.approx(one.se_prediction, rel=1e-6, abs=1e-9)


@settings(max_examples=30)
@given(
    seed=st.integers(0, 500),
    shift=st.floats(-1000, 1000),
    scale=st.floats(0.01, 100),
    prior_scale=st.floats(0.01, 100),
)
def test_effects_follow_a_change_of_unit(
    seed: int, shift: float, scale: float, prior_scale: float
) -> None:
    school, x, y = county(seed)
    changed = np.column_stack([x[:, 0], 500 + prior_scale * x[:, 1]])
    one, other = fit_rows(school, x, y), fit_rows(school, changed, shift + scale * y)
    assert other.effect == pytest.approx(scale * one.effect, rel=1e-4, abs=1e-6 * scale)
    assert other.beta[1] == pytest.approx(one.beta[1] * scale / prior_scale, rel=1e-5)
    assert other.reliability == pytest.approx(one.reliability, rel=1e-4, abs=1e-6)


@given(seed=st.integers(0, 10_000), between=st.floats(0, 2))
def test_effects_are_shrunk_and_finite(seed: int, between: float) -> None:
    fit = fit_rows(*county(seed, between=between))
    assert np.all((fit.reliability >= 0) & (fit.reliability < 1))
    assert np.all(np.isfinite(fit.effect))
    assert np.all(fit.se_conditional**2 <= fit.sigma_u2 + 1e-12)


@pytest.mark.slow
def test_intervals_cover_the_true_effect_nineteen_times_in_twenty() -> None:
    rng = np.random.default_rng(20260901)
    covered = []
    for _ in range(300):
        school = np.repeat(np.arange(60), rng.integers(20, 120, size=60))
        effect = 0.3 * rng.normal(size=60)
        prior = rng.normal(size=school.size)
        y = 0.7 * prior + effect[school] + 0.7 * rng.normal(size=school.size)
        fit = fit_rows(school, np.column_stack([np.ones(school.size), prior]), y)
        covered.append(np.abs(fit.effect - effect) <= 1.959964 * fit.se_prediction)
    assert 0.94 <= np.mean(covered) <= 0.96
