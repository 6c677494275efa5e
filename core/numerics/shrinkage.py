"""Random-effects pooling of estimates with known standard errors, and shrinkage toward it.

    estimate_j = mu + b_j + e_j,    b_j ~ N(0, tau2),    e_j ~ N(0, se_j^2)

tau2 is the moment estimate of DerSimonian & Laird: with w_j = 1 / se_j^2, m their weighted mean
and Q = sum w_j (estimate_j - m)^2,

    tau2 = max(0, (Q - (J - 1)) / (sum w - sum w^2 / sum w))

An estimate is drawn toward mu by B_j = tau2 / (tau2 + se_j^2).

References
----------
DerSimonian & Laird (1986). Meta-analysis in clinical trials. Controlled Clinical Trials 7,
177-188. Morris (1983). Parametric empirical Bayes inference. JASA 78, 47-55.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEstimableError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Estimates drawn toward their common mean, in the order of the input.

    Attributes
    ----------
    mean : float
        mu, weighted by 1 / (tau2 + se^2).
    tau2 : float
        Variance of the true values; 0 when the estimates differ no more than by chance.
    estimate : ndarray, shape (n_units,)
        Posterior means; NaN where the input is NaN.
    sd : ndarray, shape (n_units,)
        Posterior standard deviations, with the uncertainty of mu.
    reliability : ndarray, shape (n_units,)
        B_j, 0 to 1.
    """

    mean: float
    tau2: float
    estimate: Floats
    sd: Floats
    reliability: Floats


def estimate_tau2(estimate: Floats, *, se: Floats) -> float:
    """Estimate the variance of the true values by DerSimonian & Laird.

    Parameters
    ----------
    estimate, se : ndarray, shape (n_units,)
        At least two pairs without NaN; se above 0.

    Raises
    ------
    NotEstimableError
        With fewer than two units, or a standard error that is not positive.

    Examples
    --------
    >>> estimate_tau2(np.array([-1.0, 0.0, 1.0]), se=np.full(3, 0.5))
    0.75
    """
    known = _known(estimate, se)
    value, weight = estimate[known], 1 / se[known] ** 2
    q = weight @ (value - np.average(value, weights=weight)) ** 2
    spread = weight.sum() - (weight**2).sum() / weight.sum()
    return max(0.0, float((q - (value.size - 1)) / spread))


def shrink(estimate: Floats, *, se: Floats) -> Shrunken:
    """Draw estimates toward their common mean by empirical Bayes.

    Parameters
    ----------
    estimate, se : ndarray, shape (n_units,)
        Estimates with standard errors above 0; units with NaN stay NaN and count for nothing.

    Raises
    ------
    NotEstimableError
        With fewer than two units, or a standard error that is not positive.

    Examples
    --------
    >>> shrunken = shrink(np.array([-1.0, 0.0, 1.0]), se=np.full(3, 0.5))
    >>> shrunken.tau2, shrunken.estimate.tolist()
    (0.75, [-0.75, 0.0, 0.75])
    """
    tau2 = estimate_tau2(estimate, se=se)
    precision = 1 / (tau2 + se**2)
    known = ~np.isnan(estimate * se)
    mean = float(np.average(estimate[known], weights=precision[known]))
    reliability = np.where(known, tau2 * precision, np.nan)
    variance = tau2 * (1 - reliability) + (1 - reliability) ** 2 / precision[known].sum()
    return Shrunken(
        mean=mean,
        tau2=tau2,
        estimate=mean + reliability * (estimate - mean),
        sd=np.sqrt(variance),
        reliability=reliability,
    )


def _known(estimate: Floats, se: Floats) -> NDArray[np.bool_]:
    known = ~np.isnan(estimate * se)
    not_positive = int((se[known] <= 0).sum())
    if known.sum() < 2 or not_positive:
        raise NotEstimableError(
            f"Shrinking needs at least two units with standard errors above 0 (found: units "
            f"{known.sum()}, without a positive error {not_positive}). Widen the group.",
            f"收缩估计至少需要两个标准误大于 0 的单位（现有 {known.sum()} 个，"
            f"其中标准误不为正的 {not_positive} 个）。请扩大比较组。",
        )
    return known
