"""The clock: the documents' ladders, pauses, exit, and a plain second implementation."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DataError
from core.escalation.clock import ClockState, Reading, advance, run_clock
from core.escalation.ladder import Ladder
from core.escalation.presets import PRINCIPAL_2, TEACHER
from tests.core.escalation.make_readings import BOTH, EITHER, make_ladder, make_readings
from tests.core.escalation.plain_clock import plain_paused, plain_steps

LINED = make_ladder(entry_line=0.2, exit_line=0.3)
LADDERS = (BOTH, EITHER, LINED, make_ladder(PRINCIPAL_2, exit_readings=1), make_ladder(TEACHER))

POSITIONS = st.one_of(st.none(), st.floats(0, 1), st.sampled_from([0.2, 0.3]))
READINGS = st.builds(
    Reading,
    period=st.just(0),
    exam_family=st.sampled_from(["中考", "中考", "中考", "期末"]),
    scheme=st.sampled_from(["1", "1", "1", "2"]),
    declined=st.sampled_from([True, True, False, None]),
    last_place=st.sampled_from([True, True, False, None]),
    coverage=st.sampled_from([0.7, 0.9, 1.0, 0.69, float("nan")]),
    position=POSITIONS,
)
HISTORIES = st.lists(READINGS, max_size=12).map(
    lambda rows: [replace(row, period=2010 + i) for i, row in enumerate(rows)]
)


def steps_of(word: str, *, ladder: Ladder = BOTH) -> list[str]:
    """Return the step that stands after each year of a word."""
    moves = run_clock(make_readings(word), ladder=ladder)
    return [ladder.code(move.after.step) for move in moves]


def events_of(word: str, *, ladder: Ladder = BOTH) -> list[str]:
    return [move.event for move in run_clock(make_readings(word), ladder=ladder)]


def dues_of(word: str, *, ladder: Ladder = BOTH) -> list[str]:
    return [ladder.code(move.due) for move in run_clock(make_readings(word), ladder=ladder)]


def test_one_two_three_years_give_talk_yellow_red() -> None:
    assert steps_of("FFF") == ["talk", "yellow_card", "red_card"]
    assert steps_of("FFFF")[-1] == "red_card"
    assert events_of("FFFF") == ["raised", "raised", "raised", "held"]


def test_the_and_reading_is_a_setting() -> None:
    either = make_ladder(condition="either")
    assert steps_of("DLD") == ["none"] * 3
    assert steps_of("DLD", ladder=either) == ["talk", "yellow_card", "red_card"]


def test_a_clean_year_begins_the_count_anew() -> None:
    assert dues_of("FFCFF") == ["talk", "yellow_card", "none", "talk", "yellow_card"]


def test_a_step_stands_until_two_clean_years() -> None:
    assert steps_of("FFC") == ["talk", "yellow_card", "yellow_card"]
    assert steps_of("FFCC")[-1] == "none"
    assert events_of("FFCC") == ["raised", "raised", "clean", "left"]
    assert steps_of("FFCFCC")[2:] == ["yellow_card", "yellow_card", "yellow_card", "none"]


def test_one_clean_year_is_enough_where_the_ladder_says_so() -> None:
    quick = make_ladder(exit_readings=1)
    assert steps_of("FFCF", ladder=quick) == ["talk", "yellow_card", "none", "talk"]


@pytest.mark.parametrize(
    ("letter", "reason"),
    [("?", "insufficient"), ("t", "low_coverage"), ("n", "low_coverage"), ("x", "other_exam"),
     ("s", "other_scheme")],
)  # fmt: skip
def test_a_pause_moves_nothing_and_resets_nothing(letter: str, reason: str) -> None:
    moves = run_clock(make_readings(f"F{letter}"), ladder=BOTH)
    pause = moves[-1]
    assert (pause.event, pause.reason, pause.due) == ("paused", reason, 0)
    assert pause.after.step == pause.before.step == 1
    assert pause.after.flagged_years == 1


def test_after_a_pause_the_count_goes_on() -> None:
    assert steps_of("FtF") == ["talk", "talk", "yellow_card"]
    assert steps_of("FxxF") == [
        "talk",
        "talk",
        "yellow_card",
        "yellow_card",
    ]  # and back: a pause
    assert steps_of("FCtC") == ["talk", "talk", "talk", "none"]


def test_coverage_of_exactly_the_limit_counts() -> None:
    at_limit = replace(make_readings("F")[0], coverage=0.7)
    assert advance(ClockState(), at_limit, ladder=BOTH).event == "raised"


def test_the_teacher_ladder_counts_low_position_only_from_the_second_year() -> None:
    assert steps_of("DDD", ladder=EITHER) == ["talk"] * 3
    assert steps_of("DLL", ladder=EITHER) == ["talk", "talk", "delay"]
    assert steps_of("LLL", ladder=EITHER) == ["talk", "delay", "study"]
    assert steps_of("LDLL", ladder=EITHER) == ["talk", "talk", "talk", "delay"]


def with_positions(word: str, positions: list[float | None]) -> list[Reading]:
    rows = make_readings(word)
    return [replace(row, position=p) for row, p in zip(rows, positions, strict=True)]


def test_with_lines_last_place_is_below_the_entry_line_and_exit_above_the_other() -> None:
    readings = with_positions("DDDDD", [0.19, 0.2, 0.3, 0.31, 0.32])
    moves = run_clock(readings, ladder=LINED)
    assert [move.event for move in moves] == ["raised", "clean", "clean", "clean", "left"]
    assert [move.after.clear_years for move in moves] == [0, 0, 0, 1, 2]


def test_last_place_without_decline_leaves_a_ladder_for_both_only_where_it_has_no_lines() -> (
    None
):
    """Last in all three years, declined in the first: the others are clean years."""
    readings = with_positions("FLL", [0.0, 0.05, 0.05])
    free = run_clock(readings, ladder=BOTH)
    assert [move.event for move in free] == ["raised", "clean", "left"]
    lined = run_clock(readings, ladder=LINED)
    assert [move.event for move in lined] == ["raised", "clean", "clean"]
    assert (lined[-1].after.step, lined[-1].after.clear_years) == (1, 0)


@given(
    positions=st.lists(st.floats(0, 0.3), min_size=1, max_size=8),
    letters=st.lists(st.sampled_from("FDLC"), min_size=8, max_size=8),
)
def test_a_year_at_or_below_the_exit_line_never_helps_to_leave_a_step(
    positions: list[float | None], letters: list[str]
) -> None:
    readings = with_positions("".join(letters[: len(positions)]), positions)
    for move in run_clock(readings, ladder=LINED):
        assert move.after.clear_years == 0
        assert move.after.step >= move.before.step


def test_with_lines_a_year_without_position_pauses() -> None:
    moves = run_clock(with_positions("DD", [0.1, None]), ladder=LINED)
    assert moves[-1].reason == "insufficient"


def test_a_transition_carries_its_evidence_and_rule() -> None:
    reading = make_readings("F")[0]
    move = run_clock([reading], ladder=BOTH)[0]
    assert (move.reading, move.rule, move.version) == (reading, "principal_1", "1")
    with pytest.raises(AttributeError):
        move.due = 3  # type: ignore[misc]


def test_years_out_of_order_are_refused() -> None:
    readings = make_readings("FF")
    with pytest.raises(DataError, match="found: 2020 after 2021"):
        run_clock(readings[::-1], ladder=BOTH)
    with pytest.raises(DataError, match="found: 2020 after 2020"):
        run_clock([readings[0], readings[0]], ladder=BOTH)


@given(readings=HISTORIES, ladder=st.sampled_from(LADDERS))
def test_steps_equal_those_of_the_plain_clock(readings: list[Reading], ladder: Ladder) -> None:
    moves = run_clock(readings, ladder=ladder)
    assert [move.after.step for move in moves] == plain_steps(readings, ladder=ladder)
    paused = [move.event == "paused" for move in moves]
    assert paused == plain_paused(readings, ladder=ladder)


@given(readings=HISTORIES, ladder=st.sampled_from(LADDERS))
def test_no_step_is_skipped_and_pauses_move_nothing(
    readings: list[Reading], ladder: Ladder
) -> None:
    for move in run_clock(readings, ladder=ladder):
        assert move.after.step <= move.before.step + 1
        assert move.due <= move.after.step
        if move.event == "paused":
            before, seen = move.before, move.reading
            assert move.after == replace(
                before, period=seen.period, exam_family=seen.exam_family, scheme=seen.scheme
            )


@given(readings=HISTORIES, ladder=st.sampled_from(LADDERS), cut=st.integers(0, 12))
def test_the_replay_of_a_beginning_is_the_beginning_of_the_replay(
    readings: list[Reading], ladder: Ladder, cut: int
) -> None:
    whole = run_clock(readings, ladder=ladder)
    beginning = run_clock(readings[:cut], ladder=ladder)
    assert whole[:cut] == beginning
    state = beginning[-1].after if beginning else None
    assert whole[cut:] == run_clock(readings[cut:], ladder=ladder, state=state)


@given(readings=HISTORIES, ladder=st.sampled_from([BOTH, EITHER]))
def test_enough_clean_years_leave_every_step(readings: list[Reading], ladder: Ladder) -> None:
    first = readings[-1].period + 1 if readings else 2010
    # The first may be a pause, as its exam may be another than the last one.
    clean = make_readings("C" * (1 + ladder.exit_readings), first=first)
    assert run_clock([*readings, *clean], ladder=ladder)[-1].after.step == 0
