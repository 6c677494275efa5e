"""How one school stands: what the school's page shows."""

from dataclasses import dataclass

import pandas as pd

from core.common_sample import CommonSample
from core.remarks import Remark
from core.warning.rules import RuleSet
from pipeline.views.common import Place, Stamp

Why = tuple[str, str]
"""English and Chinese text of why something is missing."""


@dataclass(frozen=True, slots=True)
class SchoolView:
    """One school in one exam: subjects, starts, frames, warnings, common sample.

    Attributes
    ----------
    school, name, township, school_type, locale : str or None
    hidden : bool
        True when no subject of the school may be shown above the own school.
    figures : DataFrame
        subject, name, indicator, estimate, low, high, n_pupils, status for this exam; coded
        as in the key figures.
    value_added : DataFrame
        subject, name, estimate, low, high, n, index, verdict, coverage, status.
    starts : DataFrame
        Value-added of the chosen subject by fifth of the prior score: quintile (1 is the
        lowest start), n, estimate, low, high, index, verdict, status.
    frames : DataFrame
        frame (county township peers), indicator (z value_added), n_schools, lowest, q1,
        median, q3, highest, own, status (ok few_schools no_township no_peers no_figure). A
        frame that is not ok has no distribution.
    profile : DataFrame
        Subjects against the school's own mean and its comparison group: subject, name, n,
        estimate, low, high, q_value, flag (strong weak none), status.
    target : DataFrame
        The peers' mean of the chosen subject as a first target: indicator (mean z
        value_added), own, peer_mean, estimate (difference), low, high, n_peers, status.
    peers : DataFrame
        school, name, place: the schools of like intake in the chosen subject, nearest first;
        empty texts for those that the reader may not see.
    profile_why, peers_why, starts_why : tuple of str or None
    bands : DataFrame
        subject, name, band, signals (codes joined by ;), reason.
    signals : DataFrame
        subject, name, signal, value, threshold, n_pupils, band, reason.
    rules : RuleSet
        That made the bands.
    common_sample : CommonSample or None
        Of this school and the chosen subject.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    school: str
    name: str
    township: str | None
    school_type: str | None
    locale: str | None
    hidden: bool
    figures: pd.DataFrame
    value_added: pd.DataFrame
    starts: pd.DataFrame
    starts_why: Why | None
    frames: pd.DataFrame
    profile: pd.DataFrame
    profile_why: Why | None
    target: pd.DataFrame
    peers: pd.DataFrame
    peers_why: Why | None
    bands: pd.DataFrame
    signals: pd.DataFrame
    rules: RuleSet
    common_sample: CommonSample | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class SchoolGradesView:
    """Value-added of one school in the exams of all grades of the same period.

    Attributes
    ----------
    figures : DataFrame
        exam, grade, subject, name, baseline, estimate, low, high, n, index, verdict, coverage,
        status; by grade, subjects in the order of the exam.
    """

    stamp: Stamp
    figures: pd.DataFrame


@dataclass(frozen=True, slots=True)
class SchoolPeersView:
    """The subjects of one school beside those of the schools of like intake.

    Attributes
    ----------
    figures : DataFrame
        subject, name, n, n_peers, own, peer_mean, estimate (difference of z), low, high,
        status; the peers are those of the subject.
    """

    stamp: Stamp
    figures: pd.DataFrame


@dataclass(frozen=True, slots=True)
class SchoolPastView:
    """How one school has gone in the chosen subject: its cohort, and its grade.

    Attributes
    ----------
    trend : DataFrame
        exam, date, indicator (z or value_added), estimate, low, high, n_pupils, status over
        the cohort's exams, oldest first.
    years : DataFrame
        Value-added of this grade over school years: exam (empty for the weighted mean),
        estimate, low, high, index, verdict, status; the mean first, then the latest year.
    """

    stamp: Stamp
    trend: pd.DataFrame
    years: pd.DataFrame
