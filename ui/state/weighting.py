"""The bench of weights: what it works on, and what follows from weights."""

from data.scope import Scope
from pipeline import load_views
from pipeline.views import Query, WeightingView
from pipeline.weighted import (
    PERTURBATION,
    Compared,
    agreement,
    any_weights,
    changes,
    compared,
    flips,
    gains,
    refined,
)
from ui.state.answers import answer

__all__ = [
    "PERTURBATION",
    "Compared",
    "agreement",
    "any_weights",
    "changes",
    "compared",
    "flips",
    "gains",
    "refined",
    "weighting_view",
]


def weighting_view(scope: Scope, query: Query) -> WeightingView:
    """Return the figures of an exam from which composites are made."""
    return answer(scope, load_views.load_weighting, query)
