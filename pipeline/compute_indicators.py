"""INDICATORS and value-added, computed from stored statistics only."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from core.attainment import compute_attainment
from core.errors import NotEstimableError, SettingsError
from core.scores import own_prior
from core.standardise import Population, population_of
from core.value_added import ValueAdded, ValueAddedSpec, compute_value_added
from data.catalogue import (
    ExamRelease,
    find_subject,
    read_statistic,
    subjects_of,
    units_of,
)
from data.scope import Scope
from data.store import Store
from pipeline.link_exams import link_exams
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
    """

    current: ExamRelease
    baseline: ExamRelease
    subject: str
    priors: tuple[str, ...]
    spec: ValueAddedSpec


@remember(most=128)
def exam_indicators(
    scope: Scope, store: Store, exam: ExamRelease, *, subject: str
) -> pd.DataFrame:
    """Return the INDICATORS of a release in one subject for county, townships and schools."""
    papers = subjects_of(store, exam.release_id)
    histogram = _statistic(scope, store, exam, "score_histogram", [subject])
    states = _statistic(scope, store, exam, "state_count", [subject])
    return compute_attainment(
        histogram,
        states,
        subjects=papers[papers["subject"] == subject],
        membership=membership(units_of(store, exam.county), set(states["school"])),
        exam=exam.name,
    )


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
    current, baseline = request.current, request.baseline
    _require_order(current, baseline)
    papers, earlier = (subjects_of(store, e.release_id) for e in (current, baseline))
    subject = find_subject(papers, request.subject, exam=current.name)
    named = [find_subject(earlier, prior, exam=baseline.name) for prior in request.priors]
    priors = named or [_own_prior(subject, earlier, baseline)]
    moments = link_exams(scope, store, current, baseline, priors=named)
    moments = moments[moments["subject"] == subject].reset_index(drop=True)
    if not moments["n"].sum():
        raise NotEstimableError(
            f"No pupil of {current.name!r} has a score in {baseline.name!r} too (matched: 0). "
            "Value-added needs the same pupil numbers in both files; compare them.",
            f"“{current.name}”与“{baseline.name}”没有共同的学生（匹配 0 人）。"
            "增值计算要求两份文件使用相同的学籍号，请核对。",
        )
    names = earlier.set_index("subject")["name"]
    past = _populations(scope, store, baseline, priors)
    return compute_value_added(
        moments,
        current=_populations(scope, store, current, [subject])[subject],
        priors=tuple((str(names[prior]), past[prior]) for prior in priors),
        spec=request.spec,
    )


def membership(units: pd.DataFrame, schools: set[str]) -> pd.DataFrame:
    """Return which unit each of the schools counts for: itself and every unit above it."""
    parent = units.set_index("code")["parent"].dropna().to_dict()
    pairs = []
    for school in sorted(schools & set(units["code"])):
        unit: str | None = school
        while unit is not None:
            pairs.append((unit, school))
            unit = parent.get(unit)
    return pd.DataFrame(pairs, columns=["unit", "school"], dtype="str")


def _require_order(current: ExamRelease, baseline: ExamRelease) -> None:
    is_earlier = baseline.held_on <= current.held_on and baseline.exam_id != current.exam_id
    if is_earlier and baseline.county == current.county:
        return
    raise SettingsError(
        f"{baseline.name!r} ({baseline.held_on}) cannot be the baseline of {current.name!r} "
        f"({current.held_on}): a baseline is another, earlier exam of the same county.",
        f"“{baseline.name}”（{baseline.held_on}）不能作为“{current.name}”（{current.held_on}）的基线："
        "基线须是同一区县更早的另一场考试。",
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


def _populations(
    scope: Scope, store: Store, exam: ExamRelease, subjects: Sequence[str]
) -> Mapping[str, Population]:
    """Return the population of each subject; NaN where nobody has a score."""
    found = population_of(_statistic(scope, store, exam, "score_histogram", subjects))
    return {subject: found.get(subject, Population(math.nan, math.nan)) for subject in subjects}


def _statistic(
    scope: Scope, store: Store, exam: ExamRelease, kind: str, subjects: Sequence[str]
) -> pd.DataFrame:
    frame = read_statistic(scope, store, exam.release_id, kind)
    if frame is None:
        raise AssertionError(f"Release {exam.release_id} was published without its {kind}.")
    return frame[frame["subject"].isin(subjects)]
