"""Growth percentiles: where a score stands among pupils who started alike, from 1 to 99.

For tau = 0.005, 0.015 .. 0.995 the tau-quantile of the current score y is a sum of one cubic
spline per prior score x,

    Q_tau(y | x) = b0 + sum_k B_k(x_k)' b_k

The 100 fitted quantiles of a start are sorted and rounded to five decimals; the percentile is
the number of them strictly below y, where 0 becomes 1 and 100 becomes 99. Each fit passes
exactly through some cells, so without rounding noise of the last digit would decide whether
such a pupil has reached a quantile. Scores are in points with at most four decimals.

References
----------
Betebenner (2009). Norm- and criterion-referenced student growth. Educational Measurement:
Issues and Practice 28(4), 42-51. Chernozhukov, Fernandez-Val & Galichon (2010). Quantile and
probability curves without crossing. Econometrica 78, 1093-1125 (sorting).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.numerics.b_spline import SplineKnots, place_knots, spline_columns
from core.numerics.quantile_regression import WeightedCells, fit_quantiles

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

TAUS: Floats = (np.arange(100) + 0.5) / 100
"""The quantiles that are fitted; the percentile k lies between the k-th and the next."""

DECIMALS = 5
LOWEST, HIGHEST = 1, 99

MIN_OUTCOME_VALUES = 2
"""Fewest different current scores: with one, nobody grew more than others."""


@dataclass(frozen=True, slots=True)
class GrowthPercentiles:
    """Percentiles of cells, and the curves that they come from.

    Attributes
    ----------
    percentile : ndarray, shape (n_cells,)
        Growth percentile of each cell, 1 to 99, in the order of the input.
    start : ndarray, shape (n_starts, n_priors)
        Different combinations of prior scores, ascending.
    quantile : ndarray, shape (100, n_starts)
        Fitted quantiles of the current score at each start, sorted and rounded: the scores that
        a percentile takes.
    loss : ndarray, shape (100,)
        Check loss of each fit, in points x pupils.
    knots : tuple of SplineKnots
        One per prior score.
    n_columns, rank : int
        Columns of the design, and how many of them the prior scores can tell apart.
    """

    percentile: Indices
    start: Floats
    quantile: Floats
    loss: Floats
    knots: tuple[SplineKnots, ...]
    n_columns: int
    rank: int


def growth_percentiles(priors: Floats, *, current: Floats, n: Indices) -> GrowthPercentiles:
    """Compute the growth percentile of each cell of a joint histogram, or of pupil rows.

    With one prior, counted cells are as good as pupils and far fewer. With two or more, hardly
    two pupils are alike; then the cells are pupil rows with n = 1, or a sample of them.

    Parameters
    ----------
    priors : ndarray, shape (n_cells, n_priors)
        Prior scores, in points.
    current : ndarray, shape (n_cells,)
        Current score, in points.
    n : ndarray, shape (n_cells,)
        Pupils, at least 0. Cells of 0 have no say in the curves; their percentile means
        something where pupils have the same prior scores.

    Raises
    ------
    NotEstimableError
        When a prior score or the current one does not differ between pupils.
    DataError
        When a cell of 0 pupils lies beyond the boundaries of the others.

    Examples
    --------
    >>> prior, current = np.repeat([10.0, 20.0], 3), np.array([1.0, 2, 3, 4, 5, 6])
    >>> pupils = np.array([25, 50, 25, 10, 80, 10])
    >>> growth = growth_percentiles(prior[:, None], current=current, n=pupils)
    >>> growth.percentile.tolist(), growth.rank
    ([1, 25, 75, 1, 10, 90], 2)
    """
    different = np.unique(current[n > 0]).size
    if different < MIN_OUTCOME_VALUES:
        raise NotEstimableError(
            f"Growth needs current scores that differ (found: different values {different}, "
            f"required {MIN_OUTCOME_VALUES}). Choose another exam or subject.",
            f"增长计算需要有差异的当前成绩（不同的分值 {different} 个，"
            f"至少需要 {MIN_OUTCOME_VALUES} 个）。请换一次考试或一个学科。",
        )
    knots = tuple(place_knots(prior, n=n) for prior in priors.T)
    start, row = np.unique(priors, axis=0, return_inverse=True)
    curves = [
        spline_columns(x, knots=its_knots) for x, its_knots in zip(start.T, knots, strict=True)
    ]
    design = np.column_stack([np.ones(len(start)), *curves])
    fits = fit_quantiles(
        design, cells=WeightedCells(row=row, y=current, weight=n.astype(float)), taus=TAUS
    )
    quantile = np.sort(fits.fit, axis=0).round(DECIMALS)
    return GrowthPercentiles(
        percentile=_count_below(current, quantile=quantile, row=row),
        start=start,
        quantile=quantile,
        loss=fits.loss,
        knots=knots,
        n_columns=design.shape[1],
        rank=fits.rank,
    )


def _count_below(y: Floats, *, quantile: Floats, row: Indices) -> Indices:
    """Count the quantiles strictly below each score, between 1 and 99."""
    count = np.zeros(y.size, dtype=np.int64)
    for of_tau in quantile:  # one tau at a time: all at once would take 100 rows of memory
        count += of_tau[row] < y
    return count.clip(LOWEST, HIGHEST)
