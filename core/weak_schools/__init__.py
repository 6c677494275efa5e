"""Screening for weak schools: candidates inside a comparison group, for people to decide."""

from core.weak_schools.error_correlation import error_correlation_of
from core.weak_schools.screening import WeakSchools, compute_weak_schools
from core.weak_schools.spec import DEFAULT_INDICATORS, WeakIndicator, WeakSchoolSpec
from core.weak_schools.years_running import count_years_running

__all__ = [
    "DEFAULT_INDICATORS",
    "WeakIndicator",
    "WeakSchoolSpec",
    "WeakSchools",
    "compute_weak_schools",
    "count_years_running",
    "error_correlation_of",
]
