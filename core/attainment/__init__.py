"""Attainment of units: participation, levels, rates, positions and ranks, from the histogram.

A unit is any node of the organisation tree, given as a set of schools. All figures follow from
counts, so a unit above the school is the exact sum of its schools.
"""

from core.attainment.class_shares import compute_class_bottom20
from core.attainment.compute import compute_attainment
from core.attainment.cuts import CUTS, compute_cuts
from core.attainment.spec import (
    AdmissionLine,
    AttainmentSpec,
    Borderline,
    Combination,
    Ranking,
    TopN,
)

__all__ = [
    "CUTS",
    "AdmissionLine",
    "AttainmentSpec",
    "Borderline",
    "Combination",
    "Ranking",
    "TopN",
    "compute_attainment",
    "compute_class_bottom20",
    "compute_cuts",
]
