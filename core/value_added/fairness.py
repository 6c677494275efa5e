"""The fairness gauge: how far the estimates go along with the schools' intakes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

MIN_SCHOOLS_FAIRNESS = 5
"""Fewest schools over which a correlation with intake says anything."""

UNFAIR = 0.3
"""|r| of estimate and mean prior above which the comparison favours some intakes."""

NO_SPREAD = 1e-12
"""SD over schools below which figures differ by rounding only."""


@dataclass(frozen=True, slots=True)
class FairnessGauge:
    """How the estimates of the schools go along with their mean prior.

    Attributes
    ----------
    r : float or None
        Correlation over schools; None when it is undefined.
    n_schools : int
        Schools with an estimate and a mean prior.
    warns : bool
        Whether |r| is above 0.3: positive favours strong intakes, negative weak ones.
    """

    r: float | None
    n_schools: int
    warns: bool


def gauge_fairness(schools: pd.DataFrame) -> FairnessGauge:
    """Return the fairness gauge of SCHOOL_EFFECTS rows.

    Examples
    --------
    >>> intake = [-1.0, -0.5, 0.0, 0.5, 1.0]
    >>> schools = pd.DataFrame({"estimate": [-0.1, 0.0, -0.1, 0.1, 0.1], "prior_mean": intake})
    >>> gauge = gauge_fairness(schools)
    >>> round(gauge.r, 2), gauge.warns
    (0.79, True)
    """
    r = fairness_of(schools)
    n_schools = len(schools.dropna(subset=["estimate", "prior_mean"]))
    return FairnessGauge(r=r, n_schools=n_schools, warns=r is not None and abs(r) > UNFAIR)


def fairness_of(schools: pd.DataFrame) -> float | None:
    """Return r(estimate, mean prior) over schools; None when one of them does not vary.

    Examples
    --------
    >>> fairness_of(pd.DataFrame({"estimate": [0.1, 0.2], "prior_mean": [0.0, 1.0]})) is None
    True
    """
    known = schools.dropna(subset=["estimate", "prior_mean"])
    if len(known) < MIN_SCHOOLS_FAIRNESS:
        return None
    if (known[["estimate", "prior_mean"]].std() < NO_SPREAD).any():
        return None
    return float(np.corrcoef(known["estimate"], known["prior_mean"])[0, 1])
