"""Transitions as a table: every unit by itself, nulls pause, the evidence stays."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError
from core.escalation.clock import run_clock
from core.escalation.transitions import READINGS, TRANSITIONS, compute_transitions
from tests.core.escalation.make_readings import BOTH, LETTERS, make_ladder, make_readings


def make_table(words: dict[str, str]) -> pd.DataFrame:
    """Return READINGS rows of several units, a letter for each year."""
    rows = [
        {
            "unit": unit,
            **{name: getattr(reading, name) for name in READINGS.names if name != "unit"},
        }
        for unit, word in words.items()
        for reading in make_readings(word)
    ]
    frame = pd.DataFrame(rows, columns=READINGS.names)
    flags = {name: frame[name].astype("boolean") for name in ("declined", "last_place")}
    return frame.assign(**flags, position=frame["position"].astype(float))


def test_every_unit_has_its_own_clock() -> None:
    moves = compute_transitions(make_table({"A": "FFF", "B": "FCF"}), ladder=BOTH)
    TRANSITIONS.require(moves)
    assert moves["step_after"].tolist() == [
        "talk", "yellow_card", "red_card", "talk", "talk", "talk",
    ]  # fmt: skip
    assert moves["due"].tolist()[3:] == ["talk", "none", "talk"]
    assert set(moves["rule"]) == {"principal_1"}


def test_what_is_not_known_pauses() -> None:
    moves = compute_transitions(make_table({"A": "F?n"}), ladder=BOTH)
    assert moves["reason"].tolist() == ["ok", "insufficient", "low_coverage"]
    assert moves["declined"].tolist()[0] is True
    assert pd.isna(moves["declined"].tolist()[1])


def test_positions_are_read_from_the_table() -> None:
    table = make_table({"A": "DDD"}).assign(position=[0.1, np.nan, 0.1])
    moves = compute_transitions(table, ladder=make_ladder(entry_line=0.2, exit_line=0.3))
    assert moves["event"].tolist() == ["raised", "paused", "raised"]


def test_no_readings_give_no_transitions() -> None:
    assert compute_transitions(READINGS.empty(), ladder=BOTH).empty


def test_two_readings_of_one_year_are_refused() -> None:
    table = make_table({"A": "F"})
    with pytest.raises(DataError, match="repeated keys: 1"):
        compute_transitions(pd.concat([table, table]), ladder=BOTH)


@settings(max_examples=10, deadline=None)
@given(
    words=st.lists(st.text("".join(LETTERS), min_size=1, max_size=6), min_size=1, max_size=3),
    seed=st.integers(0, 99),
)
def test_rows_in_any_order_give_the_clocks_of_the_units(words: list[str], seed: int) -> None:
    units = dict(zip("ABC", words, strict=False))
    shuffled = make_table(units).sample(frac=1, random_state=seed)
    moves = compute_transitions(shuffled, ladder=BOTH)
    for unit, word in units.items():
        own = moves[moves["unit"] == unit]
        clock = run_clock(make_readings(word), ladder=BOTH)
        assert own["step_after"].tolist() == [BOTH.code(move.after.step) for move in clock]
        assert own["event"].tolist() == [move.event for move in clock]
        assert own["flagged_years"].tolist() == [move.after.flagged_years for move in clock]
