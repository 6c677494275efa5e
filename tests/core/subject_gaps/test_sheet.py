"""Figures laid out as units by subjects, and undone shrinkage."""

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError
from core.subject_gaps.sheet import lay_out, undo_shrinkage_of
from tests.core.make_figures import make_figures


def test_subjects_keep_their_order_and_the_total_stays_out_unless_asked_for() -> None:
    rows = make_figures([[0.1, 0.2, 0.3]], subjects=("math", "total", "chinese"))
    assert lay_out(rows, indicator="z", with_total=False).subjects == ["math", "chinese"]
    sheet = lay_out(rows, indicator="z", with_total=True)
    assert sheet.estimate.tolist() == [[0.1, 0.2, 0.3]]


def test_a_figure_without_a_row_an_error_or_pupils_is_not_known() -> None:
    rows = make_figures([[0.1, 0.2], [0.3, 0.4]], subjects=("math", "chinese"))
    rows["n_pupils"] = rows["n_pupils"].astype("Int64")
    rows.loc[1, "se"] = np.nan
    rows.loc[2, "n_pupils"] = pd.NA
    sheet = lay_out(rows.iloc[:3], indicator="z", with_total=False)
    assert np.isnan(sheet.estimate).tolist() == [[False, True], [True, True]]
    assert sheet.status.tolist() == [["ok", "not_estimable"], ["not_estimable"] * 2]


def test_a_suppressed_figure_stays_out_and_says_why() -> None:
    rows = make_figures([[0.1, 0.2]], subjects=("math", "chinese"))
    rows.loc[0, "status"] = "suppressed"
    sheet = lay_out(rows, indicator="z", with_total=False)
    assert np.isnan(sheet.estimate[0, 0])
    assert sheet.status[0, 0] == "suppressed"


def test_errors_of_two_subjects_go_together_by_their_correlation() -> None:
    rows = make_figures([[0.1, 0.2]], se=[[0.3, 0.5]], subjects=("math", "chinese"))
    measures = lay_out(rows, indicator="z", with_total=False).measures(0.6)
    assert measures.error[0] == pytest.approx(np.array([[0.09, 0.09], [0.09, 0.25]]))


def test_rows_of_two_exams_or_of_none_are_refused_with_their_number() -> None:
    rows = pd.concat([make_figures([[0.1]]), make_figures([[0.2]], exam="F")])
    with pytest.raises(DataError, match="found: exams 2"):
        lay_out(rows, indicator="z", with_total=True)
    with pytest.raises(DataError, match="found: exams 0"):
        lay_out(rows, indicator="mean", with_total=True)


def test_shrinkage_is_undone_where_something_is_left() -> None:
    rows = make_figures([[0.4], [0.0]], se=0.2, indicator="value_added")
    raw = undo_shrinkage_of(rows.assign(reliability=[0.8, 0.0]))
    assert raw["estimate"].tolist() == pytest.approx([0.5, np.nan], nan_ok=True)
    assert raw["se"][0] == pytest.approx(0.2 / np.sqrt(0.8))
    assert raw["status"].tolist() == ["ok", "not_estimable"]
