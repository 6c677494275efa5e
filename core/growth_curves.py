"""The curves of a growth chart: current scores that a percentile takes, start by start.

A score has the growth percentile p when p of the 100 fitted quantiles lie strictly below it, so
the scores of percentile p lie between the p-th and the next quantile. The curve is the middle
of the two: a pupil on the curve of 50 has the percentile 50 wherever the two differ.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.numerics.growth_percentile import GrowthPercentiles

Floats = NDArray[np.float64]

PERCENTILES = (10, 25, 50, 75, 90)
"""Curves that are drawn, as paediatricians draw them."""


def curves_of(found: GrowthPercentiles) -> pd.DataFrame:
    """Return the curves of growth percentiles over one prior score.

    Returns
    -------
    DataFrame
        percentile, start (prior score) and score (current score), in points, ascending: one
        row per curve and prior score that occurs. Curves never cross.

    Examples
    --------
    >>> from core.numerics.growth_percentile import growth_percentiles
    >>> prior, current = np.repeat([10.0, 20.0], 3), np.array([1.0, 2, 3, 4, 5, 6])
    >>> pupils = np.array([25, 50, 25, 10, 80, 10])
    >>> curves = curves_of(growth_percentiles(prior[:, None], current=current, n=pupils))
    >>> curves[curves["percentile"] == 50].to_numpy().tolist()
    [[50.0, 10.0, 2.0], [50.0, 20.0, 5.0]]
    """
    start = found.start[:, 0]
    places = np.array(PERCENTILES)
    score = (found.quantile[places - 1] + found.quantile[places]) / 2
    return pd.DataFrame(
        {
            "percentile": places.repeat(start.size),
            "start": np.tile(start, places.size),
            "score": score.ravel(),
        }
    )


def curve_at(curves: pd.DataFrame, start: Floats, *, percentile: int) -> Floats:
    """Return the score of a curve at any starts; between two that occur, in proportion.

    Parameters
    ----------
    curves : DataFrame
        percentile, start, score.
    start : ndarray
        Prior scores, in points; NaN stays NaN.

    Examples
    --------
    >>> rows = {"percentile": 50, "start": [10.0, 20.0], "score": [2.0, 5.0]}
    >>> curve_at(pd.DataFrame(rows), np.array([15.0]), percentile=50).tolist()
    [3.5]
    """
    own = curves[curves["percentile"] == percentile]
    at: Floats = np.interp(start, own["start"], own["score"])
    return at
