"""The escalation clock of one unit: a state, a reading, and the transition between them.

    flagged   the run of flagged years grows by 1, and with it the step, by at most 1
    clean     the runs begin anew; the step stands until enough years in a row are above the
              exit line
    paused    nothing moves: another exam, another scheme, a thin common sample, or no figures

A transition is a proposal until a person confirms it, and is never edited afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from core.errors import DataError
from core.escalation.ladder import Condition, Counts, Ladder

Event = Literal["raised", "held", "clean", "left", "paused"]
Reason = Literal["ok", "other_exam", "other_scheme", "low_coverage", "insufficient"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one school year says of one unit.

    Attributes
    ----------
    period : int
        School year.
    exam_family : str
        Which series of exams; results of different series do not compare.
    scheme : str
        Version of the scheme that decides decline and place.
    declined, last_place : bool or None
        None where it cannot be said. ``last_place`` is read only by ladders without lines.
    coverage : float
        Share of the pupils in the common sample, 0 to 1; NaN where not known.
    position : float or None
        Share of the group that stands lower, 0 to 1; for ladders with lines.
    """

    period: int
    exam_family: str
    scheme: str
    declined: bool | None
    last_place: bool | None
    coverage: float
    position: float | None = None


@dataclass(frozen=True, slots=True)
class ClockState:
    """Where a unit stands.

    Attributes
    ----------
    step : int
        Place of the step that stands; 0 for none.
    flagged_years, last_years, clear_years : int
        Years in a row that were flagged, in last place, and above the exit line.
    period : int or None
        School year of the last reading; None before the first.
    exam_family, scheme : str or None
        Of the last reading.
    """

    step: int = 0
    flagged_years: int = 0
    last_years: int = 0
    clear_years: int = 0
    period: int | None = None
    exam_family: str | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """One move of the clock, with what it rests on.

    Attributes
    ----------
    event : {"raised", "held", "clean", "left", "paused"}
        The step went up; it did not although flagged; clean; no step stands any more; paused.
    reason : str
        Why it was paused, else ``ok``.
    before, after : ClockState
    due : int
        Place of the step that the run of years calls for by itself, 0 for none. It is below
        ``after.step`` where an earlier step still stands.
    reading : Reading
        The evidence.
    rule, version : str
        Id and version of the ladder.
    """

    event: Event
    reason: Reason
    before: ClockState
    after: ClockState
    due: int
    reading: Reading
    rule: str
    version: str


def run_clock(
    readings: Iterable[Reading], *, ladder: Ladder, state: ClockState | None = None
) -> tuple[Transition, ...]:
    """Run the clock over readings in order of their periods; one transition for each.

    Parameters
    ----------
    readings : iterable of Reading
        Of one unit; a year without any is a pause.
    ladder : Ladder
    state : ClockState, optional
        Where the unit stood before the first of them.

    Raises
    ------
    DataError
        When a period is not after the one before.

    Examples
    --------
    >>> from core.escalation.ladder import ladder_of
    >>> from core.escalation.presets import PRINCIPAL_1
    >>> bad = [Reading(year, "中考", "1", True, True, 0.95) for year in (2023, 2024, 2025)]
    >>> ladder = ladder_of(PRINCIPAL_1)
    >>> [ladder.code(t.after.step) for t in run_clock(bad, ladder=ladder)]
    ['talk', 'yellow_card', 'red_card']
    """
    now, moves = state or ClockState(), []
    for reading in readings:
        move = advance(now, reading, ladder=ladder)
        moves.append(move)
        now = move.after
    return tuple(moves)


def advance(state: ClockState, reading: Reading, *, ladder: Ladder) -> Transition:
    """Move the clock by one reading.

    Raises
    ------
    DataError
        When the period is not after the one before.

    Examples
    --------
    >>> from core.escalation.ladder import ladder_of
    >>> from core.escalation.presets import PRINCIPAL_2
    >>> thin = Reading(2025, "中考", "1", True, True, coverage=0.6)
    >>> move = advance(ClockState(), thin, ladder=ladder_of(PRINCIPAL_2))
    >>> move.event, move.reason, move.after.step
    ('paused', 'low_coverage', 0)
    """
    if state.period is not None and reading.period <= state.period:
        raise DataError(
            f"Readings of one unit must come in order of their years (found: {reading.period} "
            f"after {state.period}). Sort them, with one for each year.",
            f"同一单位的各年结果须按年份递增（现有：{state.period} 之后为 {reading.period}）。"
            "请排序，每年一条。",
        )
    seen = replace(
        state, period=reading.period, exam_family=reading.exam_family, scheme=reading.scheme
    )
    last = _last_place(reading, ladder=ladder)
    flagged = _flagged(reading.declined, last, ladder=ladder)
    reason = _pause(state, reading, ladder=ladder)
    if reason == "ok" and (flagged is None or last is None):
        reason = "insufficient"
    due, after = 0, seen
    event: Event = "paused"
    if reason == "ok" and flagged:
        due, event, after = _on_flagged(seen, last=bool(last), ladder=ladder)
    elif reason == "ok":
        event, after = _on_clean(seen, reading, ladder=ladder)
    return Transition(event, reason, state, after, due, reading, ladder.id, ladder.version)


def _last_place(reading: Reading, *, ladder: Ladder) -> bool | None:
    if ladder.entry_line is None:
        return reading.last_place
    return None if reading.position is None else reading.position < ladder.entry_line


def _flagged(declined: bool | None, last: bool | None, *, ladder: Ladder) -> bool | None:
    if declined is None or last is None:
        return None
    return (declined and last) if ladder.condition is Condition.BOTH else (declined or last)


def _pause(state: ClockState, reading: Reading, *, ladder: Ladder) -> Reason:
    if state.exam_family not in (None, reading.exam_family):
        return "other_exam"
    if state.scheme not in (None, reading.scheme):
        return "other_scheme"
    # Written so that a coverage that is not known pauses too.
    return "ok" if reading.coverage >= ladder.min_coverage else "low_coverage"


def _on_flagged(
    state: ClockState, *, last: bool, ladder: Ladder
) -> tuple[int, Event, ClockState]:
    flagged_years = state.flagged_years + 1
    last_years = state.last_years + 1 if last else 0
    years = {Counts.FLAGGED: flagged_years, Counts.LAST_PLACE: last_years}
    # Years rise and conditions narrow up the ladder, so the steps reached are the first ones.
    due = sum(years[step.counts] >= step.years for step in ladder.steps)
    after = replace(
        state,
        step=max(state.step, due),
        flagged_years=flagged_years,
        last_years=last_years,
        clear_years=0,
    )
    return due, "raised" if after.step > state.step else "held", after


def _on_clean(
    state: ClockState, reading: Reading, *, ladder: Ladder
) -> tuple[Event, ClockState]:
    clears = ladder.exit_line is None or (
        reading.position is not None and reading.position > ladder.exit_line
    )
    after = replace(
        state,
        flagged_years=0,
        last_years=0,
        clear_years=state.clear_years + 1 if clears else 0,
    )
    if after.clear_years < ladder.exit_readings or after.step == 0:
        return "clean", after
    return "left", replace(after, step=0)
