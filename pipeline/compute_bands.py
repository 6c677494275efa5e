"""Warning bands of an exam's schools: proposals with the signals that they rest on."""

import pandas as pd

from core.errors import NotEstimableError, SettingsError
from core.warning.default_rules import DEFAULT_RULES
from core.warning.judge import Bands, judge_bands
from core.warning.rules import RuleSet, rule_set_of
from data.catalogue import ExamRelease, units_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_gaps import exam_gaps
from pipeline.compute_indicators import all_indicators
from pipeline.compute_value_added import (
    PREVIOUS,
    request_for,
    require_order,
    value_added_of_subjects,
)
from pipeline.exam_statistics import comparison_groups, earlier_exams
from pipeline.remember import remember


def default_baseline(scope: Scope, store: Store, exam: ExamRelease) -> ExamRelease | None:
    """Return the first exam that the same cohort sat in this stage."""
    earlier = earlier_exams(scope, store, exam)
    return earlier[0] if earlier else None


def exam_before(scope: Scope, store: Store, exam: ExamRelease) -> ExamRelease | None:
    """Return the last exam that the same cohort sat before."""
    earlier = earlier_exams(scope, store, exam)
    return earlier[-1] if earlier else None


@remember(most=64)
def exam_bands(
    scope: Scope,
    store: Store,
    exam: ExamRelease,
    *,
    baseline: ExamRelease | None = None,
    previous: ExamRelease | None = None,
    rules: RuleSet | None = None,
) -> Bands:
    """Return the proposed bands of every school in every subject that it sat.

    Parameters
    ----------
    baseline : ExamRelease, optional
        Start of the value-added; without it that signal is not known.
    previous : ExamRelease, optional
        The exam before, for changes; without it none is known.
    rules : RuleSet, optional
        The project's default rules if not given.

    Raises
    ------
    SettingsError
        When the baseline or the previous exam is not another, earlier exam of the county, or
        the previous one of another stage.
    """
    if baseline is not None:
        require_order(exam, baseline)
    if previous is not None:
        require_order(exam, previous, part=PREVIOUS)
        _require_stage(exam, previous)
    rows = all_indicators(scope, store, exam)
    groups = comparison_groups(units_of(store, exam.county))
    return judge_bands(
        rows,
        previous=None if previous is None else all_indicators(scope, store, previous),
        value_added=_value_added(scope, store, exam, baseline),
        gaps=_gaps(scope, store, exam),
        groups=groups[groups.index.isin(rows["unit"].unique())],
        rules=rules or rule_set_of(DEFAULT_RULES),
    )


def _require_stage(exam: ExamRelease, previous: ExamRelease) -> None:
    if previous.stage == exam.stage:
        return
    raise SettingsError(
        f"{previous.name!r} is an exam of stage {previous.stage}, {exam.name!r} of "
        f"{exam.stage}. Changes are counted within one stage. Choose another previous exam.",
        f"“{previous.name}”属于学段 {previous.stage}，“{exam.name}”属于 {exam.stage}。"
        "变化只在同一学段内比较。请另选前次考试。",
    )


def _value_added(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease | None
) -> dict[str, pd.DataFrame]:
    if baseline is None:
        return {}
    results = value_added_of_subjects(scope, store, request_for(exam, baseline))
    return {subject: result.schools for subject, result in results.items()}


def _gaps(scope: Scope, store: Store, exam: ExamRelease) -> pd.DataFrame | None:
    """Return the subject gaps; None for an exam that has none, such as one of one subject."""
    try:
        return exam_gaps(scope, store, exam)
    except NotEstimableError:
        return None
