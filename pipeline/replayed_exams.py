"""Which past exams are replayed, and what came later of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.school_year import school_year
from data.catalogue import ExamRelease, list_exams, subjects_of
from data.scope import Scope
from data.store import Store
from pipeline.exam_statistics import linked_baselines
from pipeline.view_parts import Setting
from pipeline.views import Later

_SAME_SEASON = timedelta(days=60)
"""How far from a year apart two exams may lie to be of one time of the year: a summer final
is not held against a winter one."""


@dataclass(frozen=True, slots=True)
class ReplayedExam:
    """A past exam in its current release, with the baseline of its value-added."""

    exam: ExamRelease
    baseline: ExamRelease | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """The exams of a replay in order of time, and the names of those that are left out."""

    exams: tuple[ReplayedExam, ...]
    left_out: tuple[str, ...]


def replayed_exams(scope: Scope, store: Store, setting: Setting) -> Replayed:
    """Return the exams of the stage in the subject, up to the chosen one, in order of time.

    All are judged as the chosen one is: where it has a baseline, exams without one are left
    out, because without value-added they would be judged by something else; where it has
    none, all are judged without.
    """
    every = list_exams(scope, store)
    now = setting.exam
    past = sorted(
        (
            e
            for e in every
            if (e.county, e.stage) == (now.county, now.stage)
            and e.held_on <= now.held_on
            and setting.subject in set(subjects_of(store, e.release_id)["subject"])
        ),
        key=lambda e: (e.held_on, e.grade, e.name),
    )
    if setting.baseline is None:
        return Replayed(tuple(ReplayedExam(e, None) for e in past), ())
    pairs = [(e, _baseline(store, setting, e, every)) for e in past]
    return Replayed(
        tuple(ReplayedExam(e, b) for e, b in pairs if b is not None),
        tuple(e.name for e, b in pairs if b is None),
    )


def later_exams(
    exams: Sequence[ReplayedExam], *, later: Later
) -> tuple[tuple[ReplayedExam, ReplayedExam], ...]:
    """Return each exam with the one that it is held against, where there is one.

    Parameters
    ----------
    later : {"cohort", "year"}
        The next exam of the same cohort; or that of the same grade a year later, whose pupils
        are others.
    """
    find = _next_of_cohort if later == "cohort" else _year_later
    pairs = ((exam, find(exam, exams)) for exam in exams)
    return tuple((exam, found) for exam, found in pairs if found is not None)


def _baseline(
    store: Store, setting: Setting, exam: ExamRelease, every: Sequence[ExamRelease]
) -> ExamRelease | None:
    """Return the query's baseline where the exam is linked with it, else its first one."""
    linked = linked_baselines(store, exam, every)
    if setting.baseline in linked:
        return setting.baseline
    return linked[0] if linked else None


def _next_of_cohort(own: ReplayedExam, exams: Sequence[ReplayedExam]) -> ReplayedExam | None:
    after = [
        e
        for e in exams
        if e.exam.cohort == own.exam.cohort and e.exam.held_on > own.exam.held_on
    ]
    return min(after, key=lambda e: e.exam.held_on, default=None)


def _year_later(own: ReplayedExam, exams: Sequence[ReplayedExam]) -> ReplayedExam | None:
    then = own.exam.held_on
    # From 29 February a year leads to 28 February.
    wanted = date(then.year + 1, then.month, min(then.day, 28 if then.month == 2 else 31))
    near = [
        e
        for e in exams
        if e.exam.grade == own.exam.grade
        and school_year(e.exam.held_on) == school_year(then) + 1
        and abs(e.exam.held_on - wanted) <= _SAME_SEASON
    ]
    return min(near, key=lambda e: abs(e.exam.held_on - wanted), default=None)
