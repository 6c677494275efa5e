"""Cubic B-spline basis of a prior score: knots from the pupils, columns as R's ``bs`` has them.

Inner knots lie at the 20, 40, 60 and 80 % points of the pupils' scores, outer ones a tenth of
the range beyond the lowest and highest score; all are rounded to three decimals. Scores in
hundredths give points with three decimals at most, so that rounding only removes noise of the
arithmetic and the two habits for halves (R's nearest decimal, here to even) never differ.

References
----------
de Boor (2001). A Practical Guide to Splines, chapter IX. Betebenner (2009). Norm- and
criterion-referenced student growth. Educational Measurement 28(4), 42-51.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import BSpline

from core.errors import DataError, NotEstimableError
from core.numerics.histogram import GroupedScores, quantile_of

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

KNOT_SHARES = (0.2, 0.4, 0.6, 0.8)
STRETCH = 0.1
DECIMALS = 3
CUBIC = 3

MIN_PRIOR_VALUES = 2
"""Fewest different prior scores: with one, nobody started lower or higher than others."""


@dataclass(frozen=True, slots=True)
class SplineKnots:
    """Where the pieces of the curve meet, in the unit of the score.

    Attributes
    ----------
    inner : tuple of float
        Rising; fewer than four when share points fall together.
    low, high : float
        Boundaries, beyond all scores.
    n_dropped : int
        Share points that fell together with another.
    """

    inner: tuple[float, ...]
    low: float
    high: float
    n_dropped: int


def place_knots(value: Floats, *, n: Indices) -> SplineKnots:
    """Place the knots at share points of the pupils' scores.

    Parameters
    ----------
    value : ndarray, shape (n_values,)
        Prior scores, in any order; may repeat.
    n : ndarray, shape (n_values,)
        Pupils with each, at least 0.

    Raises
    ------
    NotEstimableError
        When the scores of the pupils are all equal.

    References
    ----------
    Hyndman & Fan (1996), definition 7, over pupils.

    Examples
    --------
    >>> knots = place_knots(np.array([10.0, 20.0, 30.0]), n=np.array([1, 3, 1]))
    >>> knots.inner, knots.low, knots.high, knots.n_dropped
    ((18.0, 20.0, 22.0), 8.0, 32.0, 1)
    """
    found, place = np.unique(value[n > 0], return_inverse=True)
    if found.size < MIN_PRIOR_VALUES:
        raise NotEstimableError(
            f"Growth needs prior scores that differ (found: different values {found.size}, "
            f"required {MIN_PRIOR_VALUES}). Choose another baseline exam or subject.",
            f"增长计算需要有差异的先前成绩（不同的分值 {found.size} 个，"
            f"至少需要 {MIN_PRIOR_VALUES} 个）。请换一次基线考试或一个学科。",
        )
    # The share points are found among the places 0, 1, 2 ... of the scores, then read off.
    pupils = np.bincount(place, weights=n[n > 0]).astype(np.int64)
    places = np.arange(found.size)
    group = GroupedScores(group=np.zeros_like(places), score=places, n=pupils, n_groups=1)
    at = [float(quantile_of(group, share=share)[0]) for share in KNOT_SHARES]
    points = np.interp(at, places, found).round(DECIMALS)
    margin = STRETCH * (found[-1] - found[0])
    low, high = np.round([found[0] - margin, found[-1] + margin], DECIMALS).tolist()
    inner = np.unique(points)
    inner = inner[(inner > low) & (inner < high)]
    return SplineKnots(
        inner=tuple(inner.tolist()), low=low, high=high, n_dropped=points.size - inner.size
    )


def spline_columns(value: Floats, *, knots: SplineKnots) -> Floats:
    """Return the cubic basis without its first column, as R's ``bs`` without intercept.

    Together with a column of ones the columns span all cubic splines of these knots.

    Parameters
    ----------
    value : ndarray, shape (n,)
        Scores within the boundaries.
    knots : SplineKnots
        As ``place_knots`` returns them.

    Returns
    -------
    ndarray, shape (n, 3 + number of inner knots)

    Raises
    ------
    DataError
        When scores lie beyond the boundaries.

    Examples
    --------
    >>> knots = SplineKnots(inner=(5.0,), low=0.0, high=10.0, n_dropped=0)
    >>> spline_columns(np.array([0.0, 5.0]), knots=knots).tolist()
    [[0.0, 0.0, 0.0, 0.0], [0.25, 0.5, 0.25, 0.0]]
    """
    outside = int(np.sum(~((value >= knots.low) & (value <= knots.high))))
    if outside:
        raise DataError(
            f"Prior scores outside {knots.low:g} to {knots.high:g}: {outside} of {value.size}. "
            "Place the knots by the scores they are used for.",
            f"先前成绩超出 {knots.low:g} 至 {knots.high:g}：{value.size} 个中有 {outside} 个。"
            "请用这些成绩本身确定节点。",
        )
    ends = CUBIC + 1
    all_knots = np.r_[[knots.low] * ends, knots.inner, [knots.high] * ends]
    full: Floats = BSpline.design_matrix(value, all_knots, CUBIC).toarray()
    return full[:, 1:]
