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


def judge_index(index: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return the verdict of each index; a tie goes to the better level, NaN has none.

    The bounds are the same however few the schools are. An interval by Student's t is wider
    than 2 errors up to 61 schools: where it holds 0, it decides and not the verdict.

    Examples
    --------
    >>> judge_index(np.array([2.0, -1.0, -2.0])).tolist()
    ['well_above', 'as_expected', 'below']
    >>> judge_index(np.array([np.nan])).tolist()
    [nan]
    """
    # Counted from the bottom: each bound that is reached is one level up.
    levels_up = np.sum(index[:, None] >= np.array(VERDICT_FROM), axis=1)
    verdict = np.array(VERDICTS[::-1], dtype=object)[levels_up]
    # Every comparison with NaN is false, which would read as the worst level.
    judged: NDArray[np.object_] = np.where(np.isnan(index), np.nan, verdict)
    return judged
