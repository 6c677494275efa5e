"""Control limits of a funnel plot, and whether units differ by more than chance.

For a unit of n pupils and the pooled value t, limits stand at the quantiles q = 2.5, 97.5, 0.1
and 99.9 % of what chance alone would give:

    means:  t + z_q sd / sqrt(n)
    rates:  the binomial quantile, interpolated: with r the least count of P(R <= r) >= q and
            a = (P(R <= r) - q) / P(R = r), the limit is (r - a) / n

Over-dispersion is judged by z_j = (value_j - t) / se_j, cut at its own 10 and 90 % quantiles
(winsorised), so that the schools a funnel is to find do not hide themselves:

    phi  = mean z_j^2                                              se_j -> se_j sqrt(phi)
    tau2 = (J phi - (J - 1)) / (sum w - sum w^2 / sum w)           se_j -> sqrt(se_j^2 + tau2)

with w_j = 1 / se_j^2, and neither below 1 and 0. Limits are then normal, also for rates.

References
----------
Spiegelhalter (2005). Funnel plots for comparing institutional performance. Statistics in
Medicine 24, 1185-1202, appendix A.1. Spiegelhalter (2005). Handling over-dispersion of
performance indicators. Quality and Safety in Health Care 14, 347-351.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from core.errors import NotEstimableError
from core.numerics.shrinkage import estimate_tau2

Floats = NDArray[np.float64]

OverDispersion = Literal["none", "additive", "multiplicative"]

TAILS = np.array([0.001, 0.025, 0.975, 0.999])
"""Where the limits stand: 99.8 % inside the outer ones, 95 % inside the inner ones."""


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """The four limits at each size, in the unit of the values; shape (n_units,).

    Attributes
    ----------
    low_998, low_95, high_95, high_998 : ndarray
        From the lowest to the highest.
    """

    low_998: Floats
    low_95: Floats
    high_95: Floats
    high_998: Floats


@dataclass(frozen=True, slots=True)
class FunnelShape:
    """What the lines of a funnel follow from.

    Attributes
    ----------
    target : float
        Pooled or given value, where the funnel narrows to.
    sd : float
        Standard deviation of a pupil's value: sqrt(target (1 - target)) for rates.
    is_rate : bool
        Whether limits are binomial where there is no over-dispersion.
    over_dispersion : str
        How the limits are widened: none, additive or multiplicative.
    phi, phi_winsorised : float
        Multiplicative over-dispersion; about 1 when chance explains the spread.
    tau2, tau2_winsorised : float
        Additive over-dispersion, squared unit of the figure.
    """

    target: float
    sd: float
    is_rate: bool
    over_dispersion: OverDispersion
    phi: float
    phi_winsorised: float
    tau2: float
    tau2_winsorised: float


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much more the units differ than chance would make them.

    Attributes
    ----------
    phi, phi_winsorised : float
        Mean squared z, of all units and with the extremes cut; about 1 by chance alone.
    tau2, tau2_winsorised : float
        Variance of the units' true values; 0 when they differ no more than by chance.
    z : ndarray, shape (n_units,)
        Distance from the target in standard errors, not cut.
    """

    phi: float
    phi_winsorised: float
    tau2: float
    tau2_winsorised: float
    z: Floats


def mean_limits(se: Floats, *, target: float) -> FunnelLimits:
    """Return normal limits about a target.

    Parameters
    ----------
    se : ndarray, shape (n_units,)
        Standard error of a unit of each size, above 0.
    target : float
        The pooled value.

    Examples
    --------
    >>> limits = mean_limits(np.array([1.0, 0.5]), target=10.0)
    >>> limits.low_95.round(2).tolist(), limits.high_998.round(2).tolist()
    ([8.04, 9.02], [13.09, 11.55])
    """
    ends = target + ndtri(TAILS)[:, None] * se
    return FunnelLimits(*ends)


