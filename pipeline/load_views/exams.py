"""Load what can be chosen: the exams of the store, and the schools of an exam."""

from dataclasses import replace

import pandas as pd

from core.suppression import is_small
from data.catalogue import ExamRelease, find_exam, list_exams, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_indicators import exam_indicators
from pipeline.exam_statistics import linked_baselines
from pipeline.school_parts import township_of
from pipeline.views import ExamChoice, SubjectChoice


def load_exams(scope: Scope, store: Store) -> tuple[ExamChoice, ...]:
    """Return the exams that can be looked at, newest first."""
    exams = list_exams(scope, store)
    counties = {county: _county_name(store, county) for county in {e.county for e in exams}}
    choices = (_choice(store, exam, exams, counties[exam.county]) for exam in exams)
    if scope.sees_small_groups:
        return tuple(choices)
    return tuple(replace(c, n_pupils=None) if is_small(c.n_pupils or 0) else c for c in choices)


def list_schools(scope: Scope, store: Store, exam: str) -> pd.DataFrame:
    """Return school, name and township of the schools that sat an exam and may be seen."""
    release = find_exam(scope, store, exam)
    units = units_of(store, release.county)
    names = units.set_index("code")["name"]
    sat = exam_indicators(scope, store, release, subject=_any_subject(store, release))["unit"]
    schools = units[(units["level"] == "school") & units["code"].isin(sat)]
    schools = schools[schools["code"].map(scope.may_see)]
    return pd.DataFrame(
        {
            "school": schools["code"],
            "name": schools["name"],
            "township": township_of(units, schools["code"]).map(names),
        }
    ).reset_index(drop=True)


def _choice(
    store: Store, exam: ExamRelease, exams: tuple[ExamRelease, ...], county_name: str
) -> ExamChoice:
    subjects = subjects_of(store, exam.release_id)
    return ExamChoice(
        name=exam.name,
        county=exam.county,
        county_name=county_name,
        date=exam.held_on,
        grade=exam.grade,
        stage=exam.stage,
        subjects=tuple(
            SubjectChoice(str(code), str(name))
            for code, name in zip(subjects["subject"], subjects["name"], strict=True)
        ),
        baselines=tuple(b.name for b in linked_baselines(store, exam, exams)),
        release=exam.number,
        published_at=exam.published_at,
        n_pupils=exam.n_rows,
        n_schools=exam.n_schools,
        is_demonstration=exam.is_demonstration,
        source=exam.source,
        licence=exam.licence,
    )


def _county_name(store: Store, county: str) -> str:
    units = units_of(store, county)
    return str(units.loc[units["level"] == "county", "name"].iloc[0])


def _any_subject(store: Store, exam: ExamRelease) -> str:
    return str(subjects_of(store, exam.release_id)["subject"].iloc[0])
