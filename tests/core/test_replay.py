"""Replay: counts by hand, what is not known is left out, counts add up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DataError, SettingsError
from core.replay import AlarmCounts, count_alarms, replay_bands, replay_ladder
from core.warning.default_rules import DEFAULT_RULES
from core.warning.figures import ExamFigures
from core.warning.rules import rule_set_of
from tests.core.escalation.make_readings import BOTH
from tests.core.escalation.test_transitions import make_table
from tests.core.warning.make_figures import GROUPS, SCHOOLS, make_rows

STATES = st.lists(
    st.tuples(st.sampled_from([True, False, None]), st.sampled_from([True, False, None])),
    max_size=20,
)
Z = np.linspace(-0.9, 0.9, 10)


@given(STATES)
def test_counts_are_those_of_a_plain_loop(pairs: list[tuple[bool | None, bool | None]]) -> None:
    alarm = pd.Series([pair[0] for pair in pairs], dtype="boolean")
    later = pd.Series([pair[1] for pair in pairs], dtype="boolean")
    counts = count_alarms(alarm, later_state=later)
    assert counts == AlarmCounts(
        n=sum(None not in pair for pair in pairs),
        hits=pairs.count((True, True)),
        false_alarms=pairs.count((True, False)),
        misses=pairs.count((False, True)),
        quiet=pairs.count((False, False)),
        unknown=sum(None in pair for pair in pairs),
    )
    assert counts.n == counts.hits + counts.false_alarms + counts.misses + counts.quiet


def test_a_ladder_is_compared_with_what_came_later() -> None:
    readings = make_table({"A": "FF", "B": "FF", "C": "FC", "D": "CC", "E": "t?"})
    later = pd.Series({"A": True, "B": False, "C": True, "D": False, "E": True})
    cards = replay_ladder(readings, ladder=BOTH, later_state=later, alarm_from="yellow_card")
    assert cards == AlarmCounts(n=4, hits=1, false_alarms=1, misses=1, quiet=1, unknown=1)
    talks = replay_ladder(readings, ladder=BOTH, later_state=later, alarm_from="talk")
    assert (talks.hits, talks.misses) == (2, 0)


def test_no_alarm_is_no_choice() -> None:
    readings, later = make_table({"A": "F"}), pd.Series({"A": True})
    with pytest.raises(SettingsError, match=r"alarm_from is 'none'\. It must be one of: talk"):
        replay_ladder(readings, ladder=BOTH, later_state=later, alarm_from="none")
    with pytest.raises(SettingsError, match="one of: blue yellow red"):
        replay_bands(
            [],
            groups=GROUPS,
            rules=rule_set_of(DEFAULT_RULES),
            later_state=later,
            alarm_from="insufficient",
        )


def exam_of(z: np.ndarray, *, previous: pd.DataFrame | None = None) -> ExamFigures:
    return ExamFigures(make_rows({"z": z}), previous, {}, None)


def counts_of(*exams: ExamFigures, bad: str) -> AlarmCounts:
    """Replay exams; the schools named stood badly later."""
    keys = pd.MultiIndex.from_product([SCHOOLS, ["math"]], names=["unit", "subject"])
    later = pd.Series([unit in bad for unit in SCHOOLS], index=keys)
    return replay_bands(
        exams,
        groups=GROUPS,
        rules=rule_set_of(DEFAULT_RULES),
        later_state=later,
        alarm_from="yellow",
    )


def test_bands_are_compared_with_what_came_later() -> None:
    """Schools a and b stand lowest and are yellow; a and c stood badly later."""
    counts = counts_of(exam_of(Z), bad="ac")
    assert counts == AlarmCounts(n=10, hits=1, false_alarms=1, misses=1, quiet=7, unknown=0)


def test_the_last_band_that_was_judged_counts() -> None:
    """In the second exam school a cannot be judged, and b and j change places."""
    second = Z.copy()
    second[[1, 9]] = Z[[9, 1]]
    second[0] = np.nan
    counts = counts_of(exam_of(Z), exam_of(second), bad="ab")
    assert counts == AlarmCounts(n=10, hits=1, false_alarms=2, misses=1, quiet=6, unknown=0)


def test_no_exams_give_no_counts() -> None:
    assert counts_of(bad="a") == AlarmCounts(0, 0, 0, 0, 0, 0)


def exam_with(z: np.ndarray, low_rate: float) -> ExamFigures:
    """Give one exam; the low rate of school a is the one given, of the others 0.05."""
    rates = [low_rate, *[0.05] * 9]
    return ExamFigures(make_rows({"z": z, "low_rate": rates}), None, {}, None)


def test_a_replayed_signal_holds_its_own_band_alone() -> None:
    """School a is yellow by its z only; then its z is best, its low rate is blue as before."""
    best = np.array([2.0, *Z[:9]])
    counts = counts_of(exam_with(Z, 0.285), exam_with(best, 0.285), bad="a")
    assert (counts.hits, counts.misses) == (0, 1)
    held = counts_of(exam_with(Z, 0.31), exam_with(best, 0.285), bad="a")
    assert (held.hits, held.misses) == (1, 0)


def test_a_signal_holds_its_band_through_an_exam_that_does_not_know_it() -> None:
    best = np.array([2.0, *Z[:9]])
    exams = exam_with(Z, 0.31), exam_with(best, np.nan), exam_with(best, 0.285)
    assert counts_of(*exams, bad="a").hits == 1
    assert counts_of(*exams[1:], bad="a").hits == 0


def test_later_states_of_one_unit_have_to_be_one() -> None:
    later = pd.Series([True, False, True], index=["A", "A", "B"])
    with pytest.raises(DataError, match="Units with several later states: 1"):
        count_alarms(pd.Series({"A": True, "B": False}), later_state=later)
