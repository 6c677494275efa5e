"""A demonstration county with known truth: units, exams as files bring them, school effects.

The model stands in ``core.simulation.cohort``. True value-added of a school in an exam: over
the pupils with a score in the entry test and in this exam who are in the school at this exam,
the mean of what all their schools since entry added to the mark (so movers bring their past
along), in population SD of the exam's scores. 0 is the school that the model expects.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from core.simulation.cohort import (
    TERMS,
    Sitting,
    follow_cohort,
    make_effects,
    true_value_added,
)
from core.simulation.organisation import Stage, StageKey, make_stages, make_units
from core.simulation.sheet import GRADE_NAMES, make_entries, make_marks, make_pupils
from core.simulation.spec import CountySpec

_TRUTH = ("exam", "baseline_exam", "subject", "school", "value_added")


@dataclass(frozen=True, slots=True)
class SimulatedExam:
    """One exam of one grade, as an importer would read it from the file.

    Attributes
    ----------
    name : str
    date : datetime.date
    grade : int
    stage : {"primary", "junior"}
    full_marks : dict
        Subject code to full mark, hundredths.
    subject_names : dict
        Subject code to Chinese name, in the order of the columns.
    entries, marks : DataFrame
        ENTRIES and MARKS rows of a file with one row a pupil and one heading row.
    """

    name: str
    date: date
    grade: int
    stage: StageKey
    full_marks: dict[str, int]
    subject_names: dict[str, str]
    entries: pd.DataFrame
    marks: pd.DataFrame


@dataclass(frozen=True, slots=True)
class SimulatedCounty:
    """A county, its exams from the first to the last, and what its schools really added.

    Attributes
    ----------
    units : DataFrame
        UNITS rows.
    exams : tuple of SimulatedExam
    truth : DataFrame
        exam, baseline_exam (names), subject, school (codes), value_added (population SD of
        the exam); for every exam after its cohort's entry test.
    declining : tuple of str
        Codes of the schools that fall behind from the spec's ``decline_from`` on.
    """

    units: pd.DataFrame
    exams: tuple[SimulatedExam, ...]
    truth: pd.DataFrame
    declining: tuple[str, ...]


def simulate_county(spec: CountySpec, rng: np.random.Generator) -> SimulatedCounty:
    """Simulate a county's exams; the same spec and state of ``rng`` give the same county."""
    stages = make_stages(spec, rng=rng)
    exams: list[SimulatedExam] = []
    truths: list[pd.DataFrame] = []
    declining: list[str] = []
    for stage, n_declining in zip(stages, _n_declining(stages, spec=spec), strict=True):
        effects = make_effects(stage, spec, rng=rng, n_declining=n_declining)
        declining += [stage.schools[j].code for j in np.flatnonzero(effects.declining)]
        # A cohort that entered before the window would have no entry test to compare with.
        for year in range(spec.first_year, spec.first_year + spec.n_years):
            start = 2 * (year - spec.first_year)
            terms = _terms(start, spec=spec)
            follow = follow_cohort(
                stage, spec, effects=effects, rng=rng, start=start, terms=terms
            )
            made_exams, made_truth = _followed(stage, tuple(follow), year=year, rng=rng)
            exams += made_exams
            truths += made_truth
    return SimulatedCounty(
        units=make_units(stages),
        exams=tuple(sorted(exams, key=lambda exam: (exam.date, exam.grade))),
        truth=pd.concat(truths, ignore_index=True),
        declining=tuple(declining),
    )


def _n_declining(stages: tuple[Stage, ...], *, spec: CountySpec) -> list[int]:
    """Share the declining schools out: half to each of two stages, as far as schools go."""
    if len(stages) == 1:
        return [spec.n_declining]
    first, second = (len(stage.schools) for stage in stages)
    n_first = min(first, max(spec.n_declining // 2, spec.n_declining - second))
    return [n_first, spec.n_declining - n_first]


def _terms(start: int, *, spec: CountySpec) -> list[int]:
    """Return which exams of a cohort lie in the window; 0 is the entry test."""
    return [t for t in range(TERMS + 1) if start + t - 1 < 2 * spec.n_years]


def _followed(
    stage: Stage, sittings: tuple[Sitting, ...], *, year: int, rng: np.random.Generator
) -> tuple[list[SimulatedExam], list[pd.DataFrame]]:
    """Return the exams of a cohort, and the truth of those after the entry test."""
    n_pupils = 1 + max(int(sitting.pupil.max()) for sitting in sittings)
    pupils = make_pupils(stage, n_pupils=n_pupils, year=year, rng=rng)
    exams, truths = [], []
    for sitting in sittings:
        name, day, grade = _occasion(stage, sitting.term, year=year)
        subjects = stage.subjects
        entries = make_entries(stage, sitting, pupils=pupils, day=day, grade=grade)
        exams.append(
            SimulatedExam(
                name=name,
                date=day,
                grade=grade,
                stage=stage.key,
                full_marks={subject.code: subject.full_mark for subject in subjects},
                subject_names={subject.code: subject.name for subject in subjects},
                entries=entries,
                marks=make_marks(sitting, subjects=subjects),
            )
        )
        if sitting.term > 0:
            table = _truth(stage, sittings[0], sitting)
            baseline = exams[0].name
            truths.append(table.assign(exam=name, baseline_exam=baseline)[list(_TRUTH)])
    return exams, truths


def _occasion(stage: Stage, term: int, *, year: int) -> tuple[str, date, int]:
    """Return name, day and grade of a cohort's exam; the entry test opens the first year."""
    if term == 0:
        grade = stage.first_grade
        return f"{year}-{year + 1}学年入学测 {GRADE_NAMES[grade]}", date(year, 9, 3), grade
    begun, second = year + (term - 1) // 2, term % 2 == 0
    grade = stage.first_grade + (term - 1) // 2
    day = date(begun + 1, 6, 26) if second else date(begun + 1, 1, 14)
    half = "下" if second else "上"
    return f"{begun}-{begun + 1}学年{half}学期期末 {GRADE_NAMES[grade]}", day, grade


def _truth(stage: Stage, entry: Sitting, current: Sitting) -> pd.DataFrame:
    """Tabulate the true value-added by subject and school, without the exams' names."""
    value = true_value_added(entry, current, n_schools=len(stage.schools))
    school, subject = np.nonzero(~np.isnan(value))
    return pd.DataFrame(
        {
            "subject": np.array([s.code for s in stage.subjects])[subject],
            "school": np.array([s.code for s in stage.schools])[school],
            "value_added": value[school, subject],
        }
    )
