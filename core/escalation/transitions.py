"""Transitions of many units as a table: what moved, on which evidence, by which rule."""

from dataclasses import fields

import pandas as pd

from core.escalation.clock import Reading, Transition, run_clock
from core.escalation.ladder import Ladder
from core.table import Column, Table, integer, number, text

READINGS = Table(
    "READINGS",
    "what one school year says of a unit, for the escalation clock",
    ("unit", "period"),
    (
        text("unit", "code of the school, or pseudonym of the person"),
        integer("period", "school year"),
        text("exam_family", "series of exams within which results compare"),
        text("scheme", "version of the scheme that decides decline and place"),
        Column("declined", "flag", "declined; null where it cannot be said", nullable=True),
        Column("last_place", "flag", "in last place; null where it cannot be said", True),
        number("coverage", "share of the pupils in the common sample, 0 to 1"),
        number("position", "share of the group that stands lower, 0 to 1"),
    ),
)

TRANSITIONS = Table(
    "TRANSITIONS",
    "moves of the escalation clock; never edited, only superseded",
    ("unit", "period"),
    (
        *READINGS.columns,
        text("rule", "id of the ladder"),
        text("version", "version of the ladder"),
        text("event", "raised held clean left paused"),
        text("reason", "ok other_exam other_scheme low_coverage insufficient"),
        text("step_before", "code of the step that stood, none without"),
        text("step_after", "code of the step that stands now"),
        text("due", "code of the step that the run of years calls for by itself"),
        integer("flagged_years", "flagged years in a row, after this one"),
        integer("last_years", "years in last place in a row, after this one"),
        integer("clear_years", "years above the exit line in a row, after this one"),
    ),
)


def compute_transitions(readings: pd.DataFrame, *, ladder: Ladder) -> pd.DataFrame:
    """Run the clock of every unit over its years.

    Parameters
    ----------
    readings : DataFrame
        READINGS rows in any order.
    ladder : Ladder

    Returns
    -------
    DataFrame
        TRANSITIONS rows by unit and period, one for every reading.

    Examples
    --------
    >>> from core.escalation.ladder import ladder_of
    >>> from core.escalation.presets import PRINCIPAL_1
    >>> rows = pd.DataFrame({"unit": "A", "period": [2024, 2025], "exam_family": "中考"})
    >>> rows = rows.assign(scheme="1", declined=True, last_place=True, coverage=0.9)
    >>> moves = compute_transitions(rows.assign(position=None), ladder=ladder_of(PRINCIPAL_1))
    >>> moves["step_after"].tolist()
    ['talk', 'yellow_card']
    """
    READINGS.require(readings)
    ordered = readings[READINGS.names].sort_values(["unit", "period"], ignore_index=True)
    moves = [
        move
        for _, rows in ordered.groupby("unit", sort=False)
        for move in run_clock(_readings(rows), ladder=ladder)
    ]
    if not moves:
        return TRANSITIONS.empty()
    told = pd.DataFrame([_row(move, ladder=ladder) for move in moves])
    return TRANSITIONS.require(pd.concat([ordered, told], axis=1))


def _readings(rows: pd.DataFrame) -> list[Reading]:
    """Return the readings of one unit, nulls as None."""
    columns = [field.name for field in fields(Reading)]
    plain = rows[columns].astype(object).where(rows[columns].notna(), None)
    plain["coverage"] = rows["coverage"].astype(float)  # its null is NaN
    return [Reading(*values) for values in plain.itertuples(index=False, name=None)]


def _row(move: Transition, *, ladder: Ladder) -> dict[str, str | int]:
    return {
        "rule": move.rule,
        "version": move.version,
        "event": move.event,
        "reason": move.reason,
        "step_before": ladder.code(move.before.step),
        "step_after": ladder.code(move.after.step),
        "due": ladder.code(move.due),
        "flagged_years": move.after.flagged_years,
        "last_years": move.after.last_years,
        "clear_years": move.after.clear_years,
    }
