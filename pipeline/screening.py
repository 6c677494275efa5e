"""What weak schools are screened by: the official scheme of the day, or one asked for."""

from dataclasses import dataclass

from core.errors import NotEstimableError
from core.weak_schools import DEFAULT_INDICATORS, WeakIndicator
from data.catalogue import ExamRelease
from data.scope import Scope
from data.store import Store
from pipeline.schemes import Scheme, find_scheme, official_scheme, require_screenable
from pipeline.views import SchemeLabel

DEFAULT = SchemeLabel()
_VALUE_ADDED = "value_added"


@dataclass(frozen=True, slots=True)
class Screening:
    """The indicators of a screening with their weights, and the scheme that gives them."""

    indicators: tuple[WeakIndicator, ...]
    label: SchemeLabel

    def without_value_added(self) -> tuple[WeakIndicator, ...]:
        """Return the other indicators, their weights in the same proportions.

        Raises
        ------
        NotEstimableError
            When nothing else has a weight.
        """
        kept = [i for i in self.indicators if i.name != _VALUE_ADDED]
        total = sum(i.weight for i in kept)
        if not kept:
            raise NotEstimableError(
                "The scheme weighs value-added alone, and this exam has no baseline "
                "(baselines: 0). Choose one, or another scheme.",
                "方案只含增值，而本次考试没有基线（基线 0 个）。请选择基线或改用其他方案。",
            )
        return tuple(
            WeakIndicator(i.name, i.weight / total, higher_is_better=i.higher_is_better)
            for i in kept
        )


def screening_for(
    scope: Scope, store: Store, exam: ExamRelease, *, asked: int | None = None
) -> Screening:
    """Return the screening of an exam.

    Parameters
    ----------
    asked : int, optional
        Number of a weight scheme, 0 for the project's default; otherwise the one that was
        official on the day of the exam counts, and where none was, the default.

    Raises
    ------
    SettingsError
        When there is no such scheme, or the screening cannot go by it.
    """
    if asked is None:
        scheme = official_scheme(scope, store, exam.county, on=exam.held_on)
    elif asked == DEFAULT.id:
        scheme = None
    else:
        scheme = find_scheme(scope, store, exam.county, asked)
        require_screenable(scheme.weights)
    if scheme is None:
        return Screening(DEFAULT_INDICATORS, DEFAULT)
    return Screening(_indicators(scheme), scheme.label)


def _indicators(scheme: Scheme) -> tuple[WeakIndicator, ...]:
    return tuple(
        WeakIndicator(
            leaf.indicator,
            leaf.weight,
            higher_is_better=leaf.better == "higher",
            is_shrunken=leaf.indicator == _VALUE_ADDED,
        )
        for leaf in scheme.weights.tree.leaves
        if leaf.weight > 0
    )
