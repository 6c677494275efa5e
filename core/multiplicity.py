"""Many tests at once: p values adjusted so that few of those flagged are false.

The adjusted value of a test is the least false discovery rate at which it is flagged
(Benjamini-Hochberg): with p sorted, q_(i) = min over k >= i of (m / k) p_(k).

References
----------
Benjamini & Hochberg (1995). Controlling the false discovery rate. Journal of the Royal
Statistical Society B 57, 289-300.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FALSE_DISCOVERY_RATE = 0.05
"""Expected share of false flags among the flags of one table."""


def adjust_q(p: Floats) -> Floats:
    """Adjust p values by Benjamini-Hochberg over all that are given.

    Parameters
    ----------
    p : ndarray, any shape
        P values, 0 to 1; NaN stays NaN and counts for no test.

    Returns
    -------
    ndarray, shape of ``p``
        Adjusted values, 0 to 1; flag those of at most ``FALSE_DISCOVERY_RATE``.

    Examples
    --------
    >>> adjust_q(np.array([0.01, np.nan, 0.04, 0.03])).round(3).tolist()
    [0.03, nan, 0.04, 0.04]
    """
    from statsmodels.stats.multitest import multipletests

    q = np.full(p.shape, np.nan)
    known = ~np.isnan(p)
    if known.any():
        q[known] = multipletests(p[known], method="fdr_bh")[1]
    return q
