"""A composite of an exam's indicators by a weight scheme, with what the weights decide."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from core.errors import SettingsError
from core.weighting.composite import Composite, compute_composite
from core.weighting.parse import parse_scheme
from core.weighting.scheme import WeightScheme
from core.weighting.sensitivity import Perturbation
from data.catalogue import ExamRelease, find_subject, subjects_of, units_of
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
    papers, known = (
        subjects_of(store, exam.release_id),
        sorted(indicators["indicator"].unique()),
    )
    coded = _with_codes(values, papers=papers, exam=exam.name, known=known)
    return parse_scheme(coded, known=known, subjects=list(papers["subject"]))


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
        groups=groups[groups.index.isin(rows["unit"].unique())],
        perturbation=Perturbation(),
        rng=np.random.default_rng(SEED),
    )


def _with_codes(
    values: Mapping[str, object], *, papers: pd.DataFrame, exam: str, known: Collection[str]
) -> dict[str, object]:
    """Return the scheme with subject codes for names, and the only subject where none is named.

    Raises
    ------
    SettingsError
        When a subject is unknown, or value-added is named and there is no baseline.
    """
    coded = dict(values)
    if isinstance(coded.get("subject"), str):
        coded["subject"] = find_subject(papers, str(coded["subject"]), exam=exam)
    elif "indicator" in coded and len(papers) == 1:
        coded["subject"] = str(papers["subject"].iloc[0])
    if coded.get("indicator") == "value_added" and "value_added" not in known:
        raise SettingsError(
            f"The scheme names value_added, but no value-added is known of {exam!r} (baselines "
            "given: 0, or too few matched pupils). Give --baseline, or leave it out.",
            f"方案使用 value_added，但“{exam}”没有增值结果（未给出基线，或匹配学生过少）。"
            "请用 --baseline 给出基线，或去掉该指标。",
        )
    parts = coded.get("parts")
    if isinstance(parts, list):
        coded["parts"] = [
            _with_codes(part, papers=papers, exam=exam, known=known)
            if isinstance(part, Mapping)
            else part
            for part in parts
        ]
    return coded


def _indicators(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease | None
) -> pd.DataFrame:
    rows = [all_indicators(scope, store, exam)]
    if baseline is not None:
        results = value_added_of_subjects(scope, store, request_for(exam, baseline))
        rows += [indicator_rows(result, exam=exam.name) for result in results.values()]
    return pd.concat(rows, ignore_index=True)
