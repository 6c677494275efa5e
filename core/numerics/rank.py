"""Ranks inside a comparison group: competition ranks, and the size of its bottom 20 %."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Floats = NDArray[np.float64]

MIN_JUDGED = 5
"""Groups with fewer units are listed, not judged."""


def competition_rank(value: Floats) -> Floats:
    """Return ranks with the highest value first and ties sharing the better place: 1, 2, 2, 4.

    Parameters
    ----------
    value : ndarray, shape (n_units,)
        Higher is better; NaN has no rank, and takes no place from others.

    Examples
    --------
    >>> competition_rank(np.array([5.0, 7.0, 5.0, np.nan, 1.0])).tolist()
    [2.0, 1.0, 2.0, nan, 4.0]
    """
    rank: Floats = rankdata(-value, method="min", nan_policy="omit").astype(np.float64)
    return rank


def bottom_count(n_units: int, *, share: float = 0.2) -> int:
    """Return how many places of a group are its bottom share: at least one of five or more.

    Examples
    --------
    >>> [bottom_count(n) for n in (4, 5, 9, 10, 24)]
    [0, 1, 1, 2, 4]
    """
    if n_units < MIN_JUDGED:
        return 0
    # Nudged, because 0.2 x 15 is a hair above 3 and 0.29 x 100 a hair below 29.
    return max(1, math.floor(share * n_units + 1e-9))
