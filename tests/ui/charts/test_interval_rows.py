"""Rows with intervals: one per unit from the top, told by shape and word, held to a line."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from ui.charts.interval_rows import MOST_ROWS, ValueAxis, interval_rows
from ui.theme import DARK, LIGHT, Palette
from ui.widgets.bottom20_panels import SIDES
from ui.widgets.township_gaps import FLAGS
from ui.widgets.weak_school_doubt import MARKS

NAMES = {"candidate": "proposed", "near": "near", "clear": "not proposed"}


def make_rows(n: int = 3) -> pd.DataFrame:
    place = np.arange(n)
    return pd.DataFrame(
        {
            "code": [f"S{k}" for k in place],
            "name": [f"第{k + 1}学校" for k in place],
            "estimate": place + 1.0,
            "low": place + 0.5,
            "high": place + 2.0,
            "mark": ["clear", "near", "candidate"][:n] if n <= 3 else "clear",
            "hover": [f"h{k}" for k in place],
        }
    )


def drawn(
    rows: pd.DataFrame, *, axis: ValueAxis | None = None, palette: Palette = LIGHT
) -> go.Figure:
    given = axis or ValueAxis("Rank", "rank", line=2.5)
    return interval_rows(rows, marks=MARKS, names=NAMES, axis=given, palette=palette)


def test_every_unit_is_one_row_from_the_top_with_its_code() -> None:
    figure = drawn(make_rows())
    codes = [code for trace in figure.data for (code,) in trace.customdata]
    points = dict(zip(codes, [y for trace in figure.data for y in trace.y], strict=True))
    assert points == {"S0": 1, "S1": 2, "S2": 3}
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]
    assert list(figure.layout.yaxis.ticktext) == ["第1学校  ", "第2学校  ", "第3学校  "]


def test_marks_differ_in_shape_and_are_counted_in_the_legend() -> None:
    traces = drawn(make_rows()).data
    assert [t.name for t in traces] == ["proposed (1)", "near (1)", "not proposed (1)"]
    assert len({t.marker.symbol for t in traces}) == 3


def test_whiskers_end_where_the_interval_ends() -> None:
    trace = drawn(make_rows()).data[0]
    assert trace.x[0] + trace.error_x.array[0] == 4.0
    assert trace.x[0] - trace.error_x.arrayminus[0] == 2.5


def test_the_line_stands_where_the_axis_says() -> None:
    (line,) = drawn(make_rows()).layout.shapes
    assert line.x0 == line.x1 == 2.5
    assert not drawn(make_rows(), axis=ValueAxis("Gap", "sd")).layout.shapes


def test_a_unit_without_a_figure_has_no_row_and_long_lists_are_cut() -> None:
    rows = make_rows(60)
    rows.loc[0, "estimate"] = np.nan
    figure = drawn(rows)
    assert len(figure.data[0].y) == MOST_ROWS
    assert figure.data[0].customdata[0][0] == "S1"


def test_names_of_files_cannot_hold_tags() -> None:
    figure = drawn(make_rows().assign(name="<b>x</b>"))
    assert figure.layout.yaxis.ticktext[0].startswith("&lt;b&gt;")


def test_shares_are_told_in_per_cent_and_ranks_whole() -> None:
    formats = {u: drawn(make_rows(), axis=ValueAxis("x", u)).layout.xaxis.tickformat
               for u in ("share", "rank", "sd")}  # fmt: skip
    assert formats == {"share": ".0%", "rank": "d", "sd": "+.2f"}


@pytest.mark.parametrize("marks", [MARKS, SIDES, FLAGS])
def test_no_two_marks_of_a_chart_share_shape_or_sign(marks: dict[str, object]) -> None:
    assert len({m.symbol for m in marks.values()}) == len(marks)  # type: ignore[attr-defined]
    assert len({m.sign for m in marks.values()}) == len(marks)  # type: ignore[attr-defined]


def test_the_dark_palette_colours_paper_and_text() -> None:
    layout = drawn(make_rows(), palette=DARK).layout
    assert layout.paper_bgcolor == DARK.paper
    assert layout.font.color == DARK.text
