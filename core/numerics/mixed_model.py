"""Random-intercept model by REML, exactly, from the cross-moments of the schools.

    y_ij = x_ij' beta + u_j + e_ij,    u_j ~ N(0, sigma_u2),    e_ij ~ N(0, sigma_e2)

With theta = sigma_u2 / sigma_e2, w_j = theta / (1 + n_j theta), s_j = sum x_ij, t_j = sum y_ij:

    A(theta) = sum xx_j - w_j s_j s_j'      b(theta) = sum xy_j - w_j s_j t_j
    beta = A^-1 b      RSS = sum (yy_j - w_j t_j^2) - b' beta      sigma_e2 = RSS / (N - p)

    -2 log REML = sum log(1 + n_j theta) + log|A| + (N - p) (1 + log(2 pi RSS / (N - p)))

which is a function of theta alone; its derivative is known and its root is found in log theta.
Effects are in the unit of y.

References
----------
Bates, Maechler, Bolker & Walker (2015). Fitting linear mixed-effects models using lme4.
Journal of Statistical Software 67(1), section 3.4 (the profiled REML criterion).
Goldstein (2011). Multilevel Statistical Models, 4th ed., ch. 2 (residuals, their variances).
"""

from dataclasses import dataclass

import numpy as np
import scipy.linalg
from numpy.typing import NDArray
from scipy.optimize import brentq

from core.numerics.moments import SchoolMoments
from core.numerics.standard_design import (
    COLLINEAR,
    StandardDesign,
    no_spread,
    standardise_design,
)

Floats = NDArray[np.float64]

LOG_THETA = np.linspace(np.log(1e-8), np.log(1e7), 31)
"""Where the slope of the criterion is looked at, to bracket each of its minima."""


@dataclass(frozen=True, slots=True)
class RandomInterceptFit:
    """A fitted model, in the units of the moments; schools in the order of the input.

    Attributes
    ----------
    beta, beta_se : ndarray, shape (p,)
        Fixed effects, the intercept first, and their standard errors.
    beta_cov : ndarray, shape (p, p)
        Covariance of the fixed effects.
    theta : float
        sigma_u2 / sigma_e2. Exactly 0 when no difference between schools is found.
    sigma_u2, sigma_e2 : float
        Variance between schools, and between pupils of one school.
    neg2_log_reml : float
        The criterion at its minimum, equal to what lme4 calls REMLcrit.
    effect : ndarray, shape (n_schools,)
        Shrunken estimate of u_j; all 0 when theta is 0.
    se_conditional : ndarray, shape (n_schools,)
        Standard error of ``effect - u_j`` with beta taken as known (lme4's condSD).
    se_prediction : ndarray, shape (n_schools,)
        The same with the uncertainty of beta. Both are 0 when theta is 0, which then means
        "no difference found", not "certain".
    reliability : ndarray, shape (n_schools,)
        Shrinkage factor n_j theta / (1 + n_j theta), 0 to 1.
    n_pupils, n_schools : int
        What the fit rests on.
    """

    beta: Floats
    beta_se: Floats
    beta_cov: Floats
    theta: float
    sigma_u2: float
    sigma_e2: float
    neg2_log_reml: float
    effect: Floats
    se_conditional: Floats
    se_prediction: Floats
    reliability: Floats
    n_pupils: int
    n_schools: int


@dataclass(frozen=True, slots=True)
class _Solution:
    """All that follows from one theta; ``factor`` is the Cholesky factor of A."""

    theta: float
    weight: Floats
    factor: Floats
    beta: Floats
    rss: float


def estimate_random_intercept(moments: SchoolMoments) -> RandomInterceptFit:
    """Estimate fixed effects, variances and school effects by REML from cross-moments.

    Parameters
    ----------
    moments : SchoolMoments
        Every school with at least one pupil; the first design column is the intercept.

    Returns
    -------
    RandomInterceptFit

    Raises
    ------
    NotEstimableError
        With too few schools or pupils for the columns of the design, a column that is
        constant or follows from the others, or an outcome that leaves nothing to explain.

    Examples
    --------
    >>> from core.numerics.moments import moments_from_rows
    >>> school = np.repeat([0, 1, 2], 2)
    >>> y = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    >>> fit = estimate_random_intercept(moments_from_rows(school, x=np.ones((6, 1)), y=y))
    >>> round(fit.sigma_u2, 6), round(fit.sigma_e2, 6), (fit.effect.round(3) + 0.0).tolist()
    (3.75, 0.5, [-1.875, 0.0, 1.875])
    """
    # Solved about the mean and per SD: A is then a correlation matrix, well conditioned.
    design = standardise_design(moments)
    return _fit(design, solution=_minimum(design))


