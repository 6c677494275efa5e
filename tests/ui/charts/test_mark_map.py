"""Replay: a mark in each place, small ones where nothing was said, bars without empty parts."""

import pandas as pd

from ui.charts.figure_rows import words_of
from ui.charts.mark_map import mark_map
from ui.charts.outcome_bars import outcome_bars
from ui.text import Words
from ui.theme import BANDS, LIGHT
from ui.widgets.replay_outcomes import OUTCOMES

EN = Words("en")
EXAMS = {"winter": "2024<br>01<br>grade 7", "summer": "2024<br>06<br>grade 7"}
ROWS = pd.DataFrame(
    [
        {"school": code, "name": name, "column": exam, "mark": mark, "hover": f"{name} {exam}"}
        for code, name, marks in (
            ("B", "<b>second", ("red", "none")),
            ("A", "first", ("none", "insufficient")),
        )
        for exam, mark in zip(EXAMS, marks, strict=True)
    ]
)
PAIRS = pd.DataFrame(
    {"name": ["one", "<two>"], "hits": [3, 0], "false_alarms": [1, 2], "misses": [0, 4]}
)


def test_rows_are_schools_in_their_order_and_columns_exams() -> None:
    figure = mark_map(
        ROWS, columns=EXAMS, marks=BANDS, names=words_of(BANDS, words=EN), palette=LIGHT
    )
    traces = {trace.name: trace for trace in figure.data}
    assert list(traces) == ["serious (1)", "no warning (2)", "not enough data (1)"]
    assert [*zip(traces["no warning (2)"].x, traces["no warning (2)"].y, strict=True)] == [
        (2, 1),
        (1, 2),
    ]
    assert traces["serious (1)"].marker.size > traces["no warning (2)"].marker.size
    assert [text.strip() for text in figure.layout.yaxis.ticktext] == [
        "&lt;b&gt;second",
        "first",
    ]
    assert list(figure.layout.xaxis.ticktext) == list(EXAMS.values())


def test_marks_differ_in_shape_and_not_in_colour_alone() -> None:
    assert len({mark.symbol for mark in OUTCOMES.values()}) == len(OUTCOMES)
    assert len({mark.sign for mark in OUTCOMES.values()}) == len(OUTCOMES)


def test_a_bar_has_its_parts_with_sign_and_number_and_none_for_nobody() -> None:
    hits, false, missed = outcome_bars(PAIRS, marks=OUTCOMES, words=EN, palette=LIGHT).data
    assert [hits.name, false.name, missed.name] == [
        "● hit (3)",
        "○ false alarm (3)",
        "▽ missed alarm (4)",
    ]
    assert list(hits.x) == [3, None]
    assert list(missed.text) == ["", "▽ 4"]
    assert list(hits.hovertext) == ["one", "&lt;two&gt;"]


def test_the_column_that_is_examined_is_shaded_over_all_rows() -> None:
    figure = mark_map(
        ROWS,
        columns=EXAMS,
        marks=BANDS,
        names=words_of(BANDS, words=EN),
        palette=LIGHT,
        title="exam",
        examined="summer",
    )
    (box,) = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert (box.x0, box.x1) == (1.6, 2.4)
    assert box.y1 > len(ROWS["school"].unique())
    assert figure.layout.xaxis.title.text == "exam"
