"""Screening of an exam's schools for weak ones; candidates are proposals."""

import numpy as np
import pandas as pd

from core.scores import TOTAL
from core.weak_schools import WeakSchools, WeakSchoolSpec, compute_weak_schools
from data.catalogue import ExamRelease, find_subject, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_indicators import all_indicators
from pipeline.compute_value_added import exam_value_added, indicator_rows, request_for
from pipeline.exam_statistics import comparison_groups
from pipeline.remember import remember
from pipeline.screening import screening_for

SEED = 20260901
"""Of the posterior draws, so that the same data give the same figures."""


@remember(most=64)
def exam_weak_schools(
    scope: Scope,
    store: Store,
    exam: ExamRelease,
    *,
    baseline: ExamRelease | None = None,
    subject: str = TOTAL,
    scheme: int | None = None,
) -> WeakSchools:
    """Return the screening of an exam; without a baseline it knows no value-added.

    The weights of the indicators that are left keep their proportions.

    Parameters
    ----------
    scheme : int, optional
        Number of a weight scheme; otherwise the one of the day of the exam counts.

    Raises
    ------
    NotEstimableError
        When the schools of a group do not differ by more than chance, or value-added cannot be
        estimated.
    SettingsError
        When the subject or the scheme is unknown, or the baseline not earlier.
    """
    code = find_subject(subjects_of(store, exam.release_id), subject, exam=exam.name)
    rows = all_indicators(scope, store, exam, subject=code)
    if baseline is not None:
        request = request_for(exam, baseline, subject=code)
        result = exam_value_added(scope, store, request)
        rows = pd.concat([rows, indicator_rows(result, exam=exam.name)], ignore_index=True)
    by = screening_for(scope, store, exam, asked=scheme)
    spec = WeakSchoolSpec(
        exams=(exam.name,),
        indicators=by.indicators if baseline else by.without_value_added(),
        subject=code,
    )
    groups = comparison_groups(units_of(store, exam.county))
    enrolled = rows[(rows["indicator"] == "n_enrolled") & (rows["estimate"] > 0)]
    return compute_weak_schools(
        rows,
        # Schools on the roll without a score are listed as not estimable, not left out.
        groups=groups[groups.index.isin(enrolled["unit"].unique())],
        spec=spec,
        rng=np.random.default_rng(SEED),
    )
