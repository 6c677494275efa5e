"""Difficulty, discrimination and item-rest correlation of the items of a test.

With the points y_iq of pupil i on item q and its full mark F_q:

    difficulty = mean(y_q) / F_q                       over the pupils with the item present
    discrimination = (mean of the top group - mean of the bottom group) / F_q
    item_rest = r(y_q, t - y_q),  t_i = sum_q y_iq     over the pupils with all items present

Top and bottom group are the round(0.27 n) pupils with the highest and lowest total t, at least
one. Pupils tied at the edge of a group share its last places equally: each counts with the
same part of a pupil, so neither the order of rows nor a draw matters.

References
----------
Kelley (1939). The selection of upper and lower groups for the validation of test items.
Journal of Educational Psychology 30, 17-24.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.numerics.reliability import SPREAD

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

GROUP_SHARE = 0.27
"""Kelley's share of pupils in the top group, and in the bottom group."""


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """Statistics of all items, shape (n_items,).

    Attributes
    ----------
    n_pupils : ndarray
        Pupils with the item present.
    n_complete, group_size : int
        Pupils with all items, and how many of them the top group holds.
    difficulty, difficulty_se : ndarray
        Mean / full mark, 0 to 1; NaN without pupils, the error also with one.
    discrimination : ndarray
        -1 to 1; NaN when the totals do not differ or fewer than two pupils are complete.
    item_rest : ndarray
        -1 to 1; NaN for an item, or a rest, in which pupils do not differ.
    """

    n_pupils: Indices
    n_complete: int
    group_size: int
    difficulty: Floats
    difficulty_se: Floats
    discrimination: Floats
    item_rest: Floats


def estimate_item_statistics(points: Floats, *, full_mark: Floats) -> ItemStatistics:
    """Estimate how hard each item was, and how well it told pupils apart.

    Parameters
    ----------
    points : ndarray, shape (n_pupils, n_items)
        Points; NaN where the item is not present.
    full_mark : ndarray, shape (n_items,)
        Most points possible, above 0.

    Examples
    --------
    >>> points = np.array([[0.0, 1.0], [1.0, 2.0], [1.0, 3.0], [1.0, 4.0]])
    >>> fit = estimate_item_statistics(points, full_mark=np.array([1.0, 4.0]))
    >>> fit.difficulty.tolist(), fit.discrimination.tolist()
    ([0.75, 0.625], [1.0, 0.75])
    """
    present = ~np.isnan(points)
    n = present.sum(axis=0)
    pupils = np.where(n > 0, n, np.nan)
    mean = np.where(present, points, 0.0).sum(axis=0) / pupils
    squares = np.where(present, (points - mean) ** 2, 0.0).sum(axis=0)
    complete = points[present.all(axis=1)]
    size = group_size(len(complete))
    return ItemStatistics(
        n_pupils=n,
        n_complete=len(complete),
        group_size=size,
        difficulty=mean / full_mark,
        difficulty_se=np.sqrt(squares / (pupils * np.where(n > 1, n - 1.0, np.nan)))
        / full_mark,
        discrimination=_discrimination(complete, size=size) / full_mark,
        item_rest=_item_rest(complete),
    )


def group_size(n_pupils: int) -> int:
    """Return the pupils of the top, and of the bottom group: 27 %, at least one of two.

    Examples
    --------
    >>> [group_size(n) for n in (1, 2, 10, 50, 100)]
    [0, 1, 3, 14, 27]
    """
    if n_pupils < 2:
        return 0
    return max(1, int(GROUP_SHARE * n_pupils + 0.5))


def _discrimination(points: Floats, *, size: int) -> Floats:
    total = points.sum(axis=1)
    if size == 0 or not np.ptp(total) > SPREAD * np.abs(total).max():
        return np.full(points.shape[1], np.nan)
    edge = np.sort(total)
    # A rounded total, because 0.1 + 0.2 and 0.3 are the same number of points.
    top = _places(np.round(total, 6), edge=round(float(edge[-size]), 6), size=size)
    bottom = _places(-np.round(total, 6), edge=-round(float(edge[size - 1]), 6), size=size)
    difference: Floats = (top - bottom) @ points / size
    return difference


def _places(total: Floats, *, edge: float, size: int) -> Floats:
    """Return the part of each pupil that is in the group of the highest totals."""
    above, tied = total > edge, total == edge
    place: Floats = above + tied * (size - above.sum()) / tied.sum()
    return place


def _item_rest(points: Floats) -> Floats:
    n_items = points.shape[1]
    if len(points) < 3 or n_items < 2:
        return np.full(n_items, np.nan)
    centred = points - points.mean(axis=0)
    rest = centred.sum(axis=1)[:, None] - centred
    own, others = (centred**2).sum(axis=0), (rest**2).sum(axis=0)
    floor = SPREAD * (points**2).sum()
    spreads = (own > floor) & (others > floor)
    r: Floats = (centred * rest).sum(axis=0) / np.sqrt(np.where(spreads, own * others, np.nan))
    return np.clip(r, -1.0, 1.0)
