"""Stated figures against the exam's own: equal, different, absences taken for zeros."""

from collections.abc import Mapping

import pandas as pd
import pytest

from core.findings import Finding
from data.catalogue import find_exam
from data.scope import OPERATOR
from data.store import Store
from pipeline.compare_dataset import compare_summary
from pipeline.compute_indicators import all_indicators
from pipeline.publish import publish
from tests.builders import make_submission

ABOUT: Mapping[str, object] = {"decimals": {"mean": 2, "rate": 1}}
FIGURES = ["mean", "excellent_rate", "good_rate", "pass_rate", "low_rate"]


@pytest.fixture
def exam(store: Store) -> Store:
    """Give a store with an exam in which every third pupil was absent in maths."""
    submission = make_submission("期末")
    scores = submission.scores
    absent = scores.index % 3 == 0
    scores.loc[absent, "score_2"] = pd.NA
    scores.loc[absent, "state_2"] = "absent"
    publish(store, submission, actor="test")
    return store


def stated(store: Store, *, with_absent: bool = False) -> pd.DataFrame:
    """Return a summary as a bureau would state it from the same scores, rounded."""
    exam = find_exam(OPERATOR, store, "期末")
    table = all_indicators(OPERATOR, store, exam)
    wide = table.pivot_table("estimate", ["unit", "subject"], "indicator").reset_index()
    wide = wide[wide["unit"].str.startswith("S0")].rename(columns={"unit": "school"})
    share = wide["n_sat"] / wide["n_enrolled"] if with_absent else 1.0
    for name in FIGURES:
        own = wide[name] * share + ((1 - share) if name == "low_rate" else 0.0)
        wide[name] = own.round(2 if name == "mean" else 3)
    count = wide["n_enrolled"] if with_absent else wide["n_sat"]
    rows = wide[["school", "subject", *FIGURES]].assign(n_sat=count.astype("Int64"), row=3)
    return rows[rows["subject"] == "math"].reset_index(drop=True)


def compare(store: Store, rows: pd.DataFrame) -> dict[str, Finding]:
    exam = find_exam(OPERATOR, store, "期末")
    found = compare_summary(store, exam, rows, ABOUT)
    return {f"{f.check} {f.value or ''}".strip(): f for f in found}


def test_figures_that_agree_to_their_decimals_are_silent(exam: Store) -> None:
    assert compare(exam, stated(exam)) == {}


def test_a_mean_that_differs_is_listed_with_both_values(exam: Store) -> None:
    rows = stated(exam)
    means = rows["mean"].tolist()
    rows["mean"] = [means[0] + 2, *means[1:]]
    found = compare(exam, rows)
    assert list(found) == ["summary_differs mean"]
    words = found["summary_differs mean"]
    assert words.severity == "warning"
    assert f"{means[0] + 2:.2f}" in words.message_en
    assert "1 of 3" in words.message_en


def test_absences_taken_for_zeros_are_recognised(exam: Store) -> None:
    found = compare(exam, stated(exam, with_absent=True))
    assert "缺考" in found["absent_as_zero mean"].message_zh
    assert "3 differences of mean, 3" in found["absent_as_zero mean"].message_en
    assert "absent_as_zero pass_rate" in found
    assert "equal to the enrolled, absent pupils included: 3" in (
        found["summary_count"].message_en
    )


def test_one_odd_school_is_no_sign_of_absences_taken_for_zeros(exam: Store) -> None:
    rows, shrunk = stated(exam), stated(exam, with_absent=True)
    rows["mean"] = [shrunk["mean"].iloc[0], *rows["mean"].iloc[1:]]
    assert list(compare(exam, rows)) == ["summary_differs mean"]


def test_schools_and_subjects_without_scores_are_counted(exam: Store) -> None:
    rows = pd.concat([stated(exam), stated(exam).assign(subject="physics")], ignore_index=True)
    found = compare(exam, rows)
    assert list(found) == ["summary_unmatched"]
    assert "such as schools S01" in found["summary_unmatched"].message_en