def _minimum(design: StandardDesign) -> _Solution:
    """Return the solution with the least criterion over all theta from 0 upwards."""
    # RSS falls as theta grows: spread that is left at the upper end is left everywhere.
    if _solve(design, theta=np.exp(LOG_THETA[-1])).rss <= COLLINEAR * design.n_pupils:
        raise no_spread(design)
    slopes = [_slope_at(float(log_theta), design) for log_theta in LOG_THETA]
    solutions = [_solve(design, theta=0.0)] if slopes[0] >= 0 else []
    for k in range(LOG_THETA.size - 1):
        if slopes[k] < 0 <= slopes[k + 1]:
            ends = LOG_THETA[k], LOG_THETA[k + 1]
            root = brentq(_slope_at, *ends, args=(design,), xtol=1e-13, rtol=1e-14)
            solutions.append(_solve(design, theta=float(np.exp(root))))
    if not solutions:
        raise no_spread(design)
    return min(solutions, key=lambda solution: _criterion(design, solution))


def _solve(design: StandardDesign, *, theta: float) -> _Solution:
    sums, outcome = design.moments.xx[:, 0, :], design.moments.xy[:, 0]
    weight = theta / (1 + design.moments.n * theta)
    weighted = sums * weight[:, None]
    b = design.xy - weighted.T @ outcome
    factor = scipy.linalg.cholesky(design.xx - weighted.T @ sums, lower=True)
    beta = scipy.linalg.cho_solve((factor, True), b)
    rss = float(design.yy - weight @ outcome**2 - b @ beta)
    return _Solution(theta=theta, weight=weight, factor=factor, beta=beta, rss=rss)


def _criterion(design: StandardDesign, solution: _Solution) -> float:
    """Return -2 log REML of the standardised outcome."""
    log_v = np.log1p(design.moments.n * solution.theta).sum()
    log_a = 2 * np.log(np.diag(solution.factor)).sum()
    log_rss = np.log(2 * np.pi * solution.rss / design.freedom)
    return float(log_v + log_a + design.freedom * (1 + log_rss))


def _slope_at(log_theta: float, design: StandardDesign) -> float:
    """Return the derivative of the criterion by theta; it has the sign of that by log theta."""
    solution = _solve(design, theta=float(np.exp(log_theta)))
    n, sums = design.moments.n, design.moments.xx[:, 0, :]
    damping = 1 / (1 + n * solution.theta)
    growth = damping**2  # derivative of w_j
    residual = design.moments.xy[:, 0] - sums @ solution.beta
    # sum of growth s_j' A^-1 s_j, as the trace of A^-1 with the weighted products of sums
    leverage = scipy.linalg.cho_solve(
        (solution.factor, True), (sums * growth[:, None]).T @ sums
    )
    of_rss = design.freedom * (growth @ residual**2) / solution.rss
    return float(n @ damping - np.trace(leverage) - of_rss)


def _fit(design: StandardDesign, *, solution: _Solution) -> RandomInterceptFit:
    """Bring the solution back from standard units to those of the moments."""
    n, sums = design.moments.n, design.moments.xx[:, 0, :]
    sigma_e2, sd = solution.rss / design.freedom, design.sd
    inverse = scipy.linalg.cho_solve((solution.factor, True), np.eye(solution.beta.size))
    weighted = sums * solution.weight[:, None]
    of_beta = np.sum((weighted @ inverse) * weighted, axis=1)
    cov = sd**2 * sigma_e2 * (design.back @ inverse @ design.back.T)
    return RandomInterceptFit(
        beta=design.to_units(solution.beta),
        beta_se=np.sqrt(np.diag(cov)),
        beta_cov=cov,
        theta=solution.theta,
        sigma_u2=solution.theta * sigma_e2 * sd**2,
        sigma_e2=sigma_e2 * sd**2,
        neg2_log_reml=_criterion(design, solution) + design.log_units,
        effect=sd * solution.weight * (design.moments.xy[:, 0] - sums @ solution.beta),
        se_conditional=sd * np.sqrt(sigma_e2 * solution.weight),
        se_prediction=sd * np.sqrt(sigma_e2 * (solution.weight + of_beta)),
        reliability=n * solution.weight,
        n_pupils=design.n_pupils,
        n_schools=n.size,
    )
