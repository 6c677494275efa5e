"""Codes in words: units, directions, and no code of the rules without a word."""

from typing import get_args

import pytest

from core.value_added import Method
from core.verdict import NO_DIFFERENCE, VERDICTS
from core.warning.rules import BANDS, INSUFFICIENT
from pipeline.county_parts import KEY_FIGURES
from ui import theme, vocabulary
from ui.dictionary import ENTRIES
from ui.text import Words

EN, ZH = Words("en"), Words("zh")


def test_every_verdict_has_its_own_shape_and_word() -> None:
    assert set(theme.VERDICTS) == {*VERDICTS, NO_DIFFERENCE}
    marks = theme.VERDICTS.values()
    assert len({mark.symbol for mark in marks}) == len(theme.VERDICTS)
    assert len({mark.word for mark in marks}) == len(theme.VERDICTS)
    assert len({mark.sign for mark in marks}) == len(theme.VERDICTS)


def test_every_warning_band_has_its_own_sign_shape_and_word() -> None:
    assert set(theme.BANDS) == {*BANDS, INSUFFICIENT}
    marks = theme.BANDS.values()
    for part in ("sign", "symbol", "word"):
        assert len({getattr(mark, part) for mark in marks}) == len(theme.BANDS)
    colours = {mark.colour for band, mark in theme.BANDS.items() if band in BANDS[1:]}
    assert len(colours) == 3
    assert not colours & {mark.colour for mark in theme.VERDICTS.values()}


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK])
def test_the_outline_of_a_warning_band_can_be_read_as_text(palette: theme.Palette) -> None:
    for mark in theme.BANDS.values():
        assert contrast(mark.outline(palette), palette.paper) >= 4.5


def test_a_missing_verdict_is_not_judged() -> None:
    assert theme.mark_of(None).word == "not judged"
    assert theme.mark_of(float("nan")).word == "not judged"


def test_every_method_and_key_figure_has_words() -> None:
    assert set(vocabulary.METHODS) == set(get_args(Method))
    assert set(KEY_FIGURES) <= set(ENTRIES)


@pytest.mark.parametrize(
    ("indicator", "value", "text"),
    [
        ("mean", 78.25, "78.2 points"),
        ("pass_rate", 0.623, "62.3%"),
        ("z", -0.5, "−0.50 SD"),
        ("n_sat", 1234, "1,234"),
        ("icc", 0.1234, "0.123"),
    ],
)
def test_a_figure_is_shown_in_its_unit(indicator: str, value: float, text: str) -> None:
    assert vocabulary.figure_words(indicator, value, words=EN) == text


@pytest.mark.parametrize(
    ("indicator", "change", "text"),
    [
        ("mean", 1.25, "+1.2 points"),
        ("low_rate", -0.012, "−1.2 percentage points"),
        ("z", 0.05, "+0.05 SD"),
        ("n_sat", -30, "−30"),
    ],
)
def test_a_change_is_shown_with_sign_and_unit(indicator: str, change: float, text: str) -> None:
    assert vocabulary.change_words(indicator, change, words=EN) == text


def test_a_subject_keeps_the_name_of_the_bureau_in_chinese() -> None:
    assert vocabulary.subject_name("politics", "道德与法治", words=ZH) == "道德与法治"
    assert vocabulary.subject_name("politics", "道德与法治", words=EN) == "Politics"
    assert vocabulary.subject_name("编程", "编程", words=EN) == "编程"


def test_a_suppressed_figure_tells_the_limit_and_the_reason() -> None:
    assert "不足 10 人" in vocabulary.status_words("suppressed", words=ZH)


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK])
def test_text_and_verdicts_can_be_read_on_their_paper(palette: theme.Palette) -> None:
    for colour in (palette.text, palette.quiet, palette.above, palette.below, palette.neutral):
        assert contrast(colour, palette.paper) >= 4.5


def test_no_text_of_a_chart_is_smaller_than_sixteen() -> None:
    assert min(theme.TEXT_SIZE, theme.AXIS_SIZE, theme.TITLE_SIZE) >= 16
