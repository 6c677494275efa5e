"""INDICATORS of an exam, computed from stored statistics only."""

import pandas as pd

from core.attainment import AttainmentSpec, compute_attainment
from core.errors import SettingsError
from data.catalogue import ExamRelease, find_subject, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline.exam_statistics import comparison_groups, membership, statistic_of
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
        membership=membership(units_of(store, exam.county), set(states["school"])),
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
    papers = subjects_of(store, exam.release_id)
    if subject is not None:
        code = find_subject(papers, subject, exam=exam.name)
        papers = papers[papers["subject"] == code].reset_index(drop=True)
    names, units = list(papers["subject"]), units_of(store, exam.county)
    states = statistic_of(scope, store, exam, "state_count", names)
    return compute_attainment(
        statistic_of(scope, store, exam, "score_histogram", names),
        states,
        subjects=papers,
        membership=membership(units, set(states["school"])),
        exam=exam.name,
        spec=AttainmentSpec(groups=comparison_groups(units)),
    )


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
