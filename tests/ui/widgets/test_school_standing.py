"""Where a school stands: names of starts and reasons for frames that are not drawn."""

from tests.ui.made_school_views import make_school_view
from ui.text import Words
from ui.widgets.school_standing import frame_reasons, start_names
from ui.widgets.school_warnings import band_rows, signal_rows

EN, ZH = Words("en"), Words("zh")


def test_starts_are_named_from_the_lowest_to_the_highest() -> None:
    assert start_names(5, words=ZH)[0] == "起点最低的一档"
    assert start_names(5, words=ZH)[-1] == "起点最高的一档"
    assert start_names(3, words=EN) == ["lowest start", "start 2 of 3", "highest start"]
    assert start_names(1, words=EN) == ["all pupils"]


def test_a_frame_that_is_not_drawn_says_why_once() -> None:
    frames = make_school_view().frames
    assert frame_reasons(frames, words=EN) == [
        "own township not drawn: fewer than 5 schools with a figure"
    ]


def test_a_band_lists_the_signals_that_fired_with_value_threshold_and_n() -> None:
    rows = band_rows(make_school_view(), words=EN).set_index("subject")
    assert rows.loc["Mathematics", "band"] == "◆ caution"
    assert rows.loc["Mathematics", "why"] == (
        "level × change −0.91 SD (from −0.50 SD, n = 67); low rate 32.8% (from 30.0%, n = 67)"
    )
    assert rows.loc["Physics", "why"] == ""


def test_a_signal_that_could_not_be_judged_says_why() -> None:
    rows = signal_rows(make_school_view().signals, words=EN).set_index("signal")
    assert rows.loc["weak subject", "reason"] == "no figure: no baseline, or only one subject"
    assert rows.loc["low rate", "value"] == "32.8%"
