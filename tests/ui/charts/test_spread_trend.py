"""Spread between schools: two coefficients with intervals, and the reference line."""

import pytest

from core.equity.limits import ICC_LIMIT
from tests.ui.briefing_views import make_spread
from ui.charts.spread_trend import spread_trend
from ui.text import Words
from ui.theme import LIGHT

EN = Words("en")


def test_both_coefficients_run_over_the_exams_with_the_reference_line() -> None:
    share, gap, line = spread_trend(make_spread(), words=EN, palette=LIGHT).data
    assert list(share.y) == pytest.approx([0.15, 0.13])
    assert list(gap.y) == pytest.approx([0.10, 0.08])
    assert set(line.y) == {ICC_LIMIT}
    assert "0.15" in line.name
    assert list(share.error_y.array) == pytest.approx([0.05, 0.05])


def test_lines_differ_in_dash_and_shape() -> None:
    share, gap, line = spread_trend(make_spread(), words=EN, palette=LIGHT).data
    assert len({share.line.dash, gap.line.dash, line.line.dash}) == 3
    assert share.marker.symbol != gap.marker.symbol


def test_months_stand_under_the_points_and_exams_in_the_hover() -> None:
    figure = spread_trend(make_spread(), words=EN, palette=LIGHT)
    assert list(figure.layout.xaxis.ticktext) == ["2026-01", "2026-06"]
    assert figure.data[1].text[0] == (
        "<b>上次</b><br>Gap between schools (CV) 0.100 [0.070, 0.150]"
    )


def test_a_coefficient_that_was_never_estimated_has_no_line() -> None:
    rows = make_spread()
    rows.loc[rows["indicator"] == "icc", ["estimate", "low", "high"]] = float("nan")
    assert len(spread_trend(rows, words=EN, palette=LIGHT).data) == 2
