"""Balance: what chance gives lies behind the marks of now and of the start."""

import pandas as pd

from tests.ui.made_school_views import make_balance
from ui.charts.balance import balance
from ui.text import Words
from ui.theme import LIGHT

EN = Words("en")


def rows_of(verdict: str) -> pd.DataFrame:
    table = make_balance(verdict)
    return table.assign(name=table["subject_name"])


def test_a_box_for_each_subject_shows_what_chance_gives() -> None:
    figure = balance(rows_of("chance"), words=EN, palette=LIGHT)
    boxes = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert [(box.x0, box.x1) for box in boxes] == [(0.05, 0.25)] * 2


def test_now_and_start_differ_in_shape_and_the_verdict_stands_in_the_legend() -> None:
    _, now, start = balance(rows_of("more_than_chance"), words=EN, palette=LIGHT).data
    assert now.name == "now: more than chance (2)"
    assert now.marker.symbol != start.marker.symbol
    assert [code for (code,) in now.customdata] == ["math", "physics"]


def test_without_a_baseline_there_is_no_mark_of_the_start() -> None:
    rows = rows_of("chance").query("moment == 'now'")
    assert len(balance(rows, words=EN, palette=LIGHT).data) == 2


def test_hovering_tells_the_spread_and_the_range_of_chance() -> None:
    now = balance(rows_of("chance"), words=EN, palette=LIGHT).data[1]
    assert "SD of class means 0.15" in now.text[0]
    assert "by chance [0.05, 0.25]" in now.text[0]
