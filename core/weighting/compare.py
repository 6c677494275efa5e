"""Two composites of the same schools: who moves, and how far the orders agree."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kendalltau, spearmanr

from core.errors import SettingsError
from core.weighting.aggregate import rank_composite

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RankComparison:
    """Ranks of the schools of one group by an official and by another composite.

    Attributes
    ----------
    rank_official, rank_other : ndarray, shape (n_units,)
        1 is best; NaN where either composite is.
    gained : ndarray, shape (n_units,)
        Places gained by the other composite; negative are lost.
    enters_bottom, leaves_bottom : ndarray of bool, shape (n_units,)
        Whether the other composite brings the school into, or takes it out of, the bottom.
    kendall_tau, spearman : float
        Agreement of the orders, -1 to 1; NaN with fewer than two schools or all tied.
    mean_absolute_change : float
        Places, over the schools; NaN without schools.
    """

    rank_official: Floats
    rank_other: Floats
    gained: Floats
    enters_bottom: Bools
    leaves_bottom: Bools
    kendall_tau: float
    spearman: float
    mean_absolute_change: float


def compare_ranks(official: Floats, *, other: Floats, n_bottom: int) -> RankComparison:
    """Compare the ranks of schools by two composites.

    Parameters
    ----------
    official, other : ndarray, shape (n_units,)
        Higher is better; schools with NaN in either are left out of both.
    n_bottom : int
        Places of the bottom, such as ``bottom_count`` of the schools in both.

    Raises
    ------
    SettingsError
        When the two have different lengths.

    Examples
    --------
    >>> moved = compare_ranks(
    ...     np.array([4.0, 3.0, 2.0, 1.0]), other=np.array([4.0, 1.0, 2.0, 3.0]), n_bottom=1
    ... )
    >>> moved.gained.tolist(), moved.leaves_bottom.tolist(), round(moved.kendall_tau, 3)
    ([0.0, -2.0, 0.0, 2.0], [False, False, False, True], 0.0)
    """
    if official.shape != other.shape:
        raise SettingsError(
            f"Two composites of the same schools are compared (found: schools {official.size} "
            f"and {other.size}). Compute both for one list of schools.",
            f"只能比较同一批学校的两个综合值（现有 {official.size} 所与 {other.size} 所）。"
            "请按同一名单计算。",
        )
    both = ~np.isnan(official + other)
    before = rank_composite(np.where(both, official, np.nan))
    after = rank_composite(np.where(both, other, np.nan))
    last_safe = int(both.sum()) - n_bottom
    was_bottom, is_bottom = before > last_safe, after > last_safe
    comparable = both.sum() > 1 and np.ptp(before[both]) > 0 and np.ptp(after[both]) > 0
    return RankComparison(
        rank_official=before,
        rank_other=after,
        gained=before - after,
        enters_bottom=is_bottom & ~was_bottom,
        leaves_bottom=was_bottom & ~is_bottom,
        kendall_tau=float(kendalltau(before[both], after[both])[0]) if comparable else np.nan,
        spearman=float(spearmanr(before[both], after[both])[0]) if comparable else np.nan,
        mean_absolute_change=float(np.abs(before - after)[both].mean())
        if both.any()
        else np.nan,
    )
