"""Coefficient of variation between schools, weighted by pupils or not, with its error.

With weights p_j that sum to 1, n_j / N by pupils or 1 / J each, and school values m_j:

    M = sum p_j m_j,    V = sum p_j (m_j - M)^2,    coefficient = sqrt(V) / M

Its standard error is the jackknife over schools: with c_(j) the coefficient without school j,

    se^2 = (J - 1) / J  sum (c_(j) - mean c_(.))^2

so it says how much the coefficient would differ in other schools of the same kind. The interval
is made the same way of log c, less its jackknife bias, by Student's t on J - 1 degrees of
freedom: of few schools the coefficient itself comes out too small, and is skew.

References
----------
Efron & Tibshirani (1993). An Introduction to the Bootstrap, ch. 11 (jackknife).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.interval import student_interval

Floats = NDArray[np.float64]

EQUAL = 1e-12
"""Share of the mean, or of a variance, that is rounding and no difference."""


@dataclass(frozen=True, slots=True)
class BetweenCv:
    """A coefficient of variation between schools and what each school does to it.

    Attributes
    ----------
    estimate : float
        sqrt(V) / M, 0 or above.
    se : float
        Jackknife standard error.
    low, high : float
        95 % interval. It and the error are NaN with two schools, where none would be left to
        compare, and for a coefficient of 0; the interval also if it would be 0 without one.
    mean : float
        M, in the unit of the values.
    contribution : ndarray, shape (n_schools,)
        p_j (m_j - M)^2 / V, each school's share of the variance; NaN when V is 0.
    without : ndarray, shape (n_schools,)
        The coefficient when the school is left out; NaN with two schools.
    """

    estimate: float
    se: float
    low: float
    high: float
    mean: float
    contribution: Floats
    without: Floats


def estimate_weighted_cv(*, n: Floats, value: Floats) -> BetweenCv:
    """Estimate the coefficient in which a school counts by its pupils.

    Parameters
    ----------
    n : ndarray, shape (n_schools,)
        Pupils, above 0.
    value : ndarray, shape (n_schools,)
        Mean score, or a resource per pupil; 0 or above in ordinary use.

    Raises
    ------
    NotEstimableError
        With fewer than two schools, or a mean that is not above 0.

    Examples
    --------
    >>> cv = estimate_weighted_cv(n=np.array([100.0, 300.0]), value=np.array([60.0, 80.0]))
    >>> round(cv.estimate, 4), cv.mean, cv.contribution.tolist()
    (0.1155, 75.0, [0.75, 0.25])
    """
    return _coefficient(n, value=value)


def estimate_unweighted_cv(value: Floats) -> BetweenCv:
    """Estimate the coefficient in which all schools count the same.

    Parameters
    ----------
    value : ndarray, shape (n_schools,)
        Mean score, or a resource per pupil.

    Raises
    ------
    NotEstimableError
        With fewer than two schools, or a mean that is not above 0.

    Examples
    --------
    >>> round(estimate_unweighted_cv(np.array([60.0, 80.0])).estimate, 4)
    0.1429
    """
    return _coefficient(np.ones(value.size), value=value)


def _coefficient(weight: Floats, *, value: Floats) -> BetweenCv:
    _refuse(weight, value=value)
    total = weight.sum()
    mean = float(weight @ value / total)
    # About the mean, so that nothing cancels when a school is taken out.
    deviation = np.where(np.abs(value - mean) > EQUAL * mean, value - mean, 0.0)
    part = weight * deviation**2
    estimate = float(np.sqrt(part.sum() / total)) / mean
    without = _without_each(weight, deviation=deviation, mean=mean)
    se = float(np.sqrt((value.size - 1) * without.var()))
    low, high = _interval(estimate, without=without)
    return BetweenCv(
        estimate=estimate,
        se=se if estimate > 0 else np.nan,
        low=low,
        high=high,
        mean=mean,
        contribution=part / (part.sum() if part.any() else np.nan),
        without=without,
    )


def _without_each(weight: Floats, *, deviation: Floats, mean: float) -> Floats:
    """Return the coefficient without each school, from sums less its own part."""
    if weight.size == 2:
        return np.full(2, np.nan)
    rest = weight.sum() - weight
    first = ((weight @ deviation) - weight * deviation) / rest
    second = ((weight @ deviation**2) - weight * deviation**2) / rest
    level = mean + first
    variance = second - first**2
    spread = np.sqrt(np.where(variance > EQUAL * second, variance, 0.0))
    without: Floats = spread / np.where(level > 0, level, np.nan)
    return without


def _interval(estimate: float, *, without: Floats) -> tuple[float, float]:
    if not (estimate > 0 and (without > 0).all()):
        return np.nan, np.nan
    n_schools, log = without.size, np.log(without)
    centre = n_schools * np.log(estimate) - (n_schools - 1) * log.mean()
    se = np.sqrt((n_schools - 1) * log.var())
    ends = student_interval(centre, se=se, df=n_schools - 1)
    # A school far from all others may take the bias past the interval's width.
    return min(estimate, float(np.exp(ends.low))), max(estimate, float(np.exp(ends.high)))


def _refuse(weight: Floats, *, value: Floats) -> None:
    if value.size < 2:
        raise NotEstimableError(
            f"A coefficient between schools needs at least 2 schools (found: {value.size}). "
            "Choose a larger unit.",
            f"校际差异系数至少需要 2 所学校（现有 {value.size} 所）。请选择更大的单位。",
        )
    mean = float(weight @ value / weight.sum())
    if not mean > 0:
        raise NotEstimableError(
            f"The mean over the {value.size} schools is {mean:.3g}. A coefficient of variation "
            "needs a mean above 0. Use points, not standard scores.",
            f"{value.size} 所学校的均值为 {mean:.3g}。差异系数要求均值大于 0。"
            "请使用原始分，不要使用标准分。",
        )
