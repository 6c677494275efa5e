"""Moments, shares and quantiles of many groups at once, from their score histograms.

A histogram has one row per group and score with the number of pupils; for group g

    N = sum n,    mean = sum n y / N,    sd = sqrt(sum n (y - mean)^2 / N)

and the quantile q lies at position h = q (N - 1) of the sorted pupils, between its two
neighbours in proportion. Scores and results are in the unit of the histogram.

References
----------
Hyndman & Fan (1996). Sample quantiles in statistical packages. American Statistician 50,
361-365 (definition 7, linear interpolation).
David & Nagaraja (2003). Order Statistics, 3rd ed., section 7.1 (interval of a quantile).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.interval import Interval

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
    """Compute pupils, mean and spread of each group.

    Examples
    --------
    >>> rows = np.array([[0, 60, 1], [0, 80, 3], [1, 50, 2]])
    >>> scores = GroupedScores(rows[:, 0], rows[:, 1], rows[:, 2], n_groups=2)
    >>> summarise_scores(scores).mean.tolist()
    [75.0, 50.0]
    """
    return summarise_values(scores, value=scores.score.astype(np.float64))


def summarise_values(scores: GroupedScores, *, value: Floats) -> ScoreSummary:
    """Compute pupils, mean and spread of any function of the score.

    Parameters
    ----------
    scores : GroupedScores
        Histograms.
    value : ndarray, shape (n_rows,)
        What a pupil of each row counts for, such as points for reaching several lines.

    Examples
    --------
    >>> rows = np.array([[0, 60, 1], [0, 80, 3]])
    >>> scores = GroupedScores(rows[:, 0], rows[:, 1], rows[:, 2], n_groups=1)
    >>> summarise_values(scores, value=np.where(scores.score >= 70, 2.0, 1.0)).mean.tolist()
    [1.75]
    """
    n = _count(scores)
    pupils = np.where(n > 0, n, np.nan)
    mean = _sum(scores, scores.n * value) / pupils
    square = (value - mean[scores.group]) ** 2  # about the mean: nothing cancels
    sum_of_squares = _sum(scores, scores.n * square)
    variance_of_mean = sum_of_squares / np.where(n > 1, (n - 1.0) * n, np.nan)
    return ScoreSummary(
        n=n,
        mean=mean,
        sd=np.sqrt(sum_of_squares / pupils),
        se=np.sqrt(variance_of_mean),
    )


def count_reaching(scores: GroupedScores, *, line: Indices | Floats) -> Indices:
    """Count the pupils of each group with a score of at least ``line``, shape (n_groups,).

    Examples
    --------
    >>> rows = np.array([[0, 60, 1], [0, 80, 3], [1, 50, 2]])
    >>> scores = GroupedScores(rows[:, 0], rows[:, 1], rows[:, 2], n_groups=2)
    >>> count_reaching(scores, line=np.array([80, 40])).tolist()
    [3, 2]
    """
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

    Examples
    --------
    >>> rows = np.array([[0, 60, 1], [0, 80, 3], [1, 50, 2]])
    >>> scores = GroupedScores(rows[:, 0], rows[:, 1], rows[:, 2], n_groups=2)
    >>> quantile_of(scores, share=0.25).tolist()
    [75.0, 50.0]
    """
    n = _count(scores)
    place = share * np.maximum(n - 1.0, 0.0)
    below = np.floor(place).astype(np.int64)
    low = _score_at(scores, n=n, place=below)
    high = _score_at(scores, n=n, place=np.minimum(below + 1, n - 1))
    quantile: Floats = low + (place - below) * (high - low)
    return quantile


