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

from core.errors import NotEstimableError
from core.numerics.moments import SchoolMoments, rescale

Floats = NDArray[np.float64]

COLLINEAR = 1e-9
"""Share of a column's variance that the others leave over, below which it counts as none."""

CONSTANT = 1e-13
"""Variance against the mean square below which a column is constant up to rounding."""

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
class _Unit:
    """Mean and spread of the columns after the intercept, and of the outcome last."""

    shift: Floats
    scale: Floats


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
    >>> round(fit.sigma_u2, 6), round(fit.sigma_e2, 6), fit.effect.round(3).tolist()
    (3.75, 0.5, [-1.875, 0.0, 1.875])
    """
    _refuse_few(moments, within=1)
    unit = _unit(moments)
    # Solved about the mean and per SD: A is then a correlation matrix, well conditioned.
    standard = rescale(moments, shift=unit.shift, scale=unit.scale)
    _refuse_singular(standard)
    solution = _minimum(standard)
    return _fit(standard, solution=solution, unit=unit)


def _unit(moments: SchoolMoments) -> _Unit:
    """Return mean and SD of each column, refusing those without any spread."""
    n = moments.n.sum()
    total = moments.xx.sum(axis=0)
    mean = np.append(total[0, 1:], moments.xy[:, 0].sum()) / n
    mean_square = np.append(np.diag(total)[1:], moments.yy.sum()) / n
    variance = mean_square - mean**2
    constant = variance <= CONSTANT * mean_square
    if constant[-1]:
        raise NotEstimableError(
            f"All {n:.0f} pupils have the same outcome; nothing to compare. "
            "Choose another subject or exam.",
            f"全部 {n:.0f} 名学生的成绩相同，无从比较。请换一个学科或一次考试。",
        )
    if constant.any():
        raise _singular(int(np.flatnonzero(constant)[0]) + 1)
    return _Unit(shift=mean, scale=np.sqrt(variance))


def _refuse_few(moments: SchoolMoments, *, within: int, between: int = 1) -> None:
    """Refuse when ``between`` school-level and ``within`` pupil-level columns use all up."""
    n_schools, n_pupils = moments.n.size, moments.n.sum()
    if n_schools > between and n_pupils - n_schools >= within:
        return
    raise NotEstimableError(
        f"School effects need more than {between} schools and at least {within} more pupils "
        f"than schools (found: schools {n_schools}, pupils {n_pupils:.0f}). Widen the cohort "
        "or use fewer prior scores.",
        f"估计学校效应需要多于 {between} 所学校，且学生数至少比学校数多 {within}"
        f"（现有学校 {n_schools} 所、学生 {n_pupils:.0f} 名）。请扩大范围或减少前测成绩。",
    )


def _refuse_singular(standard: SchoolMoments) -> None:
    """Refuse columns that follow from others, then schools too few for the columns."""
    n = standard.n.sum()
    sums = standard.xx[:, 0, :]
    total = standard.xx.sum(axis=0) / n
    # Pivoting takes the column with most variance left over, so what follows comes last.
    triangle, order = scipy.linalg.qr(total, mode="r", pivoting=True)
    dependent = order[np.abs(np.diag(triangle)) < COLLINEAR]
    if dependent.size:
        raise _singular(int(dependent.max()))
    inside = total - (sums / standard.n[:, None]).T @ sums / n
    n_within = int((np.linalg.eigvalsh(inside) > COLLINEAR).sum())
    _refuse_few(standard, within=n_within + 1, between=total.shape[0] - n_within)


def _singular(column: int) -> NotEstimableError:
    return NotEstimableError(
        f"Column {column} of the model is constant or follows from the other columns. "
        "Each prior score must tell something of its own. Leave this one out.",
        f"模型的第 {column} 列为常数或可由其他列推出。每个前测成绩须含自身的信息。请去掉该列。",
    )


def _minimum(standard: SchoolMoments) -> _Solution:
    """Return the solution with the least criterion over all theta from 0 upwards."""
    # RSS falls as theta grows: spread that is left at the upper end is left everywhere.
    if _solve(standard, theta=np.exp(LOG_THETA[-1])).rss <= COLLINEAR * standard.n.sum():
        raise _no_spread(standard)
    slopes = [_slope_at(float(log_theta), standard) for log_theta in LOG_THETA]
    solutions = [_solve(standard, theta=0.0)] if slopes[0] >= 0 else []
    for k in range(LOG_THETA.size - 1):
        if slopes[k] < 0 <= slopes[k + 1]:
            ends = LOG_THETA[k], LOG_THETA[k + 1]
            root = brentq(_slope_at, *ends, args=(standard,), xtol=1e-13, rtol=1e-14)
            solutions.append(_solve(standard, theta=float(np.exp(root))))
    if not solutions:
        raise _no_spread(standard)
    return min(solutions, key=lambda solution: _criterion(standard, solution))


def _no_spread(standard: SchoolMoments) -> NotEstimableError:
    n = standard.n.sum()
    return NotEstimableError(
        f"The {n:.0f} pupils do not differ inside their schools beyond what the prior scores "
        "tell. School effects need some spread. Check that prior and current exam differ.",
        f"{n:.0f} 名学生在校内的差异已完全由前测成绩决定。估计学校效应需要有差异。"
        "请检查前测与本次考试是否为同一份数据。",
    )


def _solve(standard: SchoolMoments, *, theta: float) -> _Solution:
    sums, outcome = standard.xx[:, 0, :], standard.xy[:, 0]
    weight = theta / (1 + standard.n * theta)
    weighted = sums * weight[:, None]
    a = standard.xx.sum(axis=0) - weighted.T @ sums
    b = standard.xy.sum(axis=0) - weighted.T @ outcome
    factor = np.linalg.cholesky(a)
    beta = scipy.linalg.cho_solve((factor, True), b)
    rss = float(standard.yy.sum() - weight @ outcome**2 - b @ beta)
    return _Solution(theta=theta, weight=weight, factor=factor, beta=beta, rss=rss)


def _criterion(standard: SchoolMoments, solution: _Solution) -> float:
    """Return -2 log REML of the standardised outcome."""
    freedom = standard.n.sum() - solution.beta.size
    log_v = np.log1p(standard.n * solution.theta).sum()
    log_a = 2 * np.log(np.diag(solution.factor)).sum()
    log_rss = np.log(2 * np.pi * solution.rss / freedom)
    return float(log_v + log_a + freedom * (1 + log_rss))


def _slope_at(log_theta: float, standard: SchoolMoments) -> float:
    """Return the derivative of the criterion by theta; it has the sign of that by log theta."""
    solution = _solve(standard, theta=float(np.exp(log_theta)))
    n, sums = standard.n, standard.xx[:, 0, :]
    growth = 1 / (1 + n * solution.theta) ** 2  # derivative of w_j
    residual = standard.xy[:, 0] - sums @ solution.beta
    leverage = np.sum(sums * scipy.linalg.cho_solve((solution.factor, True), sums.T).T, axis=1)
    of_rss = (n.sum() - solution.beta.size) * (growth @ residual**2) / solution.rss
    return float((n / (1 + n * solution.theta)).sum() - growth @ leverage - of_rss)


def _fit(standard: SchoolMoments, *, solution: _Solution, unit: _Unit) -> RandomInterceptFit:
    """Bring the solution back from standard units to those of the moments."""
    n, sums = standard.n, standard.xx[:, 0, :]
    p, sd = solution.beta.size, float(unit.scale[-1])
    sigma_e2 = solution.rss / float(n.sum() - p)
    inverse = scipy.linalg.cho_solve((solution.factor, True), np.eye(p))
    weighted = sums * solution.weight[:, None]
    of_beta = np.sum((weighted @ inverse) * weighted, axis=1)
    back = np.diag(np.append(1.0, 1 / unit.scale[:-1]))
    back[0, 1:] = -unit.shift[:-1] / unit.scale[:-1]
    cov = sd**2 * sigma_e2 * (back @ inverse @ back.T)
    log_units = 2 * np.log(unit.scale[:-1]).sum() + 2 * (n.sum() - p) * np.log(sd)
    return RandomInterceptFit(
        beta=sd * (back @ solution.beta) + np.append(unit.shift[-1], np.zeros(p - 1)),
        beta_se=np.sqrt(np.diag(cov)),
        beta_cov=cov,
        theta=solution.theta,
        sigma_u2=solution.theta * sigma_e2 * sd**2,
        sigma_e2=sigma_e2 * sd**2,
        neg2_log_reml=_criterion(standard, solution) + float(log_units),
        effect=sd * solution.weight * (standard.xy[:, 0] - sums @ solution.beta),
        se_conditional=sd * np.sqrt(sigma_e2 * solution.weight),
        se_prediction=sd * np.sqrt(sigma_e2 * (solution.weight + of_beta)),
        reliability=n * solution.weight,
        n_pupils=round(float(n.sum())),
        n_schools=n.size,
    )
