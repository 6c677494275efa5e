"""What every computation on an exam starts from: its statistics, units and populations."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from core.standardise import Population, population_of
from data.catalogue import (
    ExamRelease,
    baselines_of,
    find_subject,
    list_exams,
    read_statistic,
    subjects_of,
)
from data.scope import Scope
from data.store import Store
from pipeline.remember import remember


def statistic_of(
    scope: Scope, store: Store, exam: ExamRelease, kind: str, subjects: Sequence[str]
) -> pd.DataFrame:
    """Return a statistic that was made when the exam was published, of some subjects."""
    whole = _by_subject(scope, store, exam, kind)
    found = [whole[subject] for subject in subjects if subject in whole]
    if len(found) == 1:
        return found[0]
    return pd.concat(found, ignore_index=True) if found else next(iter(whole.values())).iloc[:0]


@remember(most=16)
def _by_subject(
    scope: Scope, store: Store, exam: ExamRelease, kind: str
) -> Mapping[str, pd.DataFrame]:
    """Return a statistic in its subjects: read and compared with its hash once for them all."""
    frame = read_statistic(scope, store, exam.release_id, kind)
    if frame is None:
        raise AssertionError(f"Release {exam.release_id} was published without its {kind}.")
    return {str(subject): rows for subject, rows in frame.groupby("subject", sort=False)}


def populations_of(
    scope: Scope, store: Store, exam: ExamRelease, subjects: Sequence[str]
) -> Mapping[str, Population]:
    """Return the population of each subject; NaN where nobody has a score."""
    return {subject: _population(scope, store, exam, subject) for subject in subjects}


@remember(most=512)
def _population(scope: Scope, store: Store, exam: ExamRelease, subject: str) -> Population:
    found = population_of(statistic_of(scope, store, exam, "score_histogram", [subject]))
    return found.get(subject, Population(math.nan, math.nan))


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


def papers_of(store: Store, exam: ExamRelease, *, subject: str | None = None) -> pd.DataFrame:
    """Return the SUBJECTS of an exam, or the one whose code or name is given.

    Raises
    ------
    SettingsError
        When the exam has no such subject.
    """
    papers = subjects_of(store, exam.release_id)
    if subject is None:
        return papers
    code = find_subject(papers, subject, exam=exam.name)
    return papers[papers["subject"] == code].reset_index(drop=True)


def comparison_groups(units: pd.DataFrame) -> pd.Series:
    """Return the comparison group of each school: its stage, with its type where it has one.

    Schools are ranked and judged only inside their group.
    """
    schools = units[units["level"] == "school"]
    kind = schools["school_type"]
    stage = schools["stage"].fillna("-")
    group = stage.where(kind.isna(), stage + "/" + kind.fillna(""))
    return pd.Series(group.to_numpy(), index=schools["code"].to_numpy(), dtype="str")


def linked_baselines(
    store: Store, exam: ExamRelease, exams: Sequence[ExamRelease]
) -> tuple[ExamRelease, ...]:
    """Return the exams linked with this one in their current releases, oldest first."""
    linked = set(baselines_of(store, exam.release_id))
    return tuple(sorted((e for e in exams if e.release_id in linked), key=lambda e: e.held_on))


def earlier_exams(scope: Scope, store: Store, exam: ExamRelease) -> tuple[ExamRelease, ...]:
    """Return the exams that the same cohort sat before in the same stage, oldest first."""
    key = (exam.county, exam.cohort, exam.stage)
    exams = [
        e
        for e in list_exams(scope, store)
        if (e.county, e.cohort, e.stage) == key and e.held_on < exam.held_on
    ]
    return tuple(sorted(exams, key=lambda e: e.held_on))
