"""Pupils compared with all pupils of the same prior group, from a joint histogram.

The groups are bounded by the quantiles k / G of the prior over all pupils, k = 1..G - 1, each
bound belonging to the group below it (right-closed); equal bounds, and bounds between which
nobody lies, make one group. With m_g the mean outcome of group g,

    r_i = y_i - m_g(i),    estimate_j = mean of r_i in school j,    sd^2 = sum r_i^2 / N

References
----------
Department for Education (2024). Secondary accountability measures, annex on Progress 8.
Hyndman & Fan (1996). Sample quantiles in statistical packages. American Statistician 50,
361-365 (definition 7).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.numerics.histogram import GroupedScores, quantile_of

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PriorGroups:
    """Which prior group every cell of a histogram belongs to.

    Attributes
    ----------
    group : ndarray, shape (n_cells,)
        0 to n_groups - 1, lowest priors first; every group has pupils.
    n : ndarray, shape (n_groups,)
        Pupils of each group.
    n_groups : int
        Fewer than asked for where ties merged some.
    """

    group: Indices
    n: Indices
    n_groups: int


@dataclass(frozen=True, slots=True)
class GroupResiduals:
    """How far pupils stand from the mean of their prior group.

    Attributes
    ----------
    group_mean : ndarray, shape (n_groups,)
        Mean outcome of each group.
    mean : ndarray, shape (n_schools,)
        Mean residual of each school; NaN for a school without pupils.
    n : ndarray, shape (n_schools,)
        Pupils.
    sd : float
        SD of the residuals over all pupils, divisor N.
    """

    group_mean: Floats
    mean: Floats
    n: Indices
    sd: float


def group_by_quantiles(prior: Indices, *, n: Indices, n_groups: int) -> PriorGroups:
    """Group the cells of a histogram by quantiles of the prior over all pupils.

    Parameters
    ----------
    prior, n : ndarray, shape (n_cells,)
        Prior score, and pupils with it, at least 1.
    n_groups : int
        Groups asked for, at least 1.

    Examples
    --------
    >>> groups = group_by_quantiles(np.array([10, 20, 20, 30]), n=np.array([1, 5, 1, 1]),
    ...                             n_groups=4)
    >>> groups.group.tolist(), groups.n.tolist()
    ([0, 0, 0, 1], [7, 1])
    """
    score, place = np.unique(prior, return_inverse=True)
    pupils = np.bincount(place, weights=n).astype(np.int64)
    everybody = GroupedScores(
        group=np.zeros(score.size, dtype=np.int64), score=score, n=pupils, n_groups=1
    )
    # Rounded: a quantile that is a score has to compare as that score.
    bounds = [
        round(float(quantile_of(everybody, share=k / n_groups)[0]), 6)
        for k in range(n_groups + 1)
    ]
    inner = np.unique(bounds)[1:-1]
    # Numbered anew, because between two bounds there may be nobody.
    _, of_score = np.unique(np.searchsorted(inner, score, side="left"), return_inverse=True)
    group = of_score[place].astype(np.int64)
    count = np.bincount(group, weights=n).astype(np.int64)
    return PriorGroups(group=group, n=count, n_groups=count.size)


def estimate_group_residuals(
    groups: PriorGroups, *, school: Indices, current: Floats, n: Indices, n_schools: int
) -> GroupResiduals:
    """Estimate each school's mean residual from the mean of the prior groups.

    Parameters
    ----------
    groups : PriorGroups
        Of the cells.
    school, current, n : ndarray, shape (n_cells,)
        Index of the school, outcome, and pupils of each cell.
    n_schools : int

    Examples
    --------
    >>> groups = PriorGroups(np.array([0, 0, 1]), np.array([3, 1]), n_groups=2)
    >>> residuals = estimate_group_residuals(groups, school=np.array([0, 1, 1]),
    ...     current=np.array([60.0, 66.0, 80.0]), n=np.array([2, 1, 1]), n_schools=2)
    >>> residuals.group_mean.tolist(), residuals.mean.tolist()
    ([62.0, 80.0], [-2.0, 2.0])
    """
    total = np.bincount(groups.group, weights=n * current, minlength=groups.n_groups)
    group_mean = total / groups.n
    residual = current - group_mean[groups.group]
    pupils = np.bincount(school, weights=n, minlength=n_schools)
    summed = np.bincount(school, weights=n * residual, minlength=n_schools)
    return GroupResiduals(
        group_mean=group_mean,
        mean=summed / np.where(pupils > 0, pupils, np.nan),
        n=pupils.astype(np.int64),
        sd=float(np.sqrt((n @ residual**2) / n.sum())),
    )
