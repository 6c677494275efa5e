"""Diagnostics of the value-added of a linked pair of exams, from stored statistics only."""

from core.errors import NotEstimableError, SettingsError
from core.items.analysis import ItemAnalysis
from core.value_added.diagnostics import Diagnostics, compute_diagnostics
from data.scope import Scope
from data.store import Store
from pipeline.compute_value_added import ValueAddedRequest, linked_figures
from pipeline.dataset_figures import item_analysis
from pipeline.item_sets import item_set
from pipeline.remember import remember


@remember(most=64)
def exam_diagnostics(scope: Scope, store: Store, request: ValueAddedRequest) -> Diagnostics:
    """Return the diagnostics of a mixed model of one prior, exact and of every school.

    What may be shown is decided where the View is made.

    Raises
    ------
    SettingsError
        When the method fits no mixed model, several priors are named, a subject is unknown or
        the baseline has no prior for it.
    NotEstimableError
        When the linked pupils are too few or do not differ.
    """
    if len(request.priors) > 1:
        n = len(request.priors)
        raise SettingsError(
            f"Diagnostics are of a model with 1 prior (given: {n}). Name one, or none for the "
            "default.",
            f"诊断针对只用 1 个前测的模型（给出 {n} 个）。请指定一个，或留空使用默认前测。",
        )
    given = linked_figures(scope, store, request, joint=True)
    return compute_diagnostics(
        given.moments,
        current=given.current,
        prior=given.priors[0],
        spec=request.spec,
        joint=given.joint,
    )


@remember(most=64)
def prior_items(scope: Scope, store: Store, request: ValueAddedRequest) -> ItemAnalysis | None:
    """Return the analysis of the prior test's own items, which tell its reliability.

    None where the baseline has no item data of the prior, or it cannot be estimated.
    """
    try:
        prior = linked_figures(scope, store, request, joint=False).prior_codes[0]
    except (NotEstimableError, SettingsError):
        return None
    found = item_set(scope, store, request.baseline, prior)
    return None if found is None else item_analysis(scope, store, found.items)
