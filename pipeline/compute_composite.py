"""A composite of an exam's indicators by a weight scheme, with what the weights decide."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from core.weighting.composite import Composite, compute_composite
from core.weighting.parse import parse_scheme
from core.weighting.scheme import WeightScheme
from core.weighting.sensitivity import Perturbation
from data.catalogue import ExamRelease, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_indicators import all_indicators
from pipeline.compute_value_added import (
    indicator_rows,
    request_for,
    value_added_of_subjects,
)
from pipeline.compute_weak_schools import SEED
from pipeline.exam_statistics import comparison_groups


def scheme_for(
    store: Store, exam: ExamRelease, values: Mapping[str, object], *, indicators: pd.DataFrame
) -> WeightScheme:
    """Return the scheme that a mapping describes, for the indicators that the exam has.

    Raises
    ------
    SettingsError
        When a key, weight, indicator or subject is missing, unknown or out of range.
    """
    subjects = list(subjects_of(store, exam.release_id)["subject"])
    return parse_scheme(values, known=sorted(set(indicators["indicator"])), subjects=subjects)


def exam_composite(
    scope: Scope,
    store: Store,
    exam: ExamRelease,
    values: Mapping[str, object],
    *,
    baseline: ExamRelease | None = None,
) -> tuple[WeightScheme, Composite]:
    """Return the scheme and its composite of the exam's schools, ranked inside their groups.

    Raises
    ------
    SettingsError
        When the scheme is not whole, or names what the exam does not have.
    """
    rows = _indicators(scope, store, exam, baseline)
    scheme = scheme_for(store, exam, values, indicators=rows)
    groups = comparison_groups(units_of(store, exam.county))
    return scheme, compute_composite(
        rows,
        scheme=scheme,
        groups=groups[groups.index.isin(set(rows["unit"]))],
        perturbation=Perturbation(),
        rng=np.random.default_rng(SEED),
    )


def _indicators(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease | None
) -> pd.DataFrame:
    rows = [all_indicators(scope, store, exam)]
    if baseline is not None:
        subjects = list(subjects_of(store, exam.release_id)["subject"])
        results = value_added_of_subjects(
            scope, store, request_for(exam, baseline), subjects=subjects
        )
        rows += [indicator_rows(result, exam=exam.name) for result in results.values()]
    return pd.concat(rows, ignore_index=True)
