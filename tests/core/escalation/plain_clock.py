"""The clock again, without a state: each year is judged from the whole history before it."""

from collections.abc import Sequence

from core.escalation.clock import Reading
from core.escalation.ladder import Ladder


def plain_steps(readings: Sequence[Reading], *, ladder: Ladder) -> list[int]:
    """Return the step that stands after each year."""
    return [_standing(readings[: i + 1], ladder=ladder) for i in range(len(readings))]


def plain_paused(readings: Sequence[Reading], *, ladder: Ladder) -> list[bool]:
    """Return for each year whether it says nothing."""
    return [
        _says_nothing(reading, before=readings[i - 1] if i else None, ladder=ladder)
        for i, reading in enumerate(readings)
    ]


def _standing(history: Sequence[Reading], *, ladder: Ladder) -> int:
    """Return the highest step reached since the last exit."""
    paused = plain_paused(history, ladder=ladder)
    spoken = [reading for reading, silent in zip(history, paused, strict=True) if not silent]
    flags = [_is_flagged(reading, ladder=ladder) for reading in spoken]
    highest = 0
    for end in range(1, len(spoken) + 1):
        if flags[end - 1]:
            highest = max(highest, _reached(spoken[:end], flags[:end], ladder=ladder))
        window = range(max(0, end - ladder.exit_readings), end)
        if len(window) == ladder.exit_readings and all(
            not flags[i] and _is_above(spoken[i], ladder=ladder) for i in window
        ):
            highest = 0
    return highest


def _reached(spoken: Sequence[Reading], flags: Sequence[bool], *, ladder: Ladder) -> int:
    reached = 0
    for place, step in enumerate(ladder.steps, start=1):
        if step.years > len(spoken):
            continue
        if step.counts == "flagged":
            counted = flags[-step.years :]
        else:
            counted = [
                flag and _is_last(reading, ladder=ladder) is True
                for reading, flag in zip(spoken, flags, strict=True)
            ][-step.years :]
        reached = place if all(counted) else reached
    return reached


def _says_nothing(reading: Reading, *, before: Reading | None, ladder: Ladder) -> bool:
    if before is not None and (reading.exam_family, reading.scheme) != (
        before.exam_family,
        before.scheme,
    ):
        return True
    if not reading.coverage >= ladder.min_coverage:
        return True
    return reading.declined is None or _is_last(reading, ladder=ladder) is None


def _is_last(reading: Reading, *, ladder: Ladder) -> bool | None:
    if ladder.entry_line is None:
        return reading.last_place
    return None if reading.position is None else reading.position < ladder.entry_line


def _is_flagged(reading: Reading, *, ladder: Ladder) -> bool:
    said = [reading.declined is True, _is_last(reading, ladder=ladder) is True]
    return all(said) if ladder.condition == "both" else any(said)


def _is_above(reading: Reading, *, ladder: Ladder) -> bool:
    if ladder.exit_line is None:
        return True
    return reading.position is not None and reading.position > ladder.exit_line
