"""Change between two exams, and whether it is more than chance would make."""

from core.change.effects import compute_effect_change
from core.change.figures import KEY, compute_change
from core.change.rebound import PickedSchools, compute_rebound, summarise_rebound
from core.change.unlinked import RATES, compute_rank_change, compute_rate_change

__all__ = [
    "KEY",
    "RATES",
    "PickedSchools",
    "compute_change",
    "compute_effect_change",
    "compute_rank_change",
    "compute_rate_change",
    "compute_rebound",
    "summarise_rebound",
]
