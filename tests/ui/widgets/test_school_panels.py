"""Panels of a school: each figure with interval and n, each missing one with its reason."""

from dataclasses import replace

import numpy as np
import pandas as pd

from tests.ui.made_school_views import make_school_view
from ui.text import Words
from ui.widgets.school_panels import (
    figure_table,
    grades_table,
    hidden_counts,
    value_added_table,
)

EN, ZH = Words("en"), Words("zh")


def test_a_row_per_subject_holds_value_interval_and_n() -> None:
    table = figure_table(make_school_view().figures, ["mean", "pass_rate"], words=ZH)
    assert table.iloc[0].to_dict() == {
        "科目": "数学",
        "人数 n": "74",
        "平均分": "78.2 分 [76.0, 80.5]",
        "及格率": "61.0% [55.0%, 67.0%]",
    }


def test_a_suppressed_subject_tells_neither_n_nor_figure() -> None:
    row = figure_table(make_school_view().figures, ["mean", "pass_rate"], words=EN).iloc[1]
    assert row["n"] == "not shown"
    assert row["Mean"] == "hidden: fewer than 10 pupils, or needed to protect such a group"


def test_value_added_is_told_with_verdict_interval_n_and_coverage() -> None:
    table = value_added_table(make_school_view().value_added, words=EN)
    assert table.iloc[0].to_dict() == {
        "Subject": "Mathematics",
        "Verdict": "▲ well above expected",
        "Value-added (SD)": "+0.39",
        "95% interval": "[+0.10, +0.69]",
        "n linked": "69",
        "Coverage": "94.0%",
    }


def test_value_added_with_low_coverage_tells_the_reason_and_no_verdict() -> None:
    rows = make_school_view().value_added.assign(status="low_coverage")
    verdict = value_added_table(rows, words=EN)["Verdict"].iloc[0]
    assert verdict == "too few linked (coverage under 70%)"


def test_no_interval_is_told_where_no_differences_were_found() -> None:
    rows = make_school_view().value_added.assign(
        estimate=0.0, low=np.nan, high=np.nan, index=np.nan, verdict="no_difference_found"
    )
    row = value_added_table(rows, words=EN).iloc[0]
    assert row["95% interval"] == "not shown"
    assert row["Verdict"] == "○ no school differences found"
    assert "nan" not in " ".join(row)


def test_a_share_of_all_pupils_is_told_as_a_range() -> None:
    rates = make_school_view().figures.query("indicator == 'pass_rate'")
    coded = rates.assign(estimate=np.nan, low=0.95, high=1.0, status="coded")
    row = figure_table(coded, ["pass_rate"], words=EN).iloc[0]
    assert row["Pass rate"] == "≥ 95%"
    assert row["n"] == "74"


def test_hidden_figures_are_counted_by_reason() -> None:
    assert hidden_counts(make_school_view()) == {"suppressed": 3}


def test_a_page_that_hides_nothing_counts_nothing() -> None:
    view = make_school_view()
    open_view = replace(
        view,
        figures=view.figures.assign(status="ok"),
        starts=view.starts.assign(status="ok"),
    )
    assert hidden_counts(open_view) == {}


def test_grades_stand_side_by_side_and_a_subject_that_is_not_set_says_so() -> None:
    row = make_school_view().value_added.iloc[0].to_dict()
    figures = pd.DataFrame(
        [
            {**row, "exam": "grade 8", "grade": 8, "baseline": "entry"},
            {**row, "exam": "grade 9", "grade": 9, "baseline": "entry"},
            {**row, "exam": "grade 9", "grade": 9, "subject": "art", "name": "美术",
             "estimate": np.nan, "status": "not_estimable", "baseline": "entry"},
        ]
    )  # fmt: skip
    table = grades_table(figures, words=EN).set_index("Subject")
    assert table.loc["Mathematics", "grade 8"] == "▲ +0.39 [+0.10, +0.69] n=69"
    assert table.loc["美术", "grade 8"] == "not set"
    assert table.loc["美术", "grade 9"] == "not enough data to estimate"