def rate_limits(n: Floats, *, target: float) -> FunnelLimits:
    """Return binomial limits about a rate, interpolated so that they fall smoothly.

    Parameters
    ----------
    n : ndarray, shape (n_units,)
        Pupils, at least 1.
    target : float
        The pooled rate, above 0 and below 1.

    Examples
    --------
    >>> limits = rate_limits(np.array([20.0, 200.0]), target=0.8)
    >>> limits.low_95.round(3).tolist(), limits.high_95.round(3).tolist()
    ([0.584, 0.741], [0.938, 0.852])
    """
    from scipy.stats import binom  # slow to import

    tail = TAILS[:, None]
    count = np.asarray(binom.ppf(tail, n, target))
    over = (binom.cdf(count, n, target) - tail) / binom.pmf(count, n, target)
    return FunnelLimits(*np.clip((count - over) / n, 0.0, 1.0))


def limits_at(n: Floats, *, shape: FunnelShape) -> FunnelLimits:
    """Return the limits at any numbers of pupils, to draw the lines of a funnel.

    Parameters
    ----------
    n : ndarray
        Pupils, at least 1.
    shape : FunnelShape
        Of the funnel.

    Examples
    --------
    >>> shape = FunnelShape(0.5, 0.5, True, "multiplicative", 4.0, 4.0, 0.0, 0.0)
    >>> limits_at(np.array([100.0]), shape=shape).high_95.round(3).tolist()
    [0.696]
    """
    if shape.is_rate and shape.over_dispersion == "none":
        return rate_limits(n, target=shape.target)
    variance = shape.sd**2 / n
    if shape.over_dispersion == "multiplicative":
        variance = variance * max(1.0, shape.phi_winsorised)
    if shape.over_dispersion == "additive":
        variance = variance + shape.tau2_winsorised
    limits = mean_limits(np.sqrt(variance), target=shape.target)
    return _clipped(limits) if shape.is_rate else limits


def _clipped(limits: FunnelLimits) -> FunnelLimits:
    """Return the limits cut at 0 and 1."""
    ends = (limits.low_998, limits.low_95, limits.high_95, limits.high_998)
    return FunnelLimits(*(np.clip(end, 0.0, 1.0) for end in ends))


def estimate_dispersion(
    value: Floats, *, se: Floats, target: float, winsorise: float = 0.1
) -> Dispersion:
    """Estimate over-dispersion about a target, multiplicative and additive.

    Parameters
    ----------
    value, se : ndarray, shape (n_units,)
        Values and their standard errors under chance alone, above 0.
    target : float
        The pooled value.
    winsorise : float
        Share of the units cut at either end, 0 to below 0.5.

    Raises
    ------
    NotEstimableError
        With fewer than two units.

    Examples
    --------
    >>> value = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    >>> found = estimate_dispersion(value, se=np.full(5, 0.5), target=0.0)
    >>> found.phi, found.tau2, round(found.phi_winsorised, 2)
    (8.0, 2.25, 5.7)
    """
    if value.size < 2:
        raise NotEstimableError(
            f"A funnel needs at least 2 units with pupils (found: {value.size}). "
            "Choose a larger unit.",
            f"漏斗图至少需要 2 个有学生的单位（现有 {value.size} 个）。请选择更大的单位。",
        )
    z = (value - target) / se
    cut = np.clip(z, *np.quantile(z, [winsorise, 1 - winsorise]))
    phi_winsorised = float(np.mean(cut**2))
    weight = 1 / se**2
    spread = float(weight.sum() - weight @ weight / weight.sum())
    # About the given target, not the mean of the cut values, hence not estimate_tau2.
    excess = value.size * phi_winsorised - (value.size - 1)
    return Dispersion(
        phi=float(np.mean(z**2)),
        phi_winsorised=phi_winsorised,
        tau2=estimate_tau2(value, se=se),
        tau2_winsorised=max(0.0, excess / spread),
        z=z,
    )
