"""Strong and weak subjects: each subject against the unit's own mean and its comparison."""

from core.subject_gaps.correlation import Correlation
from core.subject_gaps.reference import compute_reference_gaps
from core.subject_gaps.schools import compute_subject_gaps
from core.subject_gaps.sheet import undo_shrinkage_of

__all__ = ["Correlation", "compute_reference_gaps", "compute_subject_gaps", "undo_shrinkage_of"]
