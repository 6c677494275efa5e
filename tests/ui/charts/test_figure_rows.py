"""Rows with intervals: one row a figure, its mark in shape and word, gaps left out."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from ui.charts.figure_rows import MOST_ROWS, RowsAxis, figure_rows, with_hover, words_of
from ui.flag_marks import SUBJECT_FLAGS
from ui.stamp import letters
from ui.text import Words
from ui.theme import DARK, LIGHT, Mark, Palette
from ui.widgets.bottom20_panels import SIDES
from ui.widgets.township_gaps import FLAGS
from ui.widgets.weak_school_doubt import MARKS

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


def drawn(
    rows: pd.DataFrame = ROWS, axis: RowsAxis | None = None, palette: Palette = LIGHT
) -> go.Figure:
    given = axis or RowsAxis("gap")
    return figure_rows(
        with_hover(rows, given, words=EN),
        axis=given,
        marks=SUBJECT_FLAGS,
        names=words_of(SUBJECT_FLAGS, words=EN),
        palette=palette,
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
    axis = RowsAxis("share", "share", line=0.15, line_name="limit")
    figure = drawn(axis=axis)
    assert figure.layout.xaxis.tickformat == ".0%"
    assert "30.0% [10.0%, 50.0%]" in figure.data[0].text[0]
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
        figure = drawn(rows, palette=palette)
        assert "<i>" not in "".join([*figure.layout.yaxis.ticktext, figure.data[0].text[0]])
        assert figure.layout.paper_bgcolor == palette.paper
        assert figure.layout.font.color == palette.text


def test_whiskers_end_where_the_interval_ends_and_the_line_stands_behind_the_points() -> None:
    figure = drawn(axis=RowsAxis("gap", line=0.25))
    trace = figure.data[0]
    assert trace.x[0] + trace.error_x.array[0] == 0.5
    assert trace.x[0] - trace.error_x.arrayminus[0] == pytest.approx(0.1)
    (line,) = figure.layout.shapes
    assert (line.x0, line.x1, line.layer) == (0.25, 0.25, "below")
    assert not drawn(axis=RowsAxis("gap", line=None)).layout.shapes


def test_long_lists_are_cut() -> None:
    rows = pd.concat([ROWS] * 20, ignore_index=True).assign(mark="strong")
    assert len(drawn(rows).data[0].y) == MOST_ROWS


def test_ticks_are_per_cent_whole_or_signed_and_tell_small_steps_apart() -> None:
    def ticks(axis: RowsAxis, rows: pd.DataFrame = ROWS) -> str:
        return str(drawn(rows, axis).layout.xaxis.tickformat)

    assert ticks(RowsAxis("x", "share")) == ".0%"
    assert ticks(RowsAxis("x", "change")) == "+.0%"
    assert ticks(RowsAxis("x", "rank")) == "d"
    assert ticks(RowsAxis("x")) == "+.2f"
    assert ticks(RowsAxis("x"), ROWS.assign(high=0.9)) == "+.1f"


def test_the_title_of_the_axis_is_broken_where_a_phone_would_cut_it() -> None:
    title = "单位内属于全县后20%的学生比例；虚线为全县 19.9%"
    lines = drawn(axis=RowsAxis(title)).layout.xaxis.title.text.split("<br>")
    assert len(lines) == 2
    assert max(letters(line) for line in lines) <= 30
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")


@pytest.mark.parametrize("marks", [MARKS, SIDES, FLAGS, SUBJECT_FLAGS])
def test_no_two_marks_of_a_chart_share_shape_or_sign(marks: dict[str, Mark]) -> None:
    assert len({mark.symbol for mark in marks.values()}) == len(marks)
    assert len({mark.sign for mark in marks.values()}) == len(marks)
