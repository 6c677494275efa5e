"""Bands of an exam beside those of the exam before, for the pages that show warnings."""

from dataclasses import dataclass

import pandas as pd

from core.warning.crossings import compute_band_changes
from core.warning.judge import Bands
from data.catalogue import ExamRelease, list_exams
from data.scope import Scope
from data.store import Store
from pipeline.compute_bands import exam_before
from pipeline.exam_statistics import linked_baselines
from pipeline.remember import remember
from pipeline.school_parts import township_of
from pipeline.shown_judgements import shown_bands
from pipeline.view_parts import Setting


@dataclass(frozen=True, slots=True)
class BandPair:
    """Bands of an exam, and of the one that the same cohort sat before.

    Attributes
    ----------
    previous : ExamRelease or None
        The exam before; without it ``before`` is None.
    previous_baseline : ExamRelease or None
        From which the exam before has its value-added; None where that signal was not known,
        so that a band may have changed because there is one signal more.
    changes : DataFrame or None
        BAND_CHANGES rows; None without an exam before.
    """

    now: Bands
    before: Bands | None
    previous: ExamRelease | None
    previous_baseline: ExamRelease | None
    changes: pd.DataFrame | None


def band_pair(scope: Scope, store: Store, setting: Setting) -> BandPair:
    """Return the bands of an exam and of the exam before, each with its own exam before."""
    return _band_pair(scope, store, setting.exam, setting.baseline)


@remember(most=64)
def _band_pair(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease | None
) -> BandPair:
    previous = exam_before(scope, store, exam)
    now = shown_bands(scope, store, exam, baseline=baseline, previous=previous)
    if previous is None:
        return BandPair(now, None, None, None, None)
    earlier = baseline_of_previous(scope, store, previous, baseline)
    before = shown_bands(
        scope,
        store,
        previous,
        baseline=earlier,
        previous=exam_before(scope, store, previous),
    )
    changes = compute_band_changes(now.judgements, previous=before.judgements)
    return BandPair(now, before, previous, earlier, changes)


def baseline_of_previous(
    scope: Scope, store: Store, previous: ExamRelease, baseline: ExamRelease | None
) -> ExamRelease | None:
    """Return the baseline for the exam before as well, where the two are linked."""
    if baseline is None:
        return None
    linked = linked_baselines(store, previous, list_exams(scope, store))
    return baseline if baseline in linked else None


def named_schools(scope: Scope, setting: Setting, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of schools that may be seen, with their names and townships."""
    units = setting.units
    names = units.set_index("code")["name"]
    seen = rows[rows["unit"].map(scope.may_see).astype(bool)].reset_index(drop=True)
    township = township_of(units, seen["unit"])
    return seen.drop(columns="unit").assign(
        school=seen["unit"],
        name=seen["unit"].map(names),
        township_code=township.to_numpy(),
        township=township.map(names).to_numpy(),
    )
