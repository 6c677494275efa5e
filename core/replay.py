"""Replay of history under rules of today: how often they would have been right.

An alarm is compared with a later state that somebody knows now. Small counties give small
counts, so the number of units stands beside every count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from core.errors import DataError, SettingsError
from core.escalation.ladder import Ladder
from core.escalation.transitions import compute_transitions
from core.warning.figures import ExamFigures
from core.warning.judge import Bands, judge_bands
from core.warning.rules import BANDS, INSUFFICIENT, RuleSet

_CELL = ["unit", "subject"]


@dataclass(frozen=True, slots=True)
class AlarmCounts:
    """Alarms against a later state.

    Attributes
    ----------
    n : int
        Units with an alarm or none, and a later state that is known.
    hits, false_alarms, misses, quiet : int
        Alarm and bad later; alarm and not bad; no alarm and bad; no alarm and not bad. They
        add up to ``n``.
    unknown : int
        Units left out, because they were never judged or their later state is not known.
    """

    n: int
    hits: int
    false_alarms: int
    misses: int
    quiet: int
    unknown: int


def count_alarms(alarm: pd.Series, *, later_state: pd.Series) -> AlarmCounts:
    """Count alarms against a later state.

    Parameters
    ----------
    alarm : Series of bool, null where not judged
        By unit, or by unit and subject.
    later_state : Series of bool, null where not known
        Whether the unit stood badly later; units that are not in it are not known.

    Raises
    ------
    DataError
        When a unit has several later states.

    Examples
    --------
    >>> alarm = pd.Series({"A": True, "B": True, "C": False, "D": False})
    >>> later = pd.Series({"A": True, "B": False, "C": True})
    >>> count_alarms(alarm, later_state=later)
    AlarmCounts(n=3, hits=1, false_alarms=1, misses=1, quiet=0, unknown=1)
    """
    repeated = int(later_state.index.duplicated().sum())
    if repeated:
        raise DataError(
            f"Units with several later states: {repeated}. Each unit needs one. Take out the "
            "others.",
            f"有 {repeated} 条重复的后续状态，每个单位只能有一个。请删去多余的。",
        )
    raised = alarm.astype("boolean")
    bad = later_state.astype("boolean").reindex(alarm.index)
    known = raised.notna() & bad.notna()
    pair = raised[known].astype(bool), bad[known].astype(bool)
    return AlarmCounts(
        n=int(known.sum()),
        hits=int((pair[0] & pair[1]).sum()),
        false_alarms=int((pair[0] & ~pair[1]).sum()),
        misses=int((~pair[0] & pair[1]).sum()),
        quiet=int((~pair[0] & ~pair[1]).sum()),
        unknown=int((~known).sum()),
    )


def replay_ladder(
    readings: pd.DataFrame, *, ladder: Ladder, later_state: pd.Series, alarm_from: str
) -> AlarmCounts:
    """Count how a ladder would have called units that stood badly later.

    Parameters
    ----------
    readings : DataFrame
        READINGS rows of the past.
    ladder : Ladder
    later_state : Series of bool, indexed by unit
        Whether the unit stood badly after the last reading.
    alarm_from : str
        Code of the mildest step that counts as an alarm, standing after the last reading.

    Raises
    ------
    SettingsError
        When the ladder has no such step. ``none`` is no alarm.
    """
    least = _place(alarm_from, choices=[step.code for step in ladder.steps]) + 1
    moves = compute_transitions(readings, ladder=ladder)
    step = moves.groupby("unit")["step_after"].last()
    judged = (moves["event"] != "paused").groupby(moves["unit"]).any()
    alarm = (step.map(ladder.place) >= least).astype("boolean").where(judged)
    return count_alarms(alarm, later_state=later_state)


def replay_bands(
    exams: Iterable[ExamFigures],
    *,
    groups: pd.Series,
    rules: RuleSet,
    later_state: pd.Series,
    alarm_from: str,
) -> AlarmCounts:
    """Count how a rule set would have called schools and subjects that stood badly later.

    Parameters
    ----------
    exams : iterable of ExamFigures
        In order of time.
    groups : Series, indexed by unit
        Comparison group of each school.
    rules : RuleSet
    later_state : Series of bool, indexed by unit and subject
        Whether the school stood badly in the subject after the last exam.
    alarm_from : {"blue", "yellow", "red"}
        Mildest band that counts as an alarm, standing after the last exam.

    Raises
    ------
    SettingsError
        When ``alarm_from`` is none of the three.
    """
    least = _place(alarm_from, choices=BANDS[1:]) + 1
    standing: Bands | None = None
    for exam in exams:
        judged = judge_bands(
            exam.current,
            previous=exam.previous,
            value_added=exam.value_added,
            gaps=exam.gaps,
            groups=groups,
            rules=rules,
            standing=None if standing is None else standing.signals,
        )
        standing = judged if standing is None else _last_known(judged, before=standing)
    if standing is None:
        return AlarmCounts(n=0, hits=0, false_alarms=0, misses=0, quiet=0, unknown=0)
    band = standing.judgements.set_index(_CELL)["band"]
    place = band.map({word: place for place, word in enumerate(BANDS)})
    alarm = (place >= least).astype("boolean").where(band != INSUFFICIENT)
    return count_alarms(alarm, later_state=later_state)


def _place(code: str, *, choices: Sequence[str]) -> int:
    if code not in choices:
        known = " ".join(choices)
        raise SettingsError(
            f"Setting alarm_from is {code!r}. It must be one of: {known}. Correct it.",
            f"设置项 alarm_from 为 {code!r}，应为以下之一：{known}。请更正。",
        )
    return choices.index(code)


def _last_known(judged: Bands, *, before: Bands) -> Bands:
    """Return the last judgement of each school and subject, and the last of each signal."""
    return Bands(
        judgements=_latest(judged.judgements, before=before.judgements, key=_CELL),
        signals=_latest(judged.signals, before=before.signals, key=[*_CELL, "signal"]),
    )


def _latest(rows: pd.DataFrame, *, before: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the last row of each key that is not insufficient, where there is one."""
    every = pd.concat([before, rows])
    known = every.assign(known=every["band"] != INSUFFICIENT).reset_index(drop=True)
    ordered = known.sort_values("known", kind="stable")
    kept = ordered.drop_duplicates(key, keep="last").sort_index()
    return kept.drop(columns="known").reset_index(drop=True)
