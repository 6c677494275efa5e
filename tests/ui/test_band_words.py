"""Bands, signals and reasons: a word for every code of the rules, values in their unit."""

import pytest

from core.warning.rules import N_LEVELS
from core.warning.signal_kinds import CHANGE, GRID, SIGNAL_KINDS
from tests.ui.test_vocabulary import contrast
from ui import band_words
from ui.text import Words
from ui.theme import BAND_CELLS, BANDS

EN, ZH = Words("en"), Words("zh")


def test_every_signal_and_level_has_a_word() -> None:
    assert set(band_words.SIGNALS) == {GRID, CHANGE, *SIGNAL_KINDS}
    assert len(band_words.STATUS_LEVELS) == len(band_words.CHANGE_LEVELS) == N_LEVELS


def test_a_band_is_said_with_sign_and_word() -> None:
    assert [band_words.band_words(code, words=ZH) for code in BANDS] == [
        "▲ 严重", "◆ 警示", "● 关注", "– 无预警", "? 数据不足",
    ]  # fmt: skip
    assert band_words.band_words(None, words=EN) == "? not enough data"


@pytest.mark.parametrize(
    ("signal", "value", "text"),
    [
        ("low_rate", 0.441, "44.1%"),
        ("participation_fall", -0.021, "−2.1 percentage points"),
        ("value_added_index", -3.9, "−3.9"),
        ("grid", -0.92, "−0.92 SD"),
        ("grid", float("nan"), None),
    ],
)
def test_a_value_of_a_signal_has_its_unit(signal: str, value: float, text: str | None) -> None:
    assert band_words.signal_value(signal, value, words=EN) == text


def test_signals_are_listed_in_their_order() -> None:
    assert band_words.signals_listed("low_rate;grid", words=EN) == "low rate; level × change"
    assert band_words.signals_listed("", words=EN) == ""


def test_a_known_figure_has_no_reason_and_a_new_one_reads_as_not_enough_data() -> None:
    assert band_words.reason_words("ok", words=EN) == ""
    assert band_words.reason_words("unheard_of", words=EN) == "not enough data to estimate"


def test_a_coloured_cell_can_be_read_and_others_have_no_colour() -> None:
    for code, (fill, text) in BAND_CELLS.items():
        assert contrast(fill, text) >= 7
        style = band_words.cell_style(band_words.band_words(code, words=ZH), words=ZH)
        assert style == f"background-color: {fill}; color: {text}"
    assert band_words.cell_style("数学", words=ZH) == ""
