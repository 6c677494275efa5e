"""What an estimate was before it was shrunk toward 0 by its reliability.

A shrunken effect is B r with r the raw one; its posterior variance is B v with v the error
variance of r. So r = effect / B and v = se^2 / B: what an analysis needs that shrinks anew.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Unshrunken:
    """Raw estimates and their standard errors, shape (n_units,)."""

    estimate: Floats
    se: Floats


def undo_shrinkage(estimate: Floats, *, se: Floats, reliability: Floats) -> Unshrunken:
    """Return raw estimates with their standard errors.

    Parameters
    ----------
    estimate, se : ndarray, shape (n_units,)
        Shrunken estimates and their posterior standard deviations.
    reliability : ndarray, shape (n_units,)
        B, above 0 to 1; where it is 0 nothing of the raw estimate is left: NaN.

    Examples
    --------
    >>> raw = undo_shrinkage(np.array([0.4]), se=np.array([0.2]), reliability=np.array([0.8]))
    >>> raw.estimate.item(), raw.se.round(4).item()
    (0.5, 0.2236)
    """
    factor = np.where(reliability > 0, reliability, np.nan)
    return Unshrunken(estimate=estimate / factor, se=se / np.sqrt(factor))
