"""One subject over all schools: what the page for subject researchers 教研员 shows."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.remarks import Remark
from pipeline.views.common import ModelSummary, Place, Stamp

Measure = Literal["z", "value_added"]
"""What schools are compared in: attainment, or value-added since the baseline."""


@dataclass(frozen=True, slots=True)
class ItemCount:
    """How much is known of a paper's items: items, and knowledge points that they test."""

    n_items: int
    n_points: int


@dataclass(frozen=True, slots=True)
class SubjectView:
    """How the schools stand in one subject of an exam.

    Attributes
    ----------
    measure : str
        What ``schools`` and ``gaps`` are about; ``z`` where there is no baseline.
    schools : DataFrame
        One row per school, best first: school, name, township, n_pupils, estimate, low, high,
        side (above, within, below: the county, or what was expected; null where not shown),
        status.
    gaps : DataFrame
        This subject against the school's own mean over subjects, best first: school, name,
        n_pupils, raw_gap, gap, low, high, q_value, flag (strong weak none), status; empty where
        ``gaps_why`` says why.
    gaps_why : tuple of str or None
        English and Chinese text of why there are no gaps.
    n_flags, n_tests : int
        Flags and tests of all schools and subjects, which share one rate of false flags.
    shares : DataFrame
        Share of the pupils' variance between schools: subject, name, n_pupils, estimate, low,
        high, status, is_own; largest first.
    share_trend : DataFrame
        The same of this subject over the cohort's exams up to this one, oldest first: exam,
        date, n_pupils, estimate, low, high, status, is_own.
    county : DataFrame
        The county's subjects against the same grade a year before, in the score rate and
        beside their mean over subjects: subject, name, n_pupils, estimate (gap), low, high,
        q_value, flag, is_own; empty without such an exam.
    reference : str or None
        Name of that exam.
    items : ItemCount or None
        None where no item data of this exam and subject are published.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    measure: Measure
    model: ModelSummary
    schools: pd.DataFrame
    gaps: pd.DataFrame
    gaps_why: tuple[str, str] | None
    n_flags: int
    n_tests: int
    shares: pd.DataFrame
    share_trend: pd.DataFrame
    county: pd.DataFrame
    reference: str | None
    items: ItemCount | None
    remarks: tuple[Remark, ...]
    n_hidden: int


@dataclass(frozen=True, slots=True)
class VisitsView:
    """The schools of like intake to one school, and which of them to visit.

    Attributes
    ----------
    school, name : str
    n_pupils : int or None
    estimate, low, high : float or None
        The school's own figure; None where it is not shown.
    peers : DataFrame
        The nearest first: school, name, township, school_type, place, distance, start (z in
        the baseline), n_pupils, estimate, low, high, difference, difference_low,
        difference_high, is_better (by more than 1.96 standard errors), status.
    own_start : float or None
        The school's own z in the baseline.
    why : tuple of str or None
        English and Chinese text of why there are no peers; empty texts without a baseline.
    """

    stamp: Stamp
    measure: Measure
    school: str
    name: str
    n_pupils: int | None
    estimate: float | None
    low: float | None
    high: float | None
    own_start: float | None
    peers: pd.DataFrame
    why: tuple[str, str] | None
