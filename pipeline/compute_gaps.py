"""Subject gaps of the schools of an exam, in attainment or in value-added."""

import pandas as pd

from core.errors import NotEstimableError
from core.scores import TOTAL
from core.subject_correlation import compute_residual_correlation, compute_subject_correlation
from core.subject_gaps import compute_subject_gaps, undo_shrinkage_of
from data.catalogue import ExamRelease, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_indicators import all_indicators
from pipeline.compute_value_added import (
    indicator_rows,
    request_for,
    value_added_of_subjects,
)
from pipeline.exam_statistics import comparison_groups
from pipeline.remember import remember
from pipeline.subject_moments import linked_subject_moments, subject_moments


@remember(most=64)
def exam_gaps(
    scope: Scope, store: Store, exam: ExamRelease, *, baseline: ExamRelease | None = None
) -> pd.DataFrame:
    """Return the SUBJECT_GAPS of an exam's schools; with a baseline those of value-added.

    Raises
    ------
    NotEstimableError
        When no two schools of a comparison group share two subjects, or fewer than two
        subjects have a value-added.
    """
    groups = comparison_groups(units_of(store, exam.county))
    _require_two_subjects(store, exam)
    if baseline is None:
        return _attainment_gaps(scope, store, exam, groups)
    moments = linked_subject_moments(scope, store, exam, baseline)
    return compute_subject_gaps(
        undo_shrinkage_of(_value_added_rows(scope, store, exam, baseline)),
        groups=groups,
        correlation=compute_residual_correlation(moments),
        indicator="value_added",
    )


@remember(most=64)
def gaps_of_units(
    scope: Scope, store: Store, exam: ExamRelease, *, groups: tuple[tuple[str, str], ...]
) -> pd.DataFrame:
    """Return the SUBJECT_GAPS in attainment of units of any level; ``school`` is their code.

    Parameters
    ----------
    groups : tuple of (str, str)
        Units, and the comparison group of each: such as all townships in one group.

    Raises
    ------
    NotEstimableError
        When no two units of a group share two subjects.
    """
    _require_two_subjects(store, exam)
    return _attainment_gaps(scope, store, exam, pd.Series(dict(groups), dtype="str"))


def _attainment_gaps(
    scope: Scope, store: Store, exam: ExamRelease, groups: pd.Series
) -> pd.DataFrame:
    return compute_subject_gaps(
        all_indicators(scope, store, exam),
        groups=groups,
        correlation=compute_subject_correlation(subject_moments(scope, store, exam)),
    )


def _require_two_subjects(store: Store, exam: ExamRelease) -> None:
    n_subjects = int((subjects_of(store, exam.release_id)["subject"] != TOTAL).sum())
    if n_subjects < 2:
        raise NotEstimableError(
            f"Subject gaps need an exam of two subjects (found in {exam.name!r}: "
            f"{n_subjects}). Choose another exam.",
            f"学科差距至少需要两个学科（“{exam.name}”有 {n_subjects} 个）。请换一次考试。",
        )


def _value_added_rows(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease
) -> pd.DataFrame:
    papers = subjects_of(store, exam.release_id)
    results = value_added_of_subjects(scope, store, request_for(exam, baseline))
    if len(results) < 2:
        raise NotEstimableError(
            f"Gaps in value-added need two subjects that can be estimated (found: "
            f"{len(results)} of {len(papers)}). Choose another baseline, or leave it out.",
            f"增值的学科差距至少需要两个可估计的学科"
            f"（{len(papers)} 个中有 {len(results)} 个）。"
            "请换一个基线，或不用基线。",
        )
    rows = [indicator_rows(result, exam=exam.name) for result in results.values()]
    return pd.concat(rows, ignore_index=True)
