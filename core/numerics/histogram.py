"""Moments, shares and quantiles of many groups at once, from their score histograms.

A histogram has one row per group and score with the number of pupils; for group g

    N = sum n,    mean = sum n y / N,    sd = sqrt(sum n (y - mean)^2 / N)

and the quantile q lies at position h = q (N - 1) of the sorted pupils, between its two
neighbours in proportion. Scores and results are in the unit of the histogram.

References
----------
Hyndman & Fan (1996). Sample quantiles in statistical packages. American Statistician 50,
361-365 (definition 7, linear interpolation).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class GroupedScores:
    """Histograms of all groups, sorted by group, then by score.

    Attributes
    ----------
    group : ndarray, shape (n_rows,)
        Index of the group, 0 to n_groups - 1; not all groups need to occur.
    score, n : ndarray, shape (n_rows,)
        Score, and pupils with it, at least 0.
    n_groups : int
        Groups in all.
    """

    group: Indices
    score: Indices
    n: Indices
    n_groups: int


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """Pupils, mean and spread, shape (n_groups,); NaN for a group without pupils.

    Attributes
    ----------
    n : ndarray
        Pupils with a score.
    mean, sd : ndarray
        Mean, and standard deviation with divisor n.
    se : ndarray
        Standard error of the mean, from the divisor n - 1; NaN for one pupil.
    """

    n: Indices
    mean: Floats
    sd: Floats
    se: Floats


def summarise_scores(scores: GroupedScores) -> ScoreSummary:
    """Compute pupils, mean and spread of each group."""
    n = _count(scores, scores.n)
    pupils = np.where(n > 0, n, np.nan)
    mean = _count(scores, scores.n * scores.score) / pupils
    square = (scores.score - mean[scores.group]) ** 2  # about the mean: nothing cancels
    sum_of_squares = np.bincount(
        scores.group, weights=scores.n * square, minlength=scores.n_groups
    )
    variance_of_mean = sum_of_squares / np.where(n > 1, (n - 1.0) * n, np.nan)
    return ScoreSummary(
        n=n,
        mean=mean,
        sd=np.sqrt(sum_of_squares / pupils),
        se=np.sqrt(variance_of_mean),
    )


def count_reaching(scores: GroupedScores, *, line: Indices) -> Indices:
    """Count the pupils of each group with a score of at least ``line``, shape (n_groups,)."""
    reached = scores.score >= line[scores.group]
    group, n = scores.group[reached], scores.n[reached]
    return np.bincount(group, weights=n, minlength=scores.n_groups).astype(np.int64)


def quantile_of(scores: GroupedScores, *, share: float) -> Floats:
    """Return the quantile of each group by linear interpolation; NaN without pupils.

    Parameters
    ----------
    scores : GroupedScores
        Histograms.
    share : float
        0 to 1; 0.5 is the median.
    """
    n = _count(scores, scores.n)
    quantile = np.full(scores.n_groups, np.nan)
    filled = np.flatnonzero(n)
    if not filled.size:
        return quantile
    place = share * (n[filled] - 1.0)
    below = np.floor(place).astype(np.int64)
    # Pupils of all groups stand in one queue; a place in a group is a place in the queue.
    queue, start = np.cumsum(scores.n), (np.cumsum(n) - n)[filled]
    low = scores.score[np.searchsorted(queue, start + below, side="right")]
    after = start + np.minimum(below + 1, n[filled] - 1)
    high = scores.score[np.searchsorted(queue, after, side="right")]
    quantile[filled] = low + (place - below) * (high - low)
    return quantile


def _count(scores: GroupedScores, weight: Indices) -> Indices:
    # bincount adds in floating point, exact for whole numbers up to 2**53.
    total = np.bincount(scores.group, weights=weight, minlength=scores.n_groups)
    return total.astype(np.int64)
