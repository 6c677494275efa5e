"""Views: all that a page may show, already scoped, suppressed and rounded, and nothing more."""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from core.common_sample import CommonSample
from core.remarks import Remark
from core.value_added import Method


@dataclass(frozen=True, slots=True)
class SubjectChoice:
    """A subject of an exam: its code and the bureau's name for it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ExamChoice:
    """An exam that can be looked at, in its current release.

    Attributes
    ----------
    baselines : tuple of str
        Earlier exams whose linked statistics are stored, the default first.
    release : int
        Number of the release, 1, 2, 3.. per exam; a correction raises it.
    n_pupils : int or None
        Pupils on the roll; None when they are too few to be shown.
    source, licence : str or None
        Where third-party data come from, and under which licence.
    """

    name: str
    county: str
    county_name: str
    date: date
    grade: int
    stage: str
    subjects: tuple[SubjectChoice, ...]
    baselines: tuple[str, ...]
    release: int
    published_at: datetime
    n_pupils: int | None
    n_schools: int
    is_demonstration: bool
    source: str | None
    licence: str | None


@dataclass(frozen=True, slots=True)
class Query:
    """What a page asks for: exam, subject, baseline and method of value-added."""

    exam: str
    subject: str
    baseline: str | None
    method: Method


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands under every figure: where it comes from and what it rests on.

    Attributes
    ----------
    n_pupils : int or None
        Pupils with a score in the subject; None when the whole county is suppressed.
    n_linked : int or None
        Pupils matched with the baseline; None without a baseline.
    rule_version : str
        Version of the definitions (docs/methods) that made the figures.
    """

    county_name: str
    exam: str
    exam_date: date
    subject: str
    subject_name: str
    baseline: str | None
    method: Method
    release: int
    published_at: datetime
    n_pupils: int | None
    n_schools: int
    n_linked: int | None
    rule_version: str
    is_demonstration: bool
    source: str | None
    licence: str | None


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """The fitted model of a value-added view, in population SD.

    Attributes
    ----------
    status : str
        ok, no_difference_found, or not_estimable.
    why : tuple of str or None
        English and Chinese text of why it could not be estimated.
    """

    status: str
    why: tuple[str, str] | None
    icc: float | None
    sigma_u2: float | None
    fairness_r: float | None
    common_sample: CommonSample | None


@dataclass(frozen=True, slots=True)
class LeadershipView:
    """How the county stands in one exam and subject.

    Attributes
    ----------
    key_figures : DataFrame
        indicator, estimate, se, low, high, n_pupils, status, change, change_low, change_high,
        change_verdict (up flat down; null without an earlier exam). A row with the status
        ``coded`` has no estimate and no change; its low and high are the ends of a range.
    previous_exam : str or None
        The exam that the changes refer to.
    schools : DataFrame
        One row per school, best value-added first: school, name, township, n_sat, n, z, z_low,
        z_high, estimate, low, high, index, verdict, coverage, status (ok suppressed
        low_coverage not_estimable), history (list of z over the cohort's exams, oldest first).
    n_hidden : int
        Schools whose figures are suppressed.
    """

    stamp: Stamp
    model: ModelSummary
    key_figures: pd.DataFrame
    previous_exam: str | None
    schools: pd.DataFrame
    remarks: tuple[Remark, ...]
    n_hidden: int


@dataclass(frozen=True, slots=True)
class SchoolView:
    """One school in one exam: its subjects, its past, its place, its common sample.

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
    trend : DataFrame
        exam, date, indicator (z or value_added), estimate, low, high, n_pupils, status for the
        chosen subject over the cohort's exams, oldest first.
    positions : DataFrame
        school, name, estimate, is_own over all shown schools, for the strip; best first.
    common_sample : CommonSample or None
        Of this school and the chosen subject.
    """

    stamp: Stamp
    school: str
    name: str
    township: str | None
    school_type: str | None
    locale: str | None
    hidden: bool
    figures: pd.DataFrame
    value_added: pd.DataFrame
    trend: pd.DataFrame
    positions: pd.DataFrame
    common_sample: CommonSample | None
