"""What the bench of value-added compares: several definitions over one cohort."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.value_added import Method
from pipeline.views.common import Place, Stamp

PriorSet = Literal["own", "total", "own_total", "all"]
"""The subject's own prior, the baseline's total, both, or all subjects without the total."""


@dataclass(frozen=True, slots=True)
class EstimatorChoice:
    """Which definitions are held beside each other.

    Attributes
    ----------
    methods : tuple of str
        Estimators; the first is that of the verdict that is held against the others.
    prior_sets : tuple of str
        Priors, the main ones first.
    traits : tuple of str
        Covariates of the school that the mixed models have: locale, school_type.
    coverages : tuple of float
        Rules of coverage, the main one first.
    """

    methods: tuple[Method, ...]
    prior_sets: tuple[PriorSet, ...] = ("own",)
    traits: tuple[str, ...] = ()
    coverages: tuple[float, ...] = (0.7,)


@dataclass(frozen=True, slots=True)
class EstimatorsOffered:
    """Sets of priors that the baseline has, and covariates by which the schools differ."""

    path: tuple[Place, ...]
    prior_sets: tuple[PriorSet, ...]
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EstimatorsView:
    """Several definitions of value-added of one subject, and how far they agree.

    Attributes
    ----------
    definitions : DataFrame
        definition (its code), method, priors (names, joined by ;), traits, min_coverage,
        n_pupils, n_schools (judged), coverage, fairness_r with low and high (95 %), warns
        (whether it is beyond the limit), icc (share between schools), status (ok
        no_difference_found not_estimable), why, why_zh; one row each, the main one first.
    schools : DataFrame
        school, name, group; then verdict, n_same, n_same_side, n_definitions,
        dissent and status of the agreement with the main definition, whose best comes first.
    effects : DataFrame
        definition, school, estimate, low, high, index, verdict, rank (1 is best; among the
        schools that are judged), reliability, status.
    pairs : DataFrame
        first, second (definitions), n_schools, pearson, spearman, n_same_verdict, status.
    coefficients : DataFrame
        definition, name, estimate, se: of the mixed models.
    """

    stamp: Stamp
    definitions: pd.DataFrame
    schools: pd.DataFrame
    effects: pd.DataFrame
    pairs: pd.DataFrame
    coefficients: pd.DataFrame
