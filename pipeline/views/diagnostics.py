"""Diagnostics of one subject's value-added: whether assumptions hold, and who decides."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from pipeline.views.common import Stamp
from pipeline.views.items import ReliabilityFigures

Spread = Literal["equal", "wider", "narrower"]

COEFFICIENTS = ("intercept", "prior", "mean_prior")
"""Codes of the coefficients that a school can move; the last of ``contextual`` alone."""


@dataclass(frozen=True, slots=True)
class ResidualsPart:
    """Residuals of the pupils along the prior.

    Attributes
    ----------
    groups : DataFrame
        group (1 is the lowest prior), prior (mean z), n, mean, se, sd, status (ok suppressed);
        figures are null where the group is hidden.
    skewness, kurtosis : float or None
        Over all pupils, 0 and 0 for a normal law.
    group : int or None
        The group furthest off the line where that is a finding.
    ratio : float or None
        Spread in the upper third of the groups over that in the lower third.
    status : {"ok", "no_joint_histogram"}
    """

    groups: pd.DataFrame
    skewness: float | None
    kurtosis: float | None
    group: int | None
    ratio: float | None
    spread: Spread
    is_ceiling: bool
    status: Literal["ok", "no_joint_histogram"]


@dataclass(frozen=True, slots=True)
class NormalityPart:
    """The effects of the schools that may be shown, against normal quantiles.

    Attributes
    ----------
    schools : DataFrame
        school, name, standardised, expected, low, high, is_outside; lowest first.
    w, p : float or None
        The test of Shapiro and Wilk; p is rounded up.
    n_schools, n_outside : int
        Of all schools that may be shown in the county, whoever reads.
    status : str
        ok too_few_schools too_many_schools no_difference_found.
    """

    schools: pd.DataFrame
    w: float | None
    p: float | None
    n_schools: int
    n_outside: int
    status: str


@dataclass(frozen=True, slots=True)
class PriorReliabilityPart:
    """The model at each reliability that the prior could have.

    Attributes
    ----------
    rows : DataFrame
        reliability, slope, slope_se, fairness_r, sigma_u2, n_changed, n_compared, share,
        status (ok no_difference_found not_estimable).
    least : float or None
        The square of the correlation of both exams: the reliability is no less.
    own : ReliabilityFigures or None
        What the prior test's own items tell of it.
    """

    rows: pd.DataFrame
    least: float | None
    own: ReliabilityFigures | None


@dataclass(frozen=True, slots=True)
class DiagnosticsView:
    """What stands behind one subject's value-added.

    Attributes
    ----------
    status : {"ok", "no_difference_found", "not_estimable"}
    why : tuple of str or None
        Why there are no diagnostics.
    schools : DataFrame
        school, name, n, share, leverage, hold, cook, change_intercept, change_prior,
        change_mean_prior (without the school, in standard errors; null where the model has no
        such coefficient), is_influential, holds_much, status (ok not_estimable); only schools
        that may be shown.
    n_schools, n_hidden : int
        Schools of the model, and those of them that are hidden.
    n_influential, n_holding : int
        Among those that may be shown in the county, whoever reads.
    """

    stamp: Stamp
    status: Literal["ok", "no_difference_found", "not_estimable"]
    why: tuple[str, str] | None
    residuals: ResidualsPart | None
    normality: NormalityPart | None
    schools: pd.DataFrame
    n_schools: int
    n_hidden: int
    n_influential: int
    n_holding: int
    reliability: PriorReliabilityPart | None
