"""Bullets: one bar each from the baseline, its interval, and the line of the target."""

import pandas as pd
import pytest

from tests.ui.made_targets import make_targets_view
from ui.charts.target_bullets import target_bullets
from ui.target_sentences import figure_and_target
from ui.text import Words
from ui.theme import DARK, LIGHT

EN = Words("en")


def rows() -> pd.DataFrame:
    known = make_targets_view().rows.dropna(subset="way").reset_index(drop=True)
    texts = [figure_and_target(row, words=EN) for row in known.to_dict("records")]
    return known.assign(name=known["title_en"] + " <i>", text=texts)


def test_bars_stand_on_the_way_and_the_line_on_the_target() -> None:
    figure = target_bullets(rows(), words=EN, palette=LIGHT)
    bars = {bar.name: (list(bar.x), list(bar.y)) for bar in figure.data}
    assert bars == {
        "▲ reached": ([1.45], [2]),
        "● missed by less than chance may be": ([0.7], [1]),
        "▼ missed": ([0.5], [3]),
    }
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(1.0, 1.0)]
    assert list(figure.data[0].error_x.array) == pytest.approx([0.4])


def test_each_bar_has_figure_and_target_in_words_and_no_markup_of_names() -> None:
    figure = target_bullets(rows(), words=EN, palette=DARK)
    texts = [note.text for note in figure.layout.annotations]
    assert texts[0] == "58.5% (target 60.0%, from 55.0%)"
    assert len(texts) == 3
    assert figure.layout.yaxis.ticktext[0].startswith("pass &lt;i&gt;")


def test_what_lies_far_off_is_drawn_at_the_edge_and_below_the_baseline_too() -> None:
    far = rows().assign(
        way=[9.0, -0.5, -9.0], way_low=[8.0, -0.9, -9.5], way_high=[9.9, 0.0, -8]
    )
    figure = target_bullets(far, words=EN, palette=LIGHT)
    low, high = figure.layout.xaxis.range
    drawn = [x for bar in figure.data for x in bar.x]
    assert min(drawn) >= low
    assert max(drawn) <= high
