"""Findings about one subject: numbers in words, and what is said where there is nothing."""

from dataclasses import replace

import pandas as pd
import pytest

from tests.ui.made_subject_views import make_subject_view, make_visits_view
from ui.charts.figure_rows import MOST_ROWS
from ui.subject_sentences import (
    county_finding,
    gaps_finding,
    gaps_notes,
    largest,
    shares_finding,
    standing_finding,
    trend_finding,
    visits_finding,
)
from ui.text import Words

EN, ZH = Words("en"), Words("zh")
VIEW = make_subject_view()


def test_how_schools_stand_is_counted_by_measure() -> None:
    assert standing_finding(VIEW, words=EN) == (
        "Mathematics: of 12 schools, 2 stand clearly above the county mean and 2 clearly below"
    )
    added = standing_finding(replace(VIEW, measure="value_added"), words=EN)
    assert "2 add clearly more than expected and 2 clearly less" in added
    assert standing_finding(VIEW, words=ZH).startswith("数学：12 所学校中，2 所明显高于")


def test_nobody_to_compare_is_said() -> None:
    nobody = replace(VIEW, schools=VIEW.schools.assign(side=None))
    assert standing_finding(nobody, words=EN) == "Mathematics: no school can be compared"


def test_flags_are_counted_and_none_is_a_finding_too() -> None:
    assert gaps_finding(VIEW, words=EN) == (
        "Mathematics: of 12 schools, it is a weak subject in 1 and a strong one in 1"
    )
    none = replace(VIEW, gaps=VIEW.gaps.assign(flag="none"))
    assert "no strong or weak subject of any school" in gaps_finding(none, words=EN)


def test_the_note_tells_how_many_flags_may_be_false() -> None:
    (note,) = gaps_notes(VIEW, words=EN)
    assert "over 108 gaps" in note
    assert "of 20 flags about 1.0 may be false" in note


def test_many_schools_and_missing_intervals_are_noted() -> None:
    many = pd.concat([VIEW.gaps] * 5, ignore_index=True).assign(low=None, high=None)
    notes = gaps_notes(replace(VIEW, gaps=many), words=EN)
    assert notes[1] == f"Drawn are the {MOST_ROWS} largest of 60 gaps."
    assert notes[2].startswith("No intervals")


def test_the_largest_rows_are_drawn_in_their_order() -> None:
    rows = pd.DataFrame({"gap": [*range(30, 0, -1), *range(-1, -31, -1)]})
    drawn = largest(rows, by="gap")["gap"].tolist()
    assert len(drawn) == MOST_ROWS
    assert drawn == sorted(drawn, reverse=True)
    assert min(map(abs, drawn)) == 11
    assert len(largest(rows.iloc[:5], by="gap")) == 5


def test_between_and_within_add_up() -> None:
    finding = shares_finding(VIEW, words=EN)
    assert "11.8% of the differences" in finding
    assert "88.2% within" in finding
    unknown = replace(VIEW, shares=VIEW.shares.assign(estimate=None))
    assert "not known" in shares_finding(unknown, words=EN)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.30, 0.40, "drifted apart over 2 exams, from 16.0% to 11.8%"),
        (0.01, 0.05, "drew together"),
        (0.07, 0.22, "no clear change over 2 exams"),
    ],
)
def test_a_trend_is_told_where_the_intervals_do_not_meet(
    low: float, high: float, text: str
) -> None:
    trend = VIEW.share_trend.assign(low=[0.1, low], high=[0.29, high])
    assert text in trend_finding(replace(VIEW, share_trend=trend), words=EN)


def test_one_exam_is_no_trend() -> None:
    one = replace(VIEW, share_trend=VIEW.share_trend.iloc[1:])
    assert trend_finding(one, words=EN) == "Mathematics: one exam only, no trend"


def test_the_county_moved_or_kept_its_place() -> None:
    assert "+2.0 percentage points" in county_finding(VIEW, words=EN)
    steady = replace(VIEW, county=VIEW.county.assign(flag="none"))
    assert "kept its place" in county_finding(steady, words=EN)
    nothing = replace(VIEW, county=VIEW.county.iloc[1:])
    assert "no comparison" in county_finding(nothing, words=EN)


def test_visits_are_named_or_there_are_none() -> None:
    view = make_visits_view()
    assert visits_finding(view, words=ZH) == (
        "与第12实验学校最相近的 3 所学校中，1 所明显更好：第2实验学校"
    )
    nobody = replace(view, peers=view.peers.assign(is_better=False))
    assert visits_finding(nobody, words=EN).startswith("None of the 3 schools most like")
    foreign = replace(view, peers=view.peers.assign(name=""))
    assert visits_finding(foreign, words=EN).endswith("not named")
