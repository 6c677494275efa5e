"""Estimates of a sample with stratified jackknife errors: mean, rate and ratio.

For a ratio R = sum w y / sum w x (a mean has x = 1, a rate y of 0 or 1 as well), R_hu leaves
unit u of stratum h out, with n_h / (n_h - 1) times the weights in the other units of h:

    var = sum_h (1 - f_h) (n_h - 1) / n_h sum_u (R_hu - R)^2

with f_h the share of the stratum's units that was drawn, or 0. The design effect compares it
with a simple random sample of as many pupils, whose variance is that of y - R x, over n.

References
----------
Wolter (2007). Introduction to Variance Estimation, ch. 4.5 (stratified jackknife).
Kish (1965). Survey Sampling, ch. 8.2 (design effect).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.interval import Z95, student_interval, wilson_interval

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SampleDesign:
    """How the pupils of a sample were drawn.

    Attributes
    ----------
    weight : ndarray, shape (n_pupils,)
        Pupils that each stands for, above 0.
    unit : ndarray, shape (n_pupils,)
        Index of the school, or of the pupil itself in a school that was certain.
    stratum : ndarray, shape (n_units,)
        Index of the stratum of each unit.
    sampled_share : ndarray, shape (n_strata,)
        f_h, 0 to 1; 0 for no finite population correction.
    """

    weight: Floats
    unit: Indices
    stratum: Indices
    sampled_share: Floats


@dataclass(frozen=True, slots=True)
class SampleEstimate:
    """An estimate with the precision that the sample reached.

    Attributes
    ----------
    estimate, se, low, high : float
        Value, jackknife standard error and 95 % interval.
    margin : float
        Half the width of Student's interval: the achieved margin of error.
    df : int
        Units of the design less strata.
    n_pupils, n_units : int
        Pupils with a value, and units they come from.
    design_effect, n_effective : float
        Variance over that of a simple random sample, and the pupils of such a sample that
        would be as precise; NaN when pupils do not differ.
    """

    estimate: float
    se: float
    low: float
    high: float
    margin: float
    df: int
    n_pupils: int
    n_units: int
    design_effect: float
    n_effective: float


def estimate_ratio(
    numerator: Floats, *, denominator: Floats, design: SampleDesign
) -> SampleEstimate:
    """Estimate the ratio of two totals.

    Parameters
    ----------
    numerator, denominator : ndarray, shape (n_pupils,)
        Values; a pupil with NaN in either, or 0 in both, counts for nothing.
    design : SampleDesign
        How they were drawn.

    Raises
    ------
    NotEstimableError
        When a stratum has one unit, the denominator sums to 0, or only one unit of the design
        adds to it: the spread between units, and so the error, cannot be known.

    Examples
    --------
    >>> design = SampleDesign(weight=np.ones(4), unit=np.array([0, 0, 1, 1]),
    ...                       stratum=np.zeros(2, dtype=int), sampled_share=np.zeros(1))
    >>> y, x = np.array([3.0, 5, 6, 6]), np.array([5.0, 5, 5, 5])
    >>> fit = estimate_ratio(y, denominator=x, design=design)
    >>> fit.estimate, round(fit.se, 3)
    (1.0, 0.2)
    """
    counted = ~np.isnan(numerator * denominator) & ((numerator != 0) | (denominator != 0))
    y, x = (np.where(counted, value, 0.0) for value in (numerator, denominator))
    weight = np.where(counted, design.weight, 0.0)
    if not (weight @ x) != 0:
        raise NotEstimableError(
            f"The sample has nothing to divide by (pupils with a value {counted.sum()}). "
            f"Widen the group.",
            f"抽样数据中分母为零（有数值的学生 {counted.sum()} 名）。请扩大范围。",
        )
    ratio = float(weight @ y / (weight @ x))
    df = _degrees(design)
    _require_two_units(np.unique(design.unit[counted & (x != 0)]).size, n=int(counted.sum()))
    se = float(np.sqrt(_jackknife_variance(weight * y, weight * x, ratio, design)))
    ends = student_interval(ratio, se=se, df=df)
    simple = _simple_variance(y - ratio * x, x=x, weight=weight, counted=counted)
    # Rounding is no spread: under it, a design effect would be one rounding over another.
    effect = se**2 / simple if simple > 1e-24 * max(ratio**2, 1e-12) else np.nan
    n_pupils = int(counted.sum())
    return SampleEstimate(
        estimate=ratio,
        se=se,
        low=float(ends.low),
        high=float(ends.high),
        margin=float(ends.high) - ratio,
        df=df,
        n_pupils=n_pupils,
        n_units=np.unique(design.unit[counted]).size,
        design_effect=effect,
        n_effective=n_pupils / effect if effect > 0 else np.nan,
    )


def estimate_mean(value: Floats, *, design: SampleDesign) -> SampleEstimate:
    """Estimate the mean of a value; pupils with NaN count for nothing.

    Examples
    --------
    >>> pupils = np.arange(4)
    >>> design = SampleDesign(weight=np.full(4, 25.0), unit=pupils,
    ...                       stratum=np.zeros(4, dtype=int), sampled_share=np.zeros(1))
    >>> fit = estimate_mean(np.array([1.0, 2.0, 3.0, 6.0]), design=design)
    >>> fit.estimate, round(fit.se, 3), round(fit.design_effect, 3)
    (3.0, 1.08, 1.0)
    """
    return estimate_ratio(value, denominator=np.ones(value.size), design=design)


def estimate_rate(reached: Floats, *, design: SampleDesign) -> SampleEstimate:
    """Estimate the share of pupils with 1 rather than 0; NaN counts for nothing.

    The interval is Wilson's for the effective number of pupils, at most the actual one, brought
    down for the few degrees of freedom, so it stays in 0 to 1. A share of exactly 0 or 1 has
    no design effect; each unit with such pupils then counts as one observation, which is on
    the safe side.

    References
    ----------
    Korn & Graubard (1998). Confidence intervals for proportions with small expected number of
    positive counts estimated from survey data. Survey Methodology 24, 193-201.

    Examples
    --------
    >>> design = SampleDesign(weight=np.ones(6), unit=np.arange(6) // 2,
    ...                       stratum=np.zeros(3, dtype=int), sampled_share=np.zeros(1))
    >>> fit = estimate_rate(np.array([0.0, 0, 1, 0, 1, 1]), design=design)
    >>> fit.estimate, round(fit.low, 2), round(fit.high, 2)
    (0.5, 0.04, 0.96)
    """
    fit = estimate_mean(reached, design=design)
    n = min(fit.n_effective, fit.n_pupils) if fit.n_effective > 0 else fit.n_units
    # Few units: as many fewer pupils as Student's interval is wider than the normal one.
    n *= (Z95 / float(student_interval(0.0, se=1.0, df=fit.df).high)) ** 2
    ends = wilson_interval(fit.estimate * n, n=n)
    return replace(fit, low=float(ends.low), high=float(ends.high))


def _degrees(design: SampleDesign) -> int:
    """Return units less strata, once every stratum has two units."""
    per_stratum = np.bincount(design.stratum)
    alone = int((per_stratum == 1).sum())
    if alone or per_stratum.sum() < 2:
        raise NotEstimableError(
            f"The error of a sample needs two units in every stratum (strata with one unit: "
            f"{alone} of {(per_stratum > 0).sum()}). Collapse those with their neighbours.",
            f"估计抽样误差要求每层至少 2 个单位（只有 1 个单位的层：{alone} 个，"
            f"共 {(per_stratum > 0).sum()} 层）。请与相邻层合并。",
        )
    return int(per_stratum.sum() - (per_stratum > 0).sum())


def _require_two_units(n_units: int, *, n: int) -> None:
    if n_units < 2:
        raise NotEstimableError(
            f"The error of a sample needs pupils of at least two drawn units (pupils with a "
            f"value: {n}, units that they come from: {n_units}). Widen the group.",
            f"估计抽样误差要求学生至少来自 2 个抽样单位（有数值的学生 {n} 名，"
            f"来自 {n_units} 个单位）。请扩大范围。",
        )


def _jackknife_variance(y: Floats, x: Floats, ratio: float, design: SampleDesign) -> float:
    n_units = design.stratum.size
    y_unit, x_unit = (np.bincount(design.unit, weights=v, minlength=n_units) for v in (y, x))
    per_stratum = np.bincount(design.stratum)
    n = per_stratum[design.stratum]
    y_left, x_left = (
        total.sum() + (np.bincount(design.stratum, weights=total)[design.stratum] - n * total)
        / (n - 1)
        for total in (y_unit, x_unit)
    )  # fmt: skip
    deviation = y_left / np.where(x_left != 0, x_left, np.nan) - ratio
    factor = (1 - design.sampled_share[design.stratum]) * (n - 1) / n
    return float(np.sum(factor * deviation**2))


def _simple_variance(
    residual: Floats, *, x: Floats, weight: Floats, counted: NDArray[np.bool_]
) -> float:
    """Return the variance that a simple random sample of as many pupils would have."""
    n = int(counted.sum())
    if n < 2:
        return 0.0
    spread = weight @ residual**2 / weight.sum() * n / (n - 1)
    return float(spread / n / (weight @ x / weight.sum()) ** 2)
