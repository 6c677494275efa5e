"""Rows with intervals: one row a figure, its mark in shape and word, gaps left out."""

import numpy as np
import pandas as pd

from ui.charts.figure_rows import RowsAxis, figure_rows
from ui.flag_marks import SUBJECT_FLAGS
from ui.text import Words
from ui.theme import DARK, LIGHT

EN = Words("en")
ROWS = pd.DataFrame(
    {
        "code": ["A", "B", "C"],
        "name": ["First", "Second", "A very long name of an exam"],
        "n_pupils": [80, 90, 70],
        "estimate": [0.3, 0.0, -0.2],
        "low": [0.1, -0.2, np.nan],
        "high": [0.5, 0.2, np.nan],
        "mark": ["strong", "none", "weak"],
    }
)


def drawn(rows: pd.DataFrame = ROWS, axis: RowsAxis | None = None):  # type: ignore[no-untyped-def]
    return figure_rows(
        rows, axis=axis or RowsAxis("gap"), marks=SUBJECT_FLAGS, words=EN, palette=LIGHT
    )


def test_rows_keep_their_order_and_carry_mark_code_and_ends() -> None:
    figure = drawn()
    assert [trace.name for trace in figure.data] == [
        "strong subject of the school (1)",
        "like its other subjects (1)",
        "weak subject of the school (1)",
    ]
    assert [trace.y[0] for trace in figure.data] == [1, 2, 3]
    assert [trace.customdata[0][0] for trace in figure.data] == ["A", "B", "C"]
    assert len({trace.marker.symbol for trace in figure.data}) == 3
    assert figure.data[0].error_x.array[0] == 0.2
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]


def test_a_figure_without_an_interval_is_a_point_alone() -> None:
    weak = drawn().data[2]
    assert weak.error_x.array[0] == weak.error_x.arrayminus[0] == 0
    assert "[" not in weak.text[0]
    assert "70 pupils" in weak.text[0]


def test_a_row_without_a_figure_leaves_no_empty_row() -> None:
    rows = ROWS.assign(estimate=[0.3, np.nan, -0.2])
    figure = drawn(rows)
    assert [trace.y[0] for trace in figure.data] == [1, 2]
    assert len(figure.layout.yaxis.ticktext) == 2


def test_shares_are_written_as_per_cent_and_a_line_has_its_name() -> None:
    axis = RowsAxis("share", is_share=True, line=0.15, line_name="limit")
    figure = drawn(axis=axis)
    assert figure.layout.xaxis.tickformat == ".0%"
    assert "30.0 % [10.0 %, 50.0 %]" in figure.data[0].text[0]
    assert [a.text for a in figure.layout.annotations] == ["limit"]
    # The name of the line stands below the last row, not on it.
    assert figure.layout.yaxis.range[0] > len(ROWS) + 1


def test_long_names_are_broken_and_their_rows_taller() -> None:
    figure = drawn()
    assert "<br>" in figure.layout.yaxis.ticktext[2]
    assert figure.layout.height > drawn(ROWS.iloc[:2]).layout.height


def test_names_are_shown_letter_by_letter_in_both_palettes() -> None:
    rows = ROWS.assign(name="<i>x</i>")
    for palette in (LIGHT, DARK):
        figure = figure_rows(
            rows, axis=RowsAxis("gap"), marks=SUBJECT_FLAGS, words=EN, palette=palette
        )
        assert "<i>" not in "".join([*figure.layout.yaxis.ticktext, figure.data[0].text[0]])
