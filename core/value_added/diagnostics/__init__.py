"""Diagnostics of value-added: whether the model's assumptions hold, and who decides."""

from core.value_added.diagnostics.compute import Diagnostics, compute_diagnostics
from core.value_added.diagnostics.fitted import MIXED
from core.value_added.diagnostics.influence import flag_influence
from core.value_added.diagnostics.normality import SchoolNormality, compute_normality
from core.value_added.diagnostics.prior_reliability import (
    RELIABILITIES,
    ReliabilitySweep,
    count_changes,
)
from core.value_added.diagnostics.residuals import (
    PupilResiduals,
    ResidualFinding,
    judge_residuals,
)

__all__ = [
    "MIXED",
    "RELIABILITIES",
    "Diagnostics",
    "PupilResiduals",
    "ReliabilitySweep",
    "ResidualFinding",
    "SchoolNormality",
    "compute_diagnostics",
    "compute_normality",
    "count_changes",
    "flag_influence",
    "judge_residuals",
]
