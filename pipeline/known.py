"""What the store knows of a file's pupils and exam, collected before the file is checked."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from core.findings import Finding
from core.school_year import cohort_of
from core.scores import TOTAL
from data import lake
from data.audit import now
from data.bundles import SCORES_FILE
from data.catalogue import ExamRelease, list_exams, subjects_of, units_of
from data.checks.draft import Draft
from data.checks.known import EarlierExam, Known
from data.checks.pupil_resolved import (
    pupils_by_exam_number,
    remarks_of,
    with_numbers,
    with_zeros,
)
from data.publication import ExamRecord
from data.pupils import identities_of, moves_of, pupils_of
from data.roster import name_hashes, number_hashes
from data.scope import OPERATOR, Scope
from data.store import Store

_YEAR, _SEASON = timedelta(days=365), timedelta(days=100)


def known_for(store: Store, record: ExamRecord, *, as_school: str | None) -> Known:
    """Return what a file of this exam can be compared with.

    Parameters
    ----------
    as_school : str or None
        Code of the school whose clerk imports; None for the whole exam.
    """
    exams = [
        e
        for e in list_exams(OPERATOR, store)
        if (e.county, e.is_demonstration) == (record.county, record.is_demonstration)
    ]
    others = [e for e in exams if e.name != record.name]
    units = units_of(store, record.county)
    schools = units[units["level"] == "school"]
    return Known(
        hash_numbers=number_hashes(store.home),
        hash_names=name_hashes(store.home),
        as_school=as_school,
        held_on=record.held_on,
        today=now().date(),
        cohort=record.cohort,
        roster=with_cohort(pupils_of(OPERATOR, store, record.county)),
        moves=moves_of(OPERATOR, store, record.county),
        schools=dict(zip(schools["code"], schools["name"], strict=True)),
        baseline=_earlier(store, _before(others, record)),
        last_year=_earlier(store, _year_before(others, record)),
        superseded=_earlier(store, next((e for e in exams if e.name == record.name), None)),
    )


def resolved(
    store: Store, draft: Draft, findings: Sequence[Finding], *, county: str
) -> tuple[Draft, list[Finding]]:
    """Return the draft with the pupil numbers that the roster knows, and all findings so far.

    Exam numbers stand for pupils of the roster, lost zeros are put back; nothing is guessed.
    Only the identities of the pupils found are opened, for a clerk only his school's.
    """
    if draft.known.roster.empty:
        return draft, list(findings)
    told = list(findings)
    found = pupils_by_exam_number(draft)
    settled = found.pupil.dropna().astype("int64").tolist()
    if settled:
        school = draft.known.as_school
        scope = Scope("clerk", (school,)) if school else OPERATOR
        opened = identities_of(scope, store, county, settled)
        number = opened.set_index("pupil")["pupil_number"]
        draft = with_numbers(draft, found, number)
    if settled or found.several.any() or found.other_name.any():
        # The roster answers what the layout could only assume.
        told = [f for f in told if f.check != "pupil_number_column"]
        told += remarks_of(draft, found)
    draft, restored = with_zeros(draft)
    return draft, told + restored


def with_cohort(roster: pd.DataFrame) -> pd.DataFrame:
    """Return a roster with the year in which each pupil entered grade 1.

    The grade counts for the school year in which the row was last changed.
    """
    days = roster["changed_at"].dt.normalize()
    years = days.map({day: cohort_of(day.date(), grade=1) for day in days.unique()})
    cohort = years.astype("Int64") + 1 - roster["grade"]
    return roster.assign(cohort=cohort.astype("Int64"))


def _before(exams: Sequence[ExamRelease], record: ExamRecord) -> ExamRelease | None:
    """Return the last exam of the same pupils before this one."""
    earlier = [e for e in exams if e.cohort == record.cohort and e.held_on < record.held_on]
    return max(earlier, key=lambda e: e.held_on, default=None)


def _year_before(exams: Sequence[ExamRelease], record: ExamRecord) -> ExamRelease | None:
    """Return the exam of the same grade that was held about a year before."""

    def distance(day: date) -> timedelta:
        return abs(record.held_on - _YEAR - day)

    near = [e for e in exams if e.grade == record.grade and distance(e.held_on) <= _SEASON]
    return min(near, key=lambda e: distance(e.held_on), default=None)


def _earlier(store: Store, release: ExamRelease | None) -> EarlierExam | None:
    """Read an exam's current release, compared with its hash."""
    if release is None:
        return None
    path = f"{release.bundle}/{SCORES_FILE}"
    wide = lake.read_table(store.home, path, sha256=release.scores_sha256)
    subjects = subjects_of(store, release.release_id)
    subjects = subjects[subjects["subject"] != TOTAL]
    places = zip(subjects["subject"], subjects["position"], strict=True)
    scores = {
        code: wide[f"score_{k}"].to_numpy(np.float64, na_value=np.nan) for code, k in places
    }
    school = pd.Categorical(wide["school"])
    return EarlierExam(
        name=release.name,
        held_on=release.held_on,
        grade=release.grade,
        stage=release.stage,
        scores=pd.DataFrame({"pupil": wide["pupil"], "school": school, **scores}),
        full_marks=dict(zip(subjects["subject"], subjects["full_mark"], strict=True)),
    )
