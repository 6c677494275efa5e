"""For whom each school does more: lowest against highest starts, over all schools."""

from dataclasses import dataclass

import pandas as pd

from pipeline.views.common import Place, Stamp

Why = tuple[str, str]
"""English and Chinese text of why something is missing."""


@dataclass(frozen=True, slots=True)
class DifferentialView:
    """Effects of all schools on their lowest and highest starts, and how the two differ.

    Attributes
    ----------
    schools : DataFrame
        school, name, township; n, estimate, low, high of the lowest fifth (``lowest_``) and of
        the highest (``highest_``), shrunken; difference (lowest less highest, as found, less
        that of all schools), diff_low, diff_high, q_value, flag (low_more high_more none),
        status. Largest difference first.
    n_fifths : int
        Fifths of the county; fewer than five where starts are coarse.
    n_compared, n_flagged, n_hidden : int
        Of all schools: with a difference, flagged, hidden for their size.
    p_all : float or None
        Chance that schools that all do alike differ as much as these.
    spread : float or None
        SD of the true differences between schools.
    why : tuple of str or None
    """

    stamp: Stamp
    path: tuple[Place, ...]
    schools: pd.DataFrame
    n_fifths: int
    n_compared: int
    n_flagged: int
    n_hidden: int
    p_all: float | None
    spread: float | None
    why: Why | None
