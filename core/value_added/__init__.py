"""Value-added: how far a school's pupils stand from what their earlier scores led to expect."""

from core.common_sample import CommonSample
from core.value_added.compute import NEEDS_JOINT, compute_value_added
from core.value_added.correlate import correlate_definitions
from core.value_added.definition import Definition, definitions_of
from core.value_added.differential import compute_differential
from core.value_added.fairness import UNFAIR, FairnessGauge, fairness_interval, gauge_fairness
from core.value_added.multiverse import count_agreement
from core.value_added.result import FixedEffect, ValueAdded
from core.value_added.school_covariates import add_school_covariates
from core.value_added.several_years import compute_several_years
from core.value_added.shrunken import shrunken_effects
from core.value_added.spec import (
    JUDGED_BY,
    Covariate,
    Method,
    Prior,
    PriorReliability,
    ReliabilitySpec,
    Scale,
    ValueAddedSpec,
)
from core.value_added.start_gaps import StartGaps, compute_start_gaps

__all__ = [
    "JUDGED_BY",
    "NEEDS_JOINT",
    "UNFAIR",
    "CommonSample",
    "Covariate",
    "Definition",
    "FairnessGauge",
    "FixedEffect",
    "Method",
    "Prior",
    "PriorReliability",
    "ReliabilitySpec",
    "Scale",
    "StartGaps",
    "ValueAdded",
    "ValueAddedSpec",
    "add_school_covariates",
    "compute_differential",
    "compute_several_years",
    "compute_start_gaps",
    "compute_value_added",
    "correlate_definitions",
    "count_agreement",
    "definitions_of",
    "fairness_interval",
    "gauge_fairness",
    "shrunken_effects",
]
