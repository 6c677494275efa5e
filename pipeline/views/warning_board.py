"""Warning bands of all schools and subjects, and what they rest on."""

from dataclasses import dataclass

import pandas as pd

from core.warning.rules import RuleSet
from pipeline.views.common import Place, Stamp


@dataclass(frozen=True, slots=True)
class WarningBoardView:
    """The proposed bands of an exam, reading only.

    Attributes
    ----------
    bands : DataFrame
        school, name, township, township_code, subject, band (none blue yellow red
        insufficient), signals (codes joined by ;), reason (ok, or why it is insufficient),
        before (band in the exam before; null where there is none), way (worse better same;
        null where one of the two is not known). Most serious schools first, then by code;
        subjects in the exam's order.
    subjects : DataFrame
        subject, name in the exam's order.
    hidden : DataFrame
        school, name, township of the schools that are hidden.
    rules : RuleSet
        That made the bands.
    previous_exam : str or None
        The exam before, for changes.
    value_added_before : bool or None
        Whether value-added was known in the exam before; None where it is not known now.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    bands: pd.DataFrame
    subjects: pd.DataFrame
    hidden: pd.DataFrame
    rules: RuleSet
    previous_exam: str | None
    value_added_before: bool | None


@dataclass(frozen=True, slots=True)
class WarningReasonsView:
    """Why one school has its bands.

    Attributes
    ----------
    bands : DataFrame
        subject, subject_name, band, before, signals, reason in the exam's order.
    signals : DataFrame
        subject, subject_name, signal, value, threshold, n_pupils, band, reason; gravest first.
        A value that would tell of a share of nobody or everybody is null, and so is a threshold
        that would tell of a hidden school.
    hidden : bool
        True where nothing of the school may be shown.
    """

    stamp: Stamp
    school: str
    name: str
    hidden: bool
    bands: pd.DataFrame
    signals: pd.DataFrame


@dataclass(frozen=True, slots=True)
class StatusGridView:
    """Where the schools stand in status x change, in one subject.

    Attributes
    ----------
    schools : DataFrame
        school, name, township, status (1 lowest fifth of the group .. 5), change (1 large fall
        .. 5 large rise; null without an earlier figure), band that the grid alone gives.
    rules : RuleSet
    n_unjudged : int
        Schools that the grid cannot place, the hidden ones among them.
    previous_exam : str or None
    """

    stamp: Stamp
    schools: pd.DataFrame
    rules: RuleSet
    n_unjudged: int
    previous_exam: str | None
