"""The fairness gauge: how far the estimates go along with the schools' intakes."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.interval import Z95

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


def fairness_interval(
    r: float | None, *, n_schools: int
) -> tuple[float, float] | tuple[None, None]:
    """Return the 95 % interval of a gauge over so many schools, by Fisher's transformation.

    Both ends are None where the gauge is undefined or rests on three schools or fewer.

    Examples
    --------
    >>> [round(end, 2) for end in fairness_interval(0.35, n_schools=40)]
    [0.04, 0.6]
    """
    if r is None or n_schools <= 3 or abs(r) >= 1:
        return None, None
    centre, half = math.atanh(r), Z95 / math.sqrt(n_schools - 3)
    return math.tanh(centre - half), math.tanh(centre + half)
