"""Cronbach's alpha of a set of items, its interval, and the standard error of measurement.

With the points y_iq of pupil i on item q of k items, total t_i = sum_q y_iq:

    alpha = k / (k - 1) (1 - sum_q var(y_q) / var(t)),    sem = sd(t) sqrt(1 - alpha)

Under the two-way model pupil + item + error, F = (1 - alpha) / (1 - estimate) follows Fisher's
law on n - 1 and (n - 1)(k - 1) degrees of freedom, which gives Feldt's interval

    1 - (1 - estimate) F(0.975)  to  1 - (1 - estimate) F(0.025).

References
----------
Cronbach (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16.
Feldt, Woodruff & Salih (1987). Statistical inference for coefficient alpha. Applied
Psychological Measurement 11, 93-103.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri

from core.errors import NotEstimableError

Floats = NDArray[np.float64]

SPREAD = 1e-12
"""Variances under this share of the mean square are rounding, not spread."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Internal consistency of the items that make up a total.

    Attributes
    ----------
    n_pupils, n_items : int
        Pupils with all items, and items.
    alpha, low, high : float
        Cronbach's alpha and Feldt's 95 % interval; at most 1, and may be below 0.
    sem : float
        Standard error of measurement of a total, in points; from the SD with divisor n.
    alpha_if_dropped : ndarray, shape (n_items,)
        Alpha of the other items; NaN when they are fewer than two or their total has no spread.
    """

    n_pupils: int
    n_items: int
    alpha: float
    low: float
    high: float
    sem: float
    alpha_if_dropped: Floats


def estimate_reliability(points: Floats) -> Reliability:
    """Estimate Cronbach's alpha with Feldt's interval.

    Parameters
    ----------
    points : ndarray, shape (n_pupils, n_items)
        Points or answers, in which all items point the same way; no NaN.

    Raises
    ------
    NotEstimableError
        With fewer than two items, fewer than three pupils, or no spread of the total.

    Examples
    --------
    >>> points = np.array([[1.0, 2.0], [2.0, 2.0], [3.0, 4.0], [4.0, 5.0]])
    >>> fit = estimate_reliability(points)
    >>> round(fit.alpha, 3), round(fit.sem, 3)
    (0.967, 0.433)
    """
    n_pupils, n_items = points.shape
    covariance = np.atleast_2d(np.cov(points, rowvar=False, ddof=0)) if points.size else None
    if covariance is None or n_items < 2 or n_pupils < 3 or not _spreads(points, covariance):
        raise _too_thin(n_pupils=n_pupils, n_items=n_items)
    variance, total = np.diag(covariance), float(covariance.sum())
    alpha = n_items / (n_items - 1) * (1 - float(variance.sum()) / total)
    df_pupils = n_pupils - 1
    ends = fdtri(df_pupils, df_pupils * (n_items - 1), np.array([0.975, 0.025]))
    low, high = 1 - (1 - alpha) * ends
    return Reliability(
        n_pupils=n_pupils,
        n_items=n_items,
        alpha=alpha,
        low=float(low),
        high=float(high),
        sem=float(np.sqrt(total * (1 - min(alpha, 1.0)))),
        alpha_if_dropped=_alpha_if_dropped(covariance),
    )


def _spreads(points: Floats, covariance: Floats) -> bool:
    return bool(covariance.sum() > SPREAD * np.mean(points.sum(axis=1) ** 2))


def _alpha_if_dropped(covariance: Floats) -> Floats:
    n_items = covariance.shape[0]
    if n_items < 3:
        return np.full(n_items, np.nan)
    variance = np.diag(covariance)
    rest_total = covariance.sum() - 2 * covariance.sum(axis=0) + variance
    rest_total = np.where(rest_total > SPREAD * covariance.sum(), rest_total, np.nan)
    rest: Floats = (
        (n_items - 1) / (n_items - 2) * (1 - (variance.sum() - variance) / rest_total)
    )
    return rest


def _too_thin(*, n_pupils: int, n_items: int) -> NotEstimableError:
    return NotEstimableError(
        f"Reliability needs two items, three pupils with all items, and totals that differ "
        f"(found: items {n_items}, pupils with all items {n_pupils}). Add items or pupils; "
        f"where pupils choose between items, count those as one item.",
        f"信度至少需要 2 道题、3 名各题得分齐全的学生，且总分有差异（现有题目 {n_items} 道、"
        f"得分齐全的学生 {n_pupils} 名）。请增加题目或学生；选做题请合并为一题。",
    )
