"""Mean and spread of each subject, now and in an earlier exam, as shares of the full mark."""

from dataclasses import dataclass

import numpy as np

from data.checks.draft import Draft, DraftSubject
from data.checks.known import EarlierExam

MIN_PUPILS = 30


@dataclass(frozen=True, slots=True)
class SubjectFigures:
    """One subject in both exams, in the schools that took part in both.

    Attributes
    ----------
    mean, mean_before, spread, spread_before : float
        Mean and standard deviation as shares of the full mark of their exam.
    is_last_year : bool
        Whether the earlier exam is last year's of the same grade; else it is an earlier exam
        of the same pupils.
    """

    subject: DraftSubject
    exam: str
    is_last_year: bool
    mean: float
    mean_before: float
    spread: float
    spread_before: float


def subject_figures(draft: Draft) -> list[SubjectFigures]:
    """Return the figures of each subject that an earlier exam has, best comparison first."""
    found: dict[str, SubjectFigures] = {}
    for earlier in (draft.known.last_year, draft.known.baseline):
        wanted = [s for s in draft.subjects if s.code not in found]
        if earlier is not None and wanted:
            found |= _figures(draft, wanted, earlier)
    return [found[s.code] for s in draft.subjects if s.code in found]


def _figures(
    draft: Draft, subjects: list[DraftSubject], earlier: EarlierExam
) -> dict[str, SubjectFigures]:
    school = earlier.scores["school"]
    common = np.intersect1d(draft.school.categories, school.cat.categories)
    is_in = draft.school.isin(common)
    was_in = school.isin(common).to_numpy(bool)
    found = {}
    for subject in subjects:
        if subject.code not in earlier.full_marks:
            continue
        now = draft.points[subject.code][is_in].dropna() / subject.full_mark_hundredths
        before = (
            earlier.scores[subject.code][was_in].dropna() / earlier.full_marks[subject.code]
        )
        if min(len(now), len(before)) >= MIN_PUPILS:
            found[subject.code] = SubjectFigures(
                subject=subject,
                exam=earlier.name,
                is_last_year=earlier is draft.known.last_year,
                mean=float(now.mean()),
                mean_before=float(before.mean()),
                spread=float(now.std()),
                spread_before=float(before.std()),
            )
    return found
