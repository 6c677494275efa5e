"""Theil's index T of inequality over units, and its split between and within groups.

With unit values x_i > 0 or 0, case weights p_i that sum to 1 and mean M = sum p_i x_i:

    T = sum p_i (x_i / M) log(x_i / M)

For groups g with share of the total s_g = sum_{i in g} p_i x_i / M and mean M_g:

    T = sum s_g log(M_g / M)  +  sum s_g T_g
        between groups           within groups

exactly, which no other index of spread in this project offers. 0 is equality; the most possible
is log(1 / p) of the unit that has everything. A value of 0 adds 0, its limit.

References
----------
Theil (1967). Economics and Information Theory, ch. 4.
Shorrocks (1980). The class of additively decomposable inequality measures. Econometrica 48,
613-625.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEstimableError

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

EQUAL = 1e-14
"""An index below this is rounding: all values are equal."""


@dataclass(frozen=True, slots=True)
class TheilSplit:
    """The index and its two parts; groups in the order of their index.

    Attributes
    ----------
    total, between, within : float
        T and its parts, 0 or above; total is their sum.
    between_share : float
        between / total, 0 to 1; NaN when all values are equal.
    mean : float
        M, in the unit of the values.
    group_mean, group_share, group_theil : ndarray, shape (n_groups,)
        M_g, s_g and T_g; NaN mean and index, and share 0, for a group without weight.
    """

    total: float
    between: float
    within: float
    between_share: float
    mean: float
    group_mean: Floats
    group_share: Floats
    group_theil: Floats


def split_theil(value: Floats, *, n: Floats, group: Indices) -> TheilSplit:
    """Compute Theil's T over units and split it between and within groups.

    Parameters
    ----------
    value : ndarray, shape (n_units,)
        Scores, school means or resources; 0 or above.
    n : ndarray, shape (n_units,)
        Case weight, such as pupils; 0 or above.
    group : ndarray, shape (n_units,)
        Index of the unit's group, 0 to n_groups - 1.

    Raises
    ------
    NotEstimableError
        With a value below 0, or a mean that is not above 0.

    Examples
    --------
    >>> value, n = np.array([1.0, 3.0, 2.0, 2.0]), np.ones(4)
    >>> split = split_theil(value, n=n, group=np.array([0, 0, 1, 1]))
    >>> round(split.total, 4), round(split.between, 4), round(split.within, 4)
    (0.0654, 0.0, 0.0654)
    """
    mean = _mean(value, n=n)
    n_groups = int(group.max()) + 1
    pupils = np.bincount(group, weights=n, minlength=n_groups)
    amount = np.bincount(group, weights=n * value, minlength=n_groups)
    group_mean = amount / np.where(pupils > 0, pupils, np.nan)
    share = amount / amount.sum()
    own_mean = np.where(group_mean > 0, group_mean, np.nan)[group]
    part = n * value / np.where(amount > 0, amount, np.nan)[group]
    group_theil = np.bincount(
        group, weights=np.nan_to_num(part * _log(value / own_mean)), minlength=n_groups
    )
    between = float((share * _log(np.nan_to_num(group_mean) / mean)).sum())
    within = float(share @ group_theil)
    # Rounding may leave a hair below 0 where all are equal.
    between, within = max(0.0, between), max(0.0, within)
    total = between + within
    return TheilSplit(
        total=total,
        between=between,
        within=within,
        between_share=between / total if total > EQUAL else float("nan"),
        mean=mean,
        group_mean=group_mean,
        group_share=share,
        group_theil=np.where(pupils > 0, np.maximum(group_theil, 0.0), np.nan),
    )


def _log(ratio: Floats) -> Floats:
    """Return the natural logarithm, 0 where the ratio is 0 because its factor is 0 there."""
    return np.log(np.where(ratio > 0, ratio, 1.0))


def _mean(value: Floats, *, n: Floats) -> float:
    below = int(((value < 0) & (n > 0)).sum())
    pupils = float(n.sum())
    mean = float(n @ value / pupils) if pupils > 0 else float("nan")
    if below or not mean > 0:
        raise NotEstimableError(
            f"Theil's index needs values from 0 upwards with a mean above 0 (found: values "
            f"below 0 {below}, mean {mean:.3g}). Use points, not standard scores.",
            f"泰尔指数要求数值不小于 0 且均值大于 0（现有负值 {below} 个，均值 {mean:.3g}）。"
            "请使用原始分，不要使用标准分。",
        )
    return mean
