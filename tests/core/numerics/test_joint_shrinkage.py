"""Joint shrinkage: published variance, likelihood by brute force, mixed-model equations."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from core.errors import NotEstimableError
from core.numerics.joint_shrinkage import JointEffects, shrink_jointly

# The 13 trials of BCG vaccine (Colditz et al. 1994): cases and others, treated and controls.
BCG = np.array(
    [[4, 119, 11, 128], [6, 300, 29, 274], [3, 228, 11, 209], [62, 13536, 248, 12619],
     [33, 5036, 47, 5761], [180, 1361, 372, 1079], [8, 2537, 10, 619],
     [505, 87886, 499, 87892], [29, 7470, 45, 7232], [17, 1699, 65, 1600],
     [186, 50448, 141, 27197], [5, 2493, 3, 2338], [27, 16886, 29, 17825]]
)  # fmt: skip


def _drawn(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    n_units = 24
    group = np.arange(n_units) % 3
    true = rng.multivariate_normal([0, 0], [[0.3, 0.15], [0.15, 0.2]], n_units)
    size = rng.uniform(0.1, 0.6, n_units)
    error = size[:, None, None] * np.array([[1.0, 0.5], [0.5, 1.0]])
    noise = np.stack([rng.multivariate_normal([0, 0], e) for e in error])
    x = group[:, None] + true + noise
    return x, error, group


def _restricted(
    log_root: np.ndarray, x: np.ndarray, error: np.ndarray, group: np.ndarray
) -> float:
    """Return -2 log of the restricted likelihood, straight from its definition."""
    a, b, c = log_root
    root = np.array([[np.exp(a), 0.0], [b, np.exp(c)]])
    total = 0.0
    for g in np.unique(group):
        v = [root @ root.T + e for e in error[group == g]]
        precision = [np.linalg.inv(one) for one in v]
        information = np.sum(precision, axis=0)
        mean = np.linalg.solve(
            information, sum(p @ y for p, y in zip(precision, x[group == g], strict=True))
        )
        rest = x[group == g] - mean
        total += sum(np.linalg.slogdet(one)[1] for one in v) + np.linalg.slogdet(information)[1]
        total += sum(r @ p @ r for r, p in zip(rest, precision, strict=True))
    return float(total)


def test_the_variance_between_the_vaccine_trials_is_the_published_one() -> None:
    treated, control = BCG[:, 0] / BCG[:, :2].sum(1), BCG[:, 2] / BCG[:, 2:].sum(1)
    variance = 1 / BCG[:, 0] - 1 / BCG[:, :2].sum(1) + 1 / BCG[:, 2] - 1 / BCG[:, 2:].sum(1)
    fit = shrink_jointly(
        np.log(treated / control)[:, None],
        error=variance[:, None, None],
        group=np.zeros(13, int),
    )
    # REML of the R package metafor (Viechtbauer 2010): tau2 0.3132, se of the mean 0.1798.
    assert fit.covariance.item() == pytest.approx(0.3132, abs=5e-5)
    assert np.sqrt(fit.of_mean.item()) == pytest.approx(0.1798, abs=5e-5)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("ratio", [0.5, 0.97, 0.9999, 1.0, 1.02, 5.0])
def test_with_equal_errors_the_variance_is_what_the_error_leaves_over(
    seed: int, ratio: float
) -> None:
    x = np.random.default_rng(seed).normal(0, 1, (60, 1))
    spread = x.var(ddof=1)
    fit = shrink_jointly(x, error=np.full((60, 1, 1), ratio * spread), group=np.zeros(60, int))
    over = max(0.0, (1 - ratio) * spread)
    assert fit.covariance.item() == pytest.approx(over, rel=1e-6, abs=1e-8)
    if ratio > 1:
        assert fit.covariance.item() == 0
        assert not fit.effect.any()


def test_the_covariance_maximises_the_restricted_likelihood() -> None:
    x, error, group = _drawn(4)
    best = minimize(
        _restricted, [-1.0, 0.1, -1.0], args=(x, error, group), method="Nelder-Mead",
        options={"xatol": 1e-6, "fatol": 1e-9, "maxiter": 4000},
    )  # fmt: skip
    a, b, c = best.x
    root = np.array([[np.exp(a), 0.0], [b, np.exp(c)]])
    fit = shrink_jointly(x, error=error, group=group)
    assert fit.covariance == pytest.approx(root @ root.T, abs=1e-5)


def _full_equations(
    fit: JointEffects, x: np.ndarray, error: np.ndarray, group: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return effects and their error covariances from the mixed-model equations at T."""
    n_units, k = x.shape
    n_groups = int(group.max()) + 1
    known = ~np.isnan(x)
    size = n_groups * k + n_units * k
    # u_j = root b_j with b_j of variance 1, since T may be singular.
    values, vectors = np.linalg.eigh(fit.covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    left, right = np.zeros((size, size)), np.zeros(size)
    for j in range(n_units):
        here = np.flatnonzero(known[j])
        precision = np.linalg.inv(error[j][np.ix_(here, here)])
        design = np.zeros((here.size, size))
        design[np.arange(here.size), group[j] * k + here] = 1
        design[:, n_groups * k + j * k : n_groups * k + (j + 1) * k] = root[here]
        left += design.T @ precision @ design
        right += design.T @ precision @ x[j, here]
        own = slice(n_groups * k + j * k, n_groups * k + (j + 1) * k)
        left[own, own] += np.eye(k)
    inverse = np.linalg.inv(left)
    effect = (inverse @ right)[n_groups * k :].reshape(n_units, k) @ root.T
    blocks = inverse[n_groups * k :, n_groups * k :].reshape(n_units, k, n_units, k)
    return effect, root @ np.einsum("jkjl->jkl", blocks) @ root.T


def test_effects_and_errors_solve_the_mixed_model_equations_with_holes_too() -> None:
    x, error, group = _drawn(7)
    x[3, 0] = x[10, 1] = np.nan
    fit = shrink_jointly(x, error=error, group=group)
    effect, covariance = _full_equations(fit, x, error, group)
    assert fit.effect == pytest.approx(effect)
    assert fit.posterior == pytest.approx(covariance)


def test_a_measure_that_a_whole_group_lacks_is_told_from_the_other_measure() -> None:
    x, error, group = _drawn(9)
    x[group == 2, 1] = np.nan
    fit = shrink_jointly(x, error=error, group=group)
    assert (fit.gain[group == 2][:, :, 1] == 0).all()
    slope = fit.covariance[1, 0] / fit.covariance[0, 0]
    assert fit.effect[group == 2, 1] == pytest.approx(slope * fit.effect[group == 2, 0])


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10**6), st.floats(0.01, 100), st.floats(-5, 5))
def test_unit_and_order_do_not_matter(seed: int, scale: float, shift: float) -> None:
    x, error, group = _drawn(seed)
    plain = shrink_jointly(x, error=error, group=group)
    unit = np.array([scale, 1.0])
    order = np.random.default_rng(seed).permutation(group.size)
    other = shrink_jointly(
        (shift + x * unit)[order],
        error=(error * np.outer(unit, unit))[order],
        group=group[order],
    )
    assert other.effect == pytest.approx((plain.effect * unit)[order], abs=1e-6 * scale + 1e-9)
    assert other.covariance == pytest.approx(plain.covariance * np.outer(unit, unit), rel=1e-6)


def test_a_measure_in_which_units_do_not_differ_is_refused_with_its_number() -> None:
    x = np.array([[0.0, 1.0], [1.0, 1.0], [2.0, 1.0]])
    with pytest.raises(NotEstimableError, match=r"measures without: 1 of 2, units 3"):
        shrink_jointly(x, error=np.stack([np.eye(2)] * 3), group=np.zeros(3, int))
