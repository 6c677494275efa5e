"""Past exams under a scheme or rules of today, and how often they would have been right."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.warning.rules import RuleSet
from pipeline.views.common import Place, SchemeLabel, Stamp

Later = Literal["cohort", "year"]
"""What an exam is held against: the same pupils' next exam, or the same grade a year later."""

AlarmFrom = Literal["blue", "yellow", "red"]
"""The mildest band that counts as an alarm."""


@dataclass(frozen=True, slots=True)
class ReplayCounts:
    """Calls of past exams against what came later; hidden schools are unknown.

    Attributes
    ----------
    pairs : DataFrame
        exam, later_exam, whose (tried held), n (schools known in both), hits, false_alarms,
        misses, quiet, unknown, by_lot (hits to expect had as many been drawn by lot inside
        each comparison group); one row for each pair of exams and whose, in order of time.
    rates : DataFrame
        whose, rate (hit: of the calls; miss: of those who stood badly later), count, n,
        n_schools (different ones), share, low, high (95 %; null with fewer than ten cases),
        by_lot (count to expect by lot).
    """

    pairs: pd.DataFrame
    rates: pd.DataFrame


@dataclass(frozen=True, slots=True)
class SchemeReplayView:
    """A weight scheme applied to past exams.

    Attributes
    ----------
    tried : SchemeLabel
        The scheme that is tried.
    holds : tuple of SchemeLabel
        What each exam of ``exams`` is screened by in truth, in the same order.
    exams : DataFrame
        exam, held_on, grade, baseline, n (schools judged by both), n_tried, n_held (proposed
        by each), n_same, n_entered, n_left, n_unknown, why_en, why_zh (why it could not be
        screened; null where it could); in order of time.
    calls : DataFrame
        school, name, township, exam, tried, held (proposed; null where not known), call (both
        entered left neither unknown); schools that were called most often first.
    left_out : tuple of str
        Exams without a baseline, which cannot be screened alike.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    tried: SchemeLabel
    holds: tuple[SchemeLabel, ...]
    exams: pd.DataFrame
    calls: pd.DataFrame
    later: Later
    counts: ReplayCounts
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleReplayView:
    """The rules of the warning bands applied to past exams, in one subject.

    Attributes
    ----------
    exams : DataFrame
        exam, held_on, grade, baseline, previous_exam, n_none, n_blue, n_yellow, n_red,
        n_insufficient; in order of time.
    calls : DataFrame
        school, name, township, exam, band, low (in the lowest fifth of its comparison group;
        null where not known); schools that were warned most often first.
    left_out : tuple of str
        Exams without a baseline, which cannot be judged alike.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    rules: RuleSet
    alarm_from: AlarmFrom
    exams: pd.DataFrame
    calls: pd.DataFrame
    later: Later
    counts: ReplayCounts
    left_out: tuple[str, ...]


ReplayView = SchemeReplayView | RuleReplayView
