"""Random-intercept model whose prior scores carry measurement error of known variance.

    y_ij = x*_ij' beta + u_j + e_ij,    x_ij = x*_ij + m_ij,    m_ij ~ N(0, E),
    u_j ~ N(0, sigma_u2),    r_ij = y_ij - x_ij' beta - u_j = e_ij - m_ij' beta ~ N(0, sigma_r2)

x* is the true prior and x the observed one; E is 0 for the intercept and for columns without
error. With theta = sigma_u2 / sigma_r2, w_j = theta / (1 + n_j theta), s_j = sum x_ij and
t_j = sum y_ij,

    A(theta) = sum xx_j - w_j s_j s_j' - n_j (1 - w_j) E      b(theta) = sum xy_j - w_j s_j t_j

because E(xx_j) = sum x* x*' + n_j E, and E(s_j s_j') = s*_j s*_j' + n_j E: the error counts in
the products of sums too, there once and not n_j times. beta = A^-1 b, and RSS of the observed
residuals y - x' beta. theta is the root of the derivative of the REML criterion

    sum log(1 + n_j theta) + log|A| + (N - p) (1 + log(2 pi RSS / (N - p)))

with beta held at its value. With A_obs = A + d E, d = sum n_j (1 - w_j):

    Var(beta) = A^-1 (sigma_r2 A_obs + d E beta beta' E) A^-1

A school whose pupils had luck in the prior test shows a higher mean prior than it has. With W
the covariance of x inside schools, B that of the schools' own levels and x_j the observed mean,
the mean error to be expected, and the effect, are

    m_j = (E / n_j) (B + W / n_j)^-1 (x_j - x..)      u_j = w_j (t_j - (s_j - n_j m_j)' beta)

Without it u_j would fall as x_j rises. For E = 0 all of this is the model of ``mixed_model``.

References
----------
Fuller (1987). Measurement Error Models, section 2.2 (known error variance, its covariance).
Woodhouse, Yang, Goldstein & Rasbash (1996). Adjusting for measurement error in multilevel
analysis. Journal of the Royal Statistical Society A 159, 201-212.
"""

from dataclasses import dataclass

import numpy as np
import scipy.linalg
from numpy.typing import NDArray
from scipy.optimize import brentq

