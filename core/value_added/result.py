"""What a value-added returns: the model of one subject and the effects of its schools."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.common_sample import CommonSample
from core.value_added.spec import Method, PriorReliability, Scale


@dataclass(frozen=True, slots=True)
class FixedEffect:
    """A coefficient of the model and its standard error, in the unit of the scale."""

    name: str
    estimate: float
    se: float


@dataclass(frozen=True, slots=True)
class ValueAdded:
    """The model of one subject and the effects of its schools.

    Attributes
    ----------
    method, scale, subject : str
        What was computed.
    n_pupils, n_schools : int
        Matched pupils, and schools with at least one.
    common_sample : CommonSample
    fixed_effects : tuple of FixedEffect
        "(Intercept)", the priors and covariates by name, and "mean_prior" for ``contextual``.
        Empty for estimators without a regression.
    sigma_u2, sigma_e2, icc : float
        Variance between schools, inside schools, and the share of the former. For estimators
        that are not shrunk, sigma_u2 is DerSimonian and Laird's and sigma_e2 the pupils'
        variance that the standard errors rest on.
    neg2_log_reml : float or None
        The criterion at its minimum; None for estimators without one.
    fairness_r : float or None
        Correlation of estimate and mean prior over schools; None when it is undefined.
    status : {"ok", "no_difference_found"}
    schools : DataFrame
        SCHOOL_EFFECTS rows, highest estimate first, those without an estimate last. When no
        difference is found, mixed models have estimates and standard errors of 0, interval and
        index null; the other estimators keep their figures, and no school has a verdict of
        its own. ``reliability`` is how far each estimate is, or would be, shrunk.
    reliabilities : tuple of PriorReliability
        What ``reliability_corrected`` took the prior tests' reliabilities to be.
    n_prior_groups : int or None
        Groups that ``prior_group`` compared in; fewer than 34 or 10 where ties merged some.
    interval_df : int or None
        Degrees of freedom of the intervals by Student's t; None where they are normal.
    """

    method: Method
    scale: Scale
    subject: str
    n_pupils: int
    n_schools: int
    common_sample: CommonSample
    fixed_effects: tuple[FixedEffect, ...]
    sigma_u2: float
    sigma_e2: float
    icc: float
    neg2_log_reml: float | None
    fairness_r: float | None
    status: Literal["ok", "no_difference_found"]
    schools: pd.DataFrame
    reliabilities: tuple[PriorReliability, ...] = ()
    n_prior_groups: int | None = None
    interval_df: int | None = None
