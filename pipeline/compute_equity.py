"""How far an exam's schools lie apart: coefficients, Theil's index, who carries them, gaps."""

from dataclasses import dataclass

import pandas as pd

from core.equity import compute_drivers, compute_equity, compute_theil
from core.errors import NotEstimableError
from core.group_gaps import compute_school_group_gaps
from core.tables import GROUP_GAPS
from data.catalogue import ExamRelease, units_of
from data.scope import Scope
from data.store import Store
from pipeline.exam_statistics import membership, papers_of, statistic_of
from pipeline.remember import remember


@dataclass(frozen=True, slots=True)
class Equity:
    """The spread between schools of an exam.

    Attributes
    ----------
    indicators : DataFrame
        INDICATORS rows of the county and its townships.
    drivers : DataFrame
        DRIVERS rows: what each school adds to the county's coefficients.
    theil : DataFrame or None
        THEIL rows, split by town and country; None where schools have no locale.
    gaps : DataFrame
        GROUP_GAPS rows between town and country; empty where schools have no locale.
    """

    indicators: pd.DataFrame
    drivers: pd.DataFrame
    theil: pd.DataFrame | None
    gaps: pd.DataFrame


@remember(most=32)
def exam_equity(
    scope: Scope, store: Store, exam: ExamRelease, *, subject: str | None = None
) -> Equity:
    """Return how far the schools of the county, and of each township, lie apart.

    Raises
    ------
    SettingsError
        When the exam has no such subject.
    """
    papers = papers_of(store, exam, subject=subject)
    units = units_of(store, exam.county)
    histogram = statistic_of(scope, store, exam, "score_histogram", list(papers["subject"]))
    members = membership(units, set(histogram["school"].unique()))
    level = units.set_index("code")["level"]
    above = members[members["unit"].map(level).isin(["county", "township"])]
    county = members[members["unit"].map(level) == "county"]
    schools = units[units["level"] == "school"]
    locale = pd.Series(schools["locale"].to_numpy(), index=schools["code"]).dropna()
    return Equity(
        indicators=compute_equity(histogram, subjects=papers, membership=above, exam=exam.name),
        drivers=compute_drivers(histogram, subjects=papers, membership=county),
        theil=_theil(histogram, papers, locale),
        gaps=_gaps(histogram, locale),
    )


def _theil(
    histogram: pd.DataFrame, papers: pd.DataFrame, locale: pd.Series
) -> pd.DataFrame | None:
    if not locale.index.isin(histogram["school"].unique()).any():
        return None
    return compute_theil(histogram, subjects=papers, grouping=locale).subjects


def _gaps(histogram: pd.DataFrame, locale: pd.Series) -> pd.DataFrame:
    try:
        return compute_school_group_gaps(
            histogram, groups=locale, order=("town", "country"), grouping="locale"
        )
    except NotEstimableError:
        return GROUP_GAPS.empty()


@remember(most=256)
def county_spread(
    scope: Scope, store: Store, exam: ExamRelease, *, subject: str | None = None
) -> pd.DataFrame:
    """Return the INDICATORS rows of the county alone, for a trend over many exams.

    ``exam_equity`` takes ten times as long, for the townships and for who carries the
    differences.

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
    level = units.set_index("code")["level"]
    return compute_equity(
        histogram,
        subjects=papers,
        membership=members[members["unit"].map(level) == "county"],
        exam=exam.name,
    )


def county_shares(
    scope: Scope, store: Store, exam: ExamRelease, *, subject: str | None = None
) -> pd.DataFrame:
    """Return the county's rows ``icc``, one for each subject, or for the one of that name.

    Raises
    ------
    SettingsError
        When the exam has no such subject.
    """
    rows = county_spread(scope, store, exam, subject=subject)
    return rows[rows["indicator"] == "icc"].reset_index(drop=True)
