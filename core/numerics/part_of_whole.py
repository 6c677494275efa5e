"""Rates of the parts of a whole, and each part's difference to the whole it belongs to.

Pupil i of part j earned y_i of p_i that were possible. With sums over pupils

    rate_j = Y_j / P_j,    rate = Y / P,    f_j = P_j / P

and residuals e_i = y_i - rate_j p_i, the variance of rate_j is by linearisation

    v_j = n_j / (n_j - 1) sum e_i^2 / P_j^2.

The whole is made of these parts, whose levels are fixed: its variance is V = sum f_j^2 v_j. The
part's own error is in both, so that

    var(rate_j - rate) = v_j (1 - 2 f_j) + V,

which is (1 - f_j)^2 times the variance of "part less the rest". With p_i = 1 a rate is a mean.

References
----------
Cochran (1977). Sampling Techniques, ch. 2.11, 5 and 6 (ratios, strata).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PartRates:
    """Rates of all parts, shape (n_parts,), and of the whole.

    Attributes
    ----------
    n : ndarray
        Pupils with anything possible.
    earned : ndarray
        Y_j, points earned.
    rate, se : ndarray
        NaN without pupils; ``se`` is NaN for one pupil.
    whole, whole_se : float
        Rate of all parts together, and its standard error.
    difference, difference_se : ndarray
        Rate less the whole's.
    """

    n: Indices
    earned: Floats
    rate: Floats
    se: Floats
    whole: float
    whole_se: float
    difference: Floats
    difference_se: Floats


def estimate_part_rates(
    earned: Floats, *, possible: Floats, part: Indices, n_parts: int
) -> PartRates:
    """Estimate the rate of each part, and its difference to the whole that contains it.

    Parameters
    ----------
    earned, possible : ndarray, shape (n_pupils,)
        Points; pupils with nothing possible count for nothing.
    part : ndarray, shape (n_pupils,)
        Index of the pupil's part, 0 to n_parts - 1.
    n_parts : int
        Parts in all; not all need to occur.

    Examples
    --------
    >>> rates = estimate_part_rates(np.array([1.0, 0, 1, 1]), possible=np.ones(4),
    ...                             part=np.array([0, 0, 1, 1]), n_parts=2)
    >>> rates.rate.tolist(), rates.whole, rates.difference.tolist()
    ([0.5, 1.0], 0.75, [-0.25, 0.25])
    """
    counted = possible > 0
    y, p, part = earned[counted], possible[counted], part[counted]
    n = np.bincount(part, minlength=n_parts)
    total, most = _sums(y, part, n_parts), _sums(p, part, n_parts)
    reachable = np.where(most > 0, most, np.nan)
    rate = total / reachable
    squares = _sums((y - rate[part] * p) ** 2, part, n_parts)
    several = np.where(n > 1, n, np.nan)
    se = np.sqrt(several / (several - 1) * squares) / reachable
    share = most / most.sum() if most.any() else np.full(n_parts, np.nan)
    whole_variance = np.sum(share**2 * _filled(se**2, n=n, squares=squares, possible=most))
    whole = float(total.sum() / most.sum()) if most.any() else np.nan
    return PartRates(
        n=n,
        earned=total,
        rate=rate,
        se=se,
        whole=whole,
        whole_se=float(np.sqrt(whole_variance)),
        difference=rate - whole,
        # Rounding may leave a hair below zero where one part is the whole.
        difference_se=np.sqrt(np.maximum(se**2 * (1 - 2 * share) + whole_variance, 0.0)),
    )


def _sums(value: Floats, part: Indices, n_parts: int) -> Floats:
    return np.bincount(part, weights=value, minlength=n_parts).astype(np.float64)


def _filled(variance: Floats, *, n: Indices, squares: Floats, possible: Floats) -> Floats:
    """Give parts of one pupil the pooled spread within parts; NaN if no part has two."""
    df = (n - 1)[n > 1].sum()
    pooled = squares.sum() / df if df else np.nan
    one = pooled / np.where(possible > 0, possible, 1.0) ** 2
    return np.where(n > 1, variance, np.where(n == 1, one, 0.0))