def score_of_best(scores: GroupedScores, *, n_best: int) -> Floats:
    """Return the score of each group's pupil number ``n_best``, counted from the top.

    The lowest score where the group is smaller than that; NaN without pupils.

    Examples
    --------
    >>> rows = np.array([[0, 60, 1], [0, 80, 3], [1, 50, 2]])
    >>> scores = GroupedScores(rows[:, 0], rows[:, 1], rows[:, 2], n_groups=2)
    >>> score_of_best(scores, n_best=3).tolist()
    [80.0, 50.0]
    """
    n = _count(scores)
    return _score_at(scores, n=n, place=np.maximum(n - n_best, 0))


def quantile_interval(scores: GroupedScores, *, share: float) -> Interval:
    """Return 95 % intervals of the quantiles between two pupils of the sorted group.

    The ends are scores that occur, chosen by the binomial law, so nothing is assumed of the
    shape of the scores; the interval covers in at least 95 %. NaN where the group is too small
    to have such pupils (for the median, under 6).

    Parameters
    ----------
    scores : GroupedScores
        Histograms.
    share : float
        0 to 1, both excluded; 0.5 is the median.

    Examples
    --------
    >>> ten = np.arange(1, 11)
    >>> scores = GroupedScores(np.zeros(10, int), ten, np.ones(10, int), n_groups=1)
    >>> ends = quantile_interval(scores, share=0.5)
    >>> ends.low.item(), ends.high.item()
    (2.0, 9.0)
    """
    from scipy.stats import binom  # slow to import, and most figures have no such interval

    n = _count(scores)
    tails = np.asarray(binom.ppf([[0.025], [0.975]], n, share))
    first, last = tails.astype(np.int64)
    exists = (first >= 1) & (last < n)
    low = _score_at(scores, n=n, place=np.maximum(first - 1, 0))
    high = _score_at(scores, n=n, place=np.clip(last, 0, n - 1))
    return Interval(low=np.where(exists, low, np.nan), high=np.where(exists, high, np.nan))


def mean_between(scores: GroupedScores, *, low: float, high: float) -> Floats:
    """Return the mean of the pupils between two shares of each group, lowest first.

    A pupil who stands across a boundary counts with the part inside. NaN without pupils.

    Parameters
    ----------
    scores : GroupedScores
        Histograms.
    low, high : float
        Shares of the pupils, 0 <= low < high <= 1.

    Examples
    --------
    >>> ten = np.arange(1, 11)
    >>> scores = GroupedScores(np.zeros(10, int), ten, np.ones(10, int), n_groups=1)
    >>> mean_between(scores, low=0.05, high=0.3).tolist()
    [2.2]
    """
    n = _count(scores)
    start = np.cumsum(n) - n
    end_of_row = np.cumsum(scores.n) - start[scores.group]
    first, last = low * n[scores.group], high * n[scores.group]
    inside = np.minimum(end_of_row, last) - np.maximum(end_of_row - scores.n, first)
    weight = np.maximum(inside, 0.0)
    pupils = _sum(scores, weight)
    return _sum(scores, weight * scores.score) / np.where(pupils > 0, pupils, np.nan)


def _score_at(scores: GroupedScores, *, n: Indices, place: Indices) -> Floats:
    """Return the score at a place of each sorted group, 0 first; NaN without pupils."""
    found = np.full(scores.n_groups, np.nan)
    filled = np.flatnonzero(n)
    if not filled.size:
        return found
    # Pupils of all groups stand in one queue; a place in a group is a place in the queue.
    queue, start = np.cumsum(scores.n), np.cumsum(n) - n
    row = np.searchsorted(queue, start[filled] + place[filled], side="right")
    found[filled] = scores.score[row]
    return found


def _sum(scores: GroupedScores, weight: Floats) -> Floats:
    total = np.bincount(scores.group, weights=weight, minlength=scores.n_groups)
    return total.astype(np.float64)


def _count(scores: GroupedScores) -> Indices:
    # bincount adds in floating point, exact for whole numbers up to 2**53.
    return np.bincount(scores.group, weights=scores.n, minlength=scores.n_groups).astype(
        np.int64
    )
