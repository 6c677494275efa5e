"""INDICATORS of an exam, computed from stored statistics only."""

import pandas as pd

from core.attainment import AttainmentSpec, compute_attainment
from core.errors import SettingsError
from core.scores import TOTAL
from data.catalogue import ExamRelease, find_subject, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline.exam_statistics import (
    comparison_groups,
    membership,
    papers_of,
    statistic_of,
)
from pipeline.remember import remember


@remember(most=128)
def exam_indicators(
    scope: Scope, store: Store, exam: ExamRelease, *, subject: str
) -> pd.DataFrame:
    """Return the INDICATORS of a release in one subject for county, townships and schools."""
    papers = subjects_of(store, exam.release_id)
    histogram = statistic_of(scope, store, exam, "score_histogram", [subject])
    states = statistic_of(scope, store, exam, "state_count", [subject])
    return compute_attainment(
        histogram,
        states,
        subjects=papers[papers["subject"] == subject],
        membership=membership(units_of(store, exam.county), set(states["school"].unique())),
        exam=exam.name,
    )


@remember(most=64)
def all_indicators(
    scope: Scope, store: Store, exam: ExamRelease, *, subject: str | None = None
) -> pd.DataFrame:
    """Return every INDICATOR of a release, ranks inside the comparison groups included.

    Parameters
    ----------
    subject : str, optional
        Code or name of one subject; all of them otherwise.

    Raises
    ------
    SettingsError
        When the exam has no such subject.
    """
    papers = papers_of(store, exam, subject=subject)
    names, units = list(papers["subject"]), units_of(store, exam.county)
    states = statistic_of(scope, store, exam, "state_count", names)
    return compute_attainment(
        statistic_of(scope, store, exam, "score_histogram", names),
        states,
        subjects=papers,
        membership=membership(units, set(states["school"].unique())),
        exam=exam.name,
        spec=AttainmentSpec(groups=comparison_groups(units)),
    )


def pupils_with_score(
    scope: Scope, store: Store, exam: ExamRelease, *, subject: str = TOTAL
) -> pd.Series:
    """Return the pupils with a score of every unit, in one subject; the only one, if so."""
    papers = subjects_of(store, exam.release_id)
    only = str(papers["subject"].iloc[0])
    code = only if len(papers) == 1 else find_subject(papers, subject, exam=exam.name)
    rows = exam_indicators(scope, store, exam, subject=code)
    sat = rows[rows["indicator"] == "n_sat"].set_index("unit")["n_pupils"]
    return sat.astype("Int64")


def of_unit(indicators: pd.DataFrame, unit: str, *, exam: str) -> pd.DataFrame:
    """Return the rows of one unit.

    Raises
    ------
    SettingsError
        When the exam has no figures of it.
    """
    rows = indicators[indicators["unit"] == unit]
    if not rows.empty:
        return rows.reset_index(drop=True)
    codes = indicators["unit"].unique()
    known = ", ".join(codes[:5])
    raise SettingsError(
        f"Exam {exam!r} has no unit {unit!r} (units: {len(codes)}, such as {known}). Give a "
        "code of the organisation.",
        f"考试“{exam}”没有单位“{unit}”（共 {len(codes)} 个，如 {known}）。"
        "请给出组织单位的代码。",
    )
