"""How much of the pupils' differences lies between the schools of an exam, by subject."""

import pandas as pd

from core.equity import compute_equity
from data.catalogue import ExamRelease, units_of
from data.scope import Scope
from data.store import Store
from pipeline.exam_statistics import membership, papers_of, statistic_of
from pipeline.remember import remember

SHARE = "icc"


@remember(most=256)
def exam_shares(
    scope: Scope, store: Store, exam: ExamRelease, *, subject: str | None = None
) -> pd.DataFrame:
    """Return the INDICATORS rows ``icc`` of the county, one for each subject.

    Of the county alone, because ``exam_equity`` takes ten times as long for its townships and
    for who carries the differences.

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
    units = units_of(store, exam.county)
    histogram = statistic_of(scope, store, exam, "score_histogram", list(papers["subject"]))
    members = membership(units, set(histogram["school"].unique()))
    county = units.loc[units["level"] == "county", "code"]
    rows = compute_equity(
        histogram,
        subjects=papers,
        membership=members[members["unit"].isin(county)],
        exam=exam.name,
    )
    return rows[rows["indicator"] == SHARE].reset_index(drop=True)