from core.errors import NotEstimableError
from core.numerics.mixed_model import LOG_THETA, RandomInterceptFit
from core.numerics.moments import SchoolMoments
from core.numerics.standard_design import (
    COLLINEAR,
    StandardDesign,
    no_spread,
    standardise_design,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Solution:
    """All that follows from one theta; ``factor`` is the Cholesky factor of A."""

    theta: float
    weight: Floats
    n_error: float
    factor: Floats
    beta: Floats
    residual: Floats
    rss: float


def estimate_with_errors(moments: SchoolMoments, *, error: Floats) -> RandomInterceptFit:
    """Estimate school effects by REML, with the priors' measurement error taken out.

    Parameters
    ----------
    moments : SchoolMoments
        Every school with at least one pupil; the first design column is the intercept.
    error : ndarray, shape (p,)
        Error variance of each column in its own squared unit, at least 0; 0 for the intercept.

    Returns
    -------
    RandomInterceptFit
        ``sigma_e2`` is sigma_r2 and so holds the prior's error times beta squared;
        ``neg2_log_reml`` serves to find theta and compares with no other model.

    Raises
    ------
    NotEstimableError
        When the errors are as large as what the priors vary by, and wherever
        ``estimate_random_intercept`` refuses.

    Examples
    --------
    >>> from core.numerics.moments import moments_from_rows
    >>> rng = np.random.default_rng(1)
    >>> true = rng.normal(size=4000)
    >>> x = np.column_stack([np.ones(4000), true + 0.5 * rng.normal(size=4000)])
    >>> school, y = np.repeat(np.arange(40), 100), true + rng.normal(size=4000)
    >>> moments = moments_from_rows(school, x=x, y=y)
    >>> [estimate_with_errors(moments, error=np.array([0, e])).beta[1].round(1).item()
    ...  for e in (0.0, 0.25)]
    [0.8, 1.0]
    """
    design = standardise_design(moments)
    # Variances per unit of each column's own, as the moments are solved in standard units.
    share = np.append(error[0], error[1:] / design.scale[:-1] ** 2)
    return _fit(design, error=share, solution=_root(design, share))


def _root(design: StandardDesign, error: Floats) -> _Solution:
    """Return the solution with the least criterion among the roots of its derivative."""
    # RSS is least where theta is large: spread that is left there is left everywhere.
    if _solve(design, error, theta=np.exp(LOG_THETA[-1])).rss <= COLLINEAR * design.n_pupils:
        raise no_spread(design)
    slopes = [_slope_at(float(log_theta), design, error) for log_theta in LOG_THETA]
    solutions = [_solve(design, error, theta=0.0)] if slopes[0] >= 0 else []
    for k in range(LOG_THETA.size - 1):
        if slopes[k] < 0 <= slopes[k + 1]:
            ends = LOG_THETA[k], LOG_THETA[k + 1]
            root = brentq(_slope_at, *ends, args=(design, error), xtol=1e-13, rtol=1e-14)
            solutions.append(_solve(design, error, theta=float(np.exp(root))))
    if not solutions:
        raise no_spread(design)
    return min(solutions, key=lambda solution: _criterion(design, solution))


def _solve(design: StandardDesign, error: Floats, *, theta: float) -> _Solution:
    n, sums, outcome = design.moments.n, design.moments.xx[:, 0, :], design.moments.xy[:, 0]
    weight = theta / (1 + n * theta)
    weighted = sums * weight[:, None]
    n_error = float(n @ (1 - weight))
    a = design.xx - weighted.T @ sums - np.diag(n_error * error)
    factor = _factor(a, n_error=n_error, error=error)
    beta = scipy.linalg.cho_solve((factor, True), design.xy - weighted.T @ outcome)
    residual = outcome - sums @ beta
    in_all = design.yy - 2 * (design.xy @ beta) + beta @ design.xx @ beta
    rss = float(in_all - weight @ residual**2)
    return _Solution(theta, weight, n_error, factor, beta, residual, rss)


def _factor(a: Floats, *, n_error: float, error: Floats) -> Floats:
    least = float(np.linalg.eigvalsh(a)[0]) / n_error
    if least > 0:
        return np.asarray(np.linalg.cholesky(a), dtype=np.float64)
    shares = [f"{share:.3f}" for share in error[1:]]
    raise NotEstimableError(
        f"The prior scores vary no more than their errors do: error variance "
        f"{', '.join(shares)} of each column's variance leaves a least eigenvalue of "
        f"{least:.3f}, which must be above 0. Give a higher reliability, or use fewer priors.",
        f"前测成绩的差异不大于其测量误差：误差方差占各列方差的 {'、'.join(shares)}，"
        f"扣除后最小特征值为 {least:.3f}，须大于 0。请提高信度或减少前测成绩。",
    )


def _slope_at(log_theta: float, design: StandardDesign, error: Floats) -> float:
    """Return the derivative of the criterion by theta, beta held at its value."""
    solution = _solve(design, error, theta=float(np.exp(log_theta)))
    n, sums = design.moments.n, design.moments.xx[:, 0, :]
    damping = 1 / (1 + n * solution.theta)
    growth = damping**2  # derivative of w_j
    fall = (sums * growth[:, None]).T @ sums - np.diag((growth @ n) * error)
    leverage = np.trace(scipy.linalg.cho_solve((solution.factor, True), fall))
    of_rss = design.freedom * (growth @ solution.residual**2) / solution.rss
    return float(n @ damping - leverage - of_rss)


def _criterion(design: StandardDesign, solution: _Solution) -> float:
    log_v = np.log1p(design.moments.n * solution.theta).sum()
    log_a = 2 * np.log(np.diag(solution.factor)).sum()
    log_rss = np.log(2 * np.pi * solution.rss / design.freedom)
    return float(log_v + log_a + design.freedom * (1 + log_rss))


def _fit(design: StandardDesign, *, error: Floats, solution: _Solution) -> RandomInterceptFit:
    """Bring the solution back from standard units to those of the moments."""
    n, sums = design.moments.n, design.moments.xx[:, 0, :]
    sigma_r2, sd = solution.rss / design.freedom, design.sd
    cov = _beta_cov(error, solution=solution, sigma_r2=sigma_r2)
    luck = expected_error_of_sums(design, error)
    weighted = (sums - luck) * solution.weight[:, None]
    of_beta = np.sum((weighted @ cov) * weighted, axis=1)
    in_units = sd**2 * (design.back @ cov @ design.back.T)
    return RandomInterceptFit(
        beta=design.to_units(solution.beta),
        beta_se=np.sqrt(np.diag(in_units)),
        beta_cov=in_units,
        theta=solution.theta,
        sigma_u2=solution.theta * sigma_r2 * sd**2,
        sigma_e2=sigma_r2 * sd**2,
        neg2_log_reml=_criterion(design, solution) + design.log_units,
        effect=sd * solution.weight * (solution.residual + luck @ solution.beta),
        se_conditional=sd * np.sqrt(sigma_r2 * solution.weight),
        se_prediction=sd * np.sqrt(sigma_r2 * solution.weight + of_beta),
        reliability=n * solution.weight,
        n_pupils=design.n_pupils,
        n_schools=n.size,
    )


def _beta_cov(error: Floats, *, solution: _Solution, sigma_r2: float) -> Floats:
    inverse = scipy.linalg.cho_solve((solution.factor, True), np.eye(error.size))
    of_error = error * solution.beta
    # sigma_r2 A^-1 A_obs A^-1 = sigma_r2 (A^-1 + d A^-1 E A^-1)
    middle = solution.n_error * (sigma_r2 * np.diag(error) + np.outer(of_error, of_error))
    cov: Floats = sigma_r2 * inverse + inverse @ middle @ inverse
    return cov


def expected_error_of_sums(design: StandardDesign, error: Floats) -> Floats:
    """Return n_j m_j, shape (n_schools, p): what luck is expected to have added to s_j.

    Parameters
    ----------
    design : StandardDesign
    error : ndarray, shape (p,)
        Error variance of each column as a share of its variance; 0 for the intercept.

    Examples
    --------
    >>> from core.numerics.moments import moments_from_rows
    >>> x = np.column_stack([np.ones(6), [0.0, 1.0, 4.0, 5.0, 8.0, 9.0]])
    >>> moments = moments_from_rows(np.repeat([0, 1, 2], 2), x=x, y=np.arange(6.0) % 4)
    >>> luck = expected_error_of_sums(standardise_design(moments), np.array([0.0, 0.02]))
    >>> (luck[:, 1].round(3) + 0.0).tolist()
    [-0.017, 0.0, 0.017]
    """
    n, freedom = design.moments.n, design.moments.n.size - 1
    sums = design.moments.xx[:, 0, 1:]  # about the mean: x.. is 0
    mean = sums / n[:, None]
    about_zero = mean.T @ sums
    within = (design.xx[1:, 1:] - about_zero) / (n.sum() - n.size)
    typical_n = (n.sum() - n @ n / n.sum()) / freedom
    value, axis = np.linalg.eigh((about_zero / freedom - within) / typical_n)
    between = (axis * np.maximum(value, 0)) @ axis.T
    spread = between + within / n[:, None, None]
    luck = np.linalg.solve(spread, mean[:, :, None])[:, :, 0] * error[1:]
    return np.column_stack([np.zeros(n.size), luck])
