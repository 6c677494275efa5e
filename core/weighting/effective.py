"""Effective weights: how much each indicator decides, beside how much it is said to count.

With c_j = sum_k w_k v_jk, the variance of the composite over the schools of a group is a sum:

    var(c) = sum_k cov(w_k v_k, c),    effective_k = cov(w_k v_k, c) / var(c)

The shares sum to 1. A share is negative where an indicator runs against the composite. Nominal
and effective weights are equal when the indicators have equal spreads and correlations; after
``share_of_best`` the one with the widest spread decides, whatever its weight says.

References
----------
Paruolo, Saisana & Saltelli (2013). Ratings and rankings: voodoo or science? Journal of the
Royal Statistical Society A 176, 609-634.
"""

import numpy as np
from numpy.typing import NDArray

from core.weighting.aggregate import Terms
from core.weighting.normalise import SAME

Floats = NDArray[np.float64]


def effective_weights(terms: Terms) -> Floats:
    """Return each indicator's share of the composite's variance.

    Of a geometric mean, the variance of its logarithm is shared out.

    Parameters
    ----------
    terms : Terms
        Of the schools of one comparison group.

    Returns
    -------
    ndarray, shape (n_indicators,)
        Sum 1; NaN when the composite does not differ between the schools.

    Examples
    --------
    >>> value = np.array([[1.0, 10.0], [2.0, 30.0], [3.0, 50.0]])
    >>> halves = np.array([0.5, 0.5])
    >>> effective_weights(Terms(value, halves, is_log=False)).round(3).tolist()
    [0.048, 0.952]
    """
    parts = terms.value * terms.weights
    whole = parts.sum(axis=1)
    scale = np.abs(parts).max(initial=0.0)
    if whole.size < 2 or np.ptp(whole) <= SAME * scale:
        return np.full(terms.weights.size, np.nan)
    centred = whole - whole.mean()
    covariance = (parts - parts.mean(axis=0)).T @ centred
    shares: Floats = covariance / covariance.sum()
    return shares
