"""Verdicts on a school's effect, by its index = estimate / standard error."""

import numpy as np
from numpy.typing import NDArray

VERDICTS = ("well_above", "above", "as_expected", "below", "well_below")
"""Best first."""

VERDICT_FROM = (2.0, 1.0, -1.0, -2.0)
"""Least index of each verdict but the last."""

NO_DIFFERENCE = "no_difference_found"
"""Verdict on every school when the variance between schools is estimated as 0."""

SIDE = {
    "well_above": "above",
    "above": "above",
    "as_expected": "as_expected",
    "below": "below",
    "well_below": "below",
    NO_DIFFERENCE: NO_DIFFERENCE,
}
"""On which side of what was expected each verdict lies."""


def judge_index(index: NDArray[np.float64]) -> NDArray[np.str_]:
    """Return the verdict of each index; a tie goes to the better level.

    Examples
    --------
    >>> judge_index(np.array([2.0, -1.0, -2.0])).tolist()
    ['well_above', 'as_expected', 'below']
    """
    # Counted from the bottom: each bound that is reached is one level up.
    levels_up = np.sum(index[:, None] >= np.array(VERDICT_FROM), axis=1)
    verdict: NDArray[np.str_] = np.array(VERDICTS[::-1])[levels_up]
    return verdict
