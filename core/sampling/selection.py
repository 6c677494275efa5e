"""Drawing units with chances in proportion to their size, at equal steps from one start.

Of units with sizes M_j, n are drawn. A unit with n M_j >= sum M is certain: it is taken out,
and the rest share the rest of the sample. The chances pi_j = n M_j / sum M are laid end to
end on a line of length n; with one start u in [0, 1), the units at u, u + 1, .. are drawn.
Each unit is drawn with chance pi_j exactly, and neighbours are seldom drawn together.

References
----------
Madow (1949). On the theory of systematic sampling, II. Annals of Mathematical Statistics 20.
Särndal, Swensson & Wretman (1992). Model Assisted Survey Sampling, ch. 3.6.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def inclusion_probability(size: Floats, *, n_drawn: int) -> Floats:
    """Return each unit's chance to be drawn, shape (n_units,); 1 for those that are certain.

    Parameters
    ----------
    size : ndarray, shape (n_units,)
        Above 0.
    n_drawn : int
        0 to n_units; the chances sum to it.

    Examples
    --------
    >>> inclusion_probability(np.array([10.0, 20, 30, 140]), n_drawn=3).round(3).tolist()
    [0.333, 0.667, 1.0, 1.0]
    """
    chance = np.zeros(size.size)
    open_, left = np.full(size.size, True), n_drawn
    while left > 0:
        chance[open_] = left * size[open_] / size[open_].sum()
        # A hair below 1 is 1: 3 x (1/3) of the whole.
        certain = open_ & (chance >= 1 - 1e-12)
        if not certain.any():
            break
        chance[certain] = 1.0
        open_ &= ~certain
        left -= int(certain.sum())
    return chance


def select_systematic(chance: Floats, *, start: float) -> Flags:
    """Return which units are drawn, shape (n_units,), at steps of 1 from ``start``.

    Parameters
    ----------
    chance : ndarray, shape (n_units,)
        Chances of 0 to 1, which sum to a whole number.
    start : float
        Drawn evenly from 0 to 1, 1 excluded.

    Examples
    --------
    >>> chance = np.array([0.5, 0.25, 0.75, 0.5, 1.0])
    >>> select_systematic(chance, start=0.6).tolist()
    [False, True, False, True, True]
    """
    drawn = chance >= 1
    rest = np.flatnonzero(~drawn)
    if rest.size:
        end = np.cumsum(chance[rest])
        end[-1] = np.round(end[-1])  # the sum is whole; rounding must not lose the last place
        steps = np.floor(end) + (end % 1 > start)  # how many of u, u + 1, .. lie before the end
        drawn[rest] = np.diff(steps, prepend=0.0) > 0
    return drawn
