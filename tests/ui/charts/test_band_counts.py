"""Bands by subject: parts in order of gravity, signs and numbers on the bars."""

import pandas as pd

from ui.charts.band_counts import band_counts
from ui.text import Words
from ui.theme import BANDS, LIGHT

EN = Words("en")
COUNTS = pd.DataFrame(
    [
        {"name": name, "band": band, "n": n}
        for name, numbers in (("数学", (2, 3, 5, 88, 2)), ("<b>总分", (0, 4, 1, 95, 0)))
        for band, n in zip(BANDS, numbers, strict=True)
    ]
)


def test_parts_come_in_order_of_gravity_with_their_totals() -> None:
    figure = band_counts(COUNTS, words=EN, palette=LIGHT)
    assert [bar.name for bar in figure.data] == [
        "▲ serious (2)",
        "◆ caution (7)",
        "● watch (6)",
        "– no warning (183)",
        "? not enough data (2)",
    ]
    assert list(figure.data[0].x) == [2, 0]


def test_a_part_that_is_too_narrow_has_no_text_but_a_hover() -> None:
    red, yellow, *_ = band_counts(COUNTS, words=EN, palette=LIGHT).data
    assert list(red.text) == ["", ""]
    assert list(yellow.text) == ["", "◆ 4"]
    assert "serious" in red.hovertemplate


def test_names_of_subjects_are_shown_letter_by_letter() -> None:
    assert band_counts(COUNTS, words=EN, palette=LIGHT).data[1].y[1] == "&lt;b&gt;总分"


def test_a_band_that_nobody_has_is_left_out() -> None:
    calm = COUNTS[COUNTS["band"] == "none"]
    assert len(band_counts(calm, words=EN, palette=LIGHT).data) == 1
