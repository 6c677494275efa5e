"""Value-added of a linked pair of exams, by any estimator, from stored statistics only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from core.base_count import pool_units
from core.errors import NotEstimableError, SettingsError
from core.scores import TOTAL, own_prior
from core.standardise import Population
from core.tables import INDICATORS
from core.value_added import (
    JUDGED_BY,
    NEEDS_JOINT,
    Covariate,
    Prior,
    ValueAdded,
    ValueAddedSpec,
    add_school_covariates,
    compute_value_added,
)
from core.verdict import NO_DIFFERENCE
from data.catalogue import ExamRelease, find_subject, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline.exam_statistics import populations_of
from pipeline.link_exams import link_exams, linked_joint
from pipeline.remember import remember


@dataclass(frozen=True, slots=True)
class ValueAddedRequest:
    """What is asked of a linked pair of exams.

    Attributes
    ----------
    subject : str
        Code or name of the current exam's subject.
    priors : tuple of str
        Codes or names of the baseline's subjects; empty for the default prior.
    counted_as : tuple of (str, str)
        Schools and the unit that each counts as; their sums are added before the model is
        fitted, so that no rounded figure is averaged.
    traits : tuple of str
        Columns of UNITS by which mixed models tell kinds of schools apart, such as ``locale``.
    """

    current: ExamRelease
    baseline: ExamRelease
    subject: str
    priors: tuple[str, ...]
    spec: ValueAddedSpec
    counted_as: tuple[tuple[str, str], ...] = ()
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedFigures:
    """The stored statistics of one subject of a linked pair.

    Attributes
    ----------
    moments : DataFrame
        MOMENTS rows.
    priors : tuple of (str, Population)
        By the name that the baseline gives them; ``prior_codes`` are their codes.
    joint : DataFrame or None
        JOINT_HISTOGRAM rows; None where there are several priors, or it was not asked for.
    covariates : tuple of Covariate
        Columns of the moments after the priors.
    """

    moments: pd.DataFrame
    current: Population
    priors: tuple[Prior, ...]
    prior_codes: tuple[str, ...]
    joint: pd.DataFrame | None
    covariates: tuple[Covariate, ...] = ()


DEFAULT_SPEC = ValueAddedSpec(method=JUDGED_BY, scale="z")
"""How value-added is estimated where it is one indicator among others."""

BASELINE = ("baseline", "基线")
PREVIOUS = ("previous exam", "前次考试")
"""Parts that an earlier exam can play, in both languages."""


def request_for(
    exam: ExamRelease, baseline: ExamRelease, *, subject: str = TOTAL
) -> ValueAddedRequest:
    """Return the request for value-added as an indicator, each subject with its own prior."""
    return ValueAddedRequest(exam, baseline, subject, (), DEFAULT_SPEC)


def default_method(baseline: ExamRelease | None) -> str | None:
    """Return the method of value-added as an indicator; None without a baseline."""
    return None if baseline is None else DEFAULT_SPEC.method


@remember(most=512)
def exam_value_added(scope: Scope, store: Store, request: ValueAddedRequest) -> ValueAdded:
    """Return the value-added of a pair of exams; a pair not linked yet is linked and kept.

    Raises
    ------
    SettingsError
        When a subject is unknown or the baseline has no prior for it.
    NotEstimableError
        When the linked pupils are too few or do not differ.
    """
    given = linked_figures(scope, store, request, joint=request.spec.method in NEEDS_JOINT)
    return compute_value_added(
        given.moments,
        current=given.current,
        priors=given.priors,
        spec=request.spec,
        covariates=given.covariates,
        joint=given.joint,
    )


def linked_figures(
    scope: Scope, store: Store, request: ValueAddedRequest, *, joint: bool
) -> LinkedFigures:
    """Return the statistics that a request rests on, of one subject, units pooled.

    Parameters
    ----------
    joint : bool
        Whether the joint histogram is wanted; it is the largest of them.

    Raises
    ------
    SettingsError
        When a subject is unknown or the baseline has no prior for it.
    NotEstimableError
        When no pupil is linked.
    """
    current, baseline = request.current, request.baseline
    require_order(current, baseline)
    papers, earlier = (subjects_of(store, e.release_id) for e in (current, baseline))
    subject = find_subject(papers, request.subject, exam=current.name)
    named = [find_subject(earlier, prior, exam=baseline.name) for prior in request.priors]
    priors = named or [_own_prior(subject, earlier, baseline)]
    moments = link_exams(scope, store, current, baseline, priors=named)
    moments = moments[moments["subject"] == subject].reset_index(drop=True)
    if not moments["n"].sum():
        raise NotEstimableError(
            f"No pupil of {current.name!r} has a {subject} score and its prior in "
            f"{baseline.name!r} (matched: 0). Value-added needs the subject in both files, and "
            "the same pupil numbers; compare them.",
            f"“{current.name}”没有学生既有 {subject} 成绩、又在“{baseline.name}”中有其起点成绩"
            "（匹配 0 人）。增值计算要求两份文件都有该科成绩，并使用相同的学籍号，请核对。",
        )
    moments = _pooled(moments, request.counted_as)
    covariates: tuple[Covariate, ...] = ()
    if request.traits:
        kinds = units_of(store, current.county).set_index("code")[list(request.traits)]
        moments, covariates = add_school_covariates(moments, kinds=kinds, n_priors=len(priors))
    names = earlier.set_index("subject")["name"]
    past = populations_of(scope, store, baseline, priors)
    return LinkedFigures(
        moments,
        current=populations_of(scope, store, current, [subject])[subject],
        priors=tuple((str(names[prior]), past[prior]) for prior in priors),
        prior_codes=tuple(priors),
        joint=_joint(scope, store, request, subject=subject, priors=named) if joint else None,
        covariates=covariates,
    )


def value_added_of_subjects(
    scope: Scope, store: Store, request: ValueAddedRequest
) -> Mapping[str, ValueAdded]:
    """Return the value-added of every subject that can be estimated, by subject code.

    Subjects without a prior or with too few matched pupils are left out: one that cannot be
    estimated stops no other. What is wrong with the pair or the settings stops all.

    Raises
    ------
    SettingsError
        When the baseline is not another, earlier exam, a prior is unknown, or the method lacks
        what it needs.
    """
    require_order(request.current, request.baseline)
    earlier = list(subjects_of(store, request.baseline.release_id)["subject"])
    found: dict[str, ValueAdded] = {}
    for subject in subjects_of(store, request.current.release_id)["subject"]:
        if not request.priors and own_prior(subject, earlier) is None:
            continue
        try:
            found[subject] = exam_value_added(scope, store, replace(request, subject=subject))
        except NotEstimableError:
            continue
    return found


def indicator_rows(result: ValueAdded, *, exam: str) -> pd.DataFrame:
    """Return a value-added as INDICATORS rows; none has an estimate where no school differs."""
    schools = result.schools
    status = schools["status"]
    if result.status == NO_DIFFERENCE:
        status = status.mask(status == "ok", "not_estimable")
    known = status == "ok"
    rows = pd.DataFrame(
        {
            "unit": schools["school"],
            "exam": pd.Series([exam] * len(schools), dtype="str"),
            "subject": pd.Series([result.subject] * len(schools), dtype="str"),
            "indicator": pd.Series(["value_added"] * len(schools), dtype="str"),
            "estimate": schools["estimate"].where(known),
            "se": schools["se_prediction"].where(known),
            "low": schools["low"].where(known),
            "high": schools["high"].where(known),
            "n_pupils": schools["n"],
            "reliability": schools["reliability"].where(known),
            "status": status,
        }
    )
    return INDICATORS.require(rows)


def _joint(
    scope: Scope,
    store: Store,
    request: ValueAddedRequest,
    *,
    subject: str,
    priors: Sequence[str],
) -> pd.DataFrame | None:
    joint = linked_joint(scope, store, request.current, request.baseline, priors=priors)
    if joint is None:
        return None
    rows = joint[joint["subject"] == subject]
    if not request.counted_as:
        return rows
    counted = rows.replace({"school": dict(request.counted_as)})
    return counted.groupby([c for c in rows if c != "n"])[["n"]].sum().reset_index()


def _pooled(moments: pd.DataFrame, counted_as: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """Return moments in which the schools of a unit are one: all their columns are sums."""
    if not counted_as:
        return moments
    by_unit = moments.drop(columns="subject").rename(columns={"school": "unit"})
    sums = pool_units(by_unit, counted_as=dict(counted_as)).rename(columns={"unit": "school"})
    sums.insert(0, "subject", moments["subject"].iloc[0])
    return sums


def require_order(
    current: ExamRelease, earlier: ExamRelease, *, part: tuple[str, str] = BASELINE
) -> None:
    """Refuse a baseline or previous exam that is not another, earlier one of the same county.

    Raises
    ------
    SettingsError
        With the names and days of both.
    """
    is_earlier = earlier.held_on <= current.held_on and earlier.exam_id != current.exam_id
    if is_earlier and earlier.county == current.county:
        return
    name, name_zh = part
    raise SettingsError(
        f"{earlier.name!r} ({earlier.held_on}) cannot be the {name} of {current.name!r} "
        f"({current.held_on}): a {name} is another, earlier exam of the same county. Choose "
        "one.",
        f"“{earlier.name}”（{earlier.held_on}）不能作为“{current.name}”（{current.held_on}）"
        f"的{name_zh}：{name_zh}须是同一区县更早的另一场考试。请另选。",
    )


def _own_prior(subject: str, earlier: pd.DataFrame, baseline: ExamRelease) -> str:
    prior = own_prior(subject, list(earlier["subject"]))
    if prior is None:
        known = ", ".join(earlier["name"])
        raise SettingsError(
            f"Baseline {baseline.name!r} has no score for subject {subject!r} and no total. "
            f"Name a prior with --prior; its {len(earlier)} subjects are: {known}.",
            f"基线考试“{baseline.name}”没有科目“{subject}”，也没有总分。"
            f"请用 --prior 指定；其 {len(earlier)} 个科目为：{known}。",
        )
    return prior
