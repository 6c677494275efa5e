"""Which units can be told apart by their estimates, and how a picture shows it.

Units i and j with independent errors are told apart when

    |estimate_i - estimate_j| >= 1.96 sqrt(se_i^2 + se_j^2)

Whiskers of -/+ k se that just fail to overlap say the same of two units with equal errors when
2 k se = 1.96 sqrt(2) se, that is k = 1.96 / sqrt(2) = 1.39. With unequal errors no single k
serves every pair; ``average_whisker`` gives the one that is right on average over pairs.

An error of 0 means that it is not known, as does NaN: where no difference between the units was
found, all of them have the estimate 0 and the error 0.

References
----------
Goldstein & Healy (1995). The graphical presentation of a collection of means. Journal of the
Royal Statistical Society A 158, 175-177.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.interval import Z95, Interval

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]

WHISKER = Z95 / np.sqrt(2.0)
"""k of units with equal errors, 1.386."""

_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class AlikeRuns:
    """Stretches of a ranked list in which no unit can be told from any other.

    Attributes
    ----------
    order : ndarray, shape (n_known,)
        Indices of the units with an estimate and a known error, best first.
    first, last : ndarray, shape (n_runs,)
        First and last place of each stretch, 0 is best; none lies inside another. Stretches
        overlap, and every place belongs to at least one.
    """

    order: Indices
    first: Indices
    last: Indices


def tell_apart(estimate: Floats, *, se: Floats) -> Bools:
    """Tell of every pair of units whether they differ by more than chance would make.

    Parameters
    ----------
    estimate, se : ndarray, shape (n_units,)
        Best values and standard errors, independent between units.

    Returns
    -------
    ndarray of bool, shape (n_units, n_units)
        Symmetric; False on the diagonal and wherever a value or an error is not known.

    Examples
    --------
    >>> tell_apart(np.array([0.0, 0.2, 0.6]), se=np.full(3, 0.1)).astype(int).tolist()
    [[0, 0, 1], [0, 0, 1], [1, 1, 0]]
    """
    distance = np.abs(estimate[:, None] - estimate[None, :])
    apart = distance >= Z95 * np.hypot(se[:, None], se[None, :])
    known = np.logical_and.outer(se > 0, se > 0)
    return np.asarray(apart & known & ~np.eye(estimate.size, dtype=bool))


def find_alike_runs(estimate: Floats, *, se: Floats) -> AlikeRuns:
    """Find the longest stretches of the ranked list whose units cannot be told apart.

    Units that share a stretch cannot be told apart. The reverse holds for neighbours only:
    where errors differ much, ``tell_apart`` knows of further pairs.

    Parameters
    ----------
    estimate, se : ndarray, shape (n_units,)
        Higher is better; units with NaN, or an error of 0, stand in no stretch.

    Examples
    --------
    >>> runs = find_alike_runs(np.array([0.0, 0.2, 0.4]), se=np.full(3, 0.1))
    >>> runs.order.tolist(), runs.first.tolist(), runs.last.tolist()
    ([2, 1, 0], [0, 1], [1, 2])
    """
    order = np.argsort(-estimate, kind="stable")
    order = order[~np.isnan(estimate[order]) & (se[order] > 0)]
    apart = tell_apart(estimate[order], se=se[order])
    ends, end = [], 0
    for start in range(order.size):
        end = max(end, start)
        while end + 1 < order.size and not apart[start : end + 1, end + 1].any():
            end += 1
        ends.append(end)
    last = np.array(ends, dtype=np.int64)
    # A start whose stretch ends where that of an earlier start does lies inside it.
    first = np.flatnonzero(np.diff(last, prepend=-1) > 0)
    return AlikeRuns(order=order, first=first, last=last[first])


def whiskers(estimate: Floats, *, se: Floats) -> Interval:
    """Return the ends of whiskers that part where two units of equal error can be told apart.

    They are not confidence intervals of the single unit. Units whose whiskers overlap cannot
    be told apart; where errors differ, the same may hold of whiskers that barely part.

    Parameters
    ----------
    estimate, se : ndarray, shape (n_units,)
        Best values and standard errors; a unit with an error of 0 has no whisker: NaN.

    Examples
    --------
    >>> whiskers(np.array([0.0]), se=np.array([1.0])).high.round(3).tolist()
    [1.386]
    """
    half = WHISKER * np.where(se > 0, se, np.nan)
    return Interval(low=estimate - half, high=estimate + half)


def average_whisker(se: Floats) -> float:
    """Return k such that whiskers of -/+ k se are right on average over all pairs of units.

    Parameters
    ----------
    se : ndarray, shape (n_units,)
        Standard errors; 0 and NaN are left out.

    Raises
    ------
    NotEstimableError
        With fewer than two units of known error.

    Examples
    --------
    >>> round(average_whisker(np.array([1.0, 1.0, 1.0])), 3)
    1.386
    """
    from scipy.optimize import brentq
    from scipy.special import ndtr

    known = se[np.isfinite(se) & (se > 0)]
    if known.size < 2:
        raise NotEstimableError(
            f"Whiskers compare at least two units with a standard error above 0 (units: "
            f"{se.size}, found: {known.size}). Widen the group, or show no whiskers.",
            f"比较须线至少需要两个标准误大于 0 的单位（共 {se.size} 个单位，现有 {known.size} "
            "个）。请扩大比较组，或不显示须线。",
        )
    i, j = np.triu_indices(known.size, k=1)
    ratio = (known[i] + known[j]) / np.hypot(known[i], known[j])  # 1 to sqrt(2)

    def excess(k: float) -> float:
        return float(np.mean(2 * ndtr(-k * ratio))) - _LEVEL

    return float(brentq(excess, WHISKER * (1 - 1e-9), Z95 * (1 + 1e-9)))
