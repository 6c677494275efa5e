"""The View of a grade's classes: figures of the computations, small classes stay hidden."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from core.errors import SettingsError
from core.suppression import MIN_PUPILS_SHOWN
from data.catalogue import find_exam, list_exams, read_statistic
from data.home import Home
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store, open_store_at
from pipeline.class_moments import linked_class_moments
from pipeline.compute_classes import class_sums, counts_below, exam_class_gaps, hidden_classes
from pipeline.demo import LONDON_BASELINE, LONDON_CURRENT
from pipeline.load_views import (
    list_schools,
    load_class_shares,
    load_exams,
    load_grade_class,
    load_near_line,
    load_school,
)
from pipeline.publish import publish
from pipeline.views import Query
from tests.small_county import SMALL_SCHOOLS, SmallExam, submission_of


def query_of(store: Store, *, subject: str = "math") -> Query:
    """Return the query of the newest exam of grade 9."""
    exam = next(e for e in load_exams(LEADERSHIP, store) if e.grade == 9)
    return Query(exam.name, subject, exam.baselines[0], "random_intercept")


def largest_school(store: Store, query: Query) -> str:
    """Return the school with most classes."""
    exam = find_exam(LEADERSHIP, store, query.exam)
    sums = class_sums(LEADERSHIP, store, exam)
    return str(sums.groupby("school")["class_name"].nunique().idxmax())


TWO = (("期初", date(2025, 9, 3), 7, 1), ("期末", date(2026, 6, 28), 7, 2))


@pytest.fixture
def relinked(home: Home) -> Store:
    """Give school E classes of 8, 12, 13 and 30 pupils; 4 of the third sat no exam before."""
    store = open_store_at(home)
    exam = SmallExam(SMALL_SCHOOLS | {"E": 63}, strangers={"E": 4})
    for name, day, grade, seed in TWO:
        submission = submission_of(exam, name, day=day, grade=grade, seed=seed)
        scores = submission.scores
        place = scores.groupby("school_code").cumcount()
        classes = np.select([place < 13, place < 21, place < 33], ["3班", "1班", "2班"], "4班")
        named = np.where(scores["school_code"] == "E", classes, "1班")
        scores["class_name"] = pd.Series(named, dtype="str").to_numpy()
        publish(store, submission, actor="test")
    return store


def test_what_is_hidden_in_the_exam_is_hidden_of_the_linked_pupils_too(relinked: Store) -> None:
    view = load_grade_class(LEADERSHIP, relinked, "E", SMALL)
    in_exam, linked = (
        set(table.loc[table["status"] == "suppressed", "name"])
        for table in (view.classes, view.progress)
    )
    assert in_exam == {"1班", "2班"}
    assert linked == {"1班", "2班", "3班"}
    shares = load_class_shares(LEADERSHIP, relinked, "E", SMALL).shares
    told = shares[shares["status"] != "suppressed"]
    assert not set(told["name"]) & in_exam


@pytest.fixture
def small(home: Home) -> Store:
    """Give a county of small schools with classes, two exams of the same pupils.

    School E has classes of 20, 12 and 8 pupils, F of 21 and 20, K no classes at all.
    """
    store = open_store_at(home)
    for name, day, grade, seed in TWO:
        submission = submission_of(SmallExam(), name, day=day, grade=grade, seed=seed)
        scores = submission.scores
        place = scores.groupby("school_code").cumcount()
        classes = np.select(
            [
                scores["school_code"].eq("E") & (place < 20),
                scores["school_code"].eq("E") & (place < 32),
                scores["school_code"].eq("E"),
                scores["school_code"].eq("F") & (place < 21),
                scores["school_code"].eq("F"),
            ],
            ["1班", "2班", "3班", "1班", "2班"],
            "1班",
        )
        named = pd.Series(classes, dtype="str").where(scores["school_code"] != "K")
        scores["class_name"] = named.to_numpy()
        publish(store, submission, actor="test")
    return store


SMALL = Query("期末", "math", "期初", "random_intercept")


def test_the_gap_of_a_class_is_its_mean_less_that_of_the_grade(demonstration: Store) -> None:
    query = query_of(demonstration)
    school = largest_school(demonstration, query)
    view = load_grade_class(LEADERSHIP, demonstration, school, query)
    own = view.gaps[view.gaps["subject"] == "math"].set_index("class_")
    rows = view.classes.set_index("class_")
    grade = (rows["n"].astype(float) * rows["z"]).sum() / rows["n"].sum()
    expected = (rows["z"] - grade).tolist()
    assert own["estimate"].tolist() == pytest.approx(expected, abs=0.011)
    exam = find_exam(LEADERSHIP, demonstration, query.exam)
    gaps = exam_class_gaps(LEADERSHIP, demonstration, exam)
    assert not isinstance(gaps, tuple)
    found = gaps[gaps["subject"] == "math"].set_index("class_")
    assert own["flag"].tolist() == found.loc[own.index, "flag"].tolist()
    assert (own["low"] <= own["estimate"]).all()


def test_classes_add_up_to_their_school(demonstration: Store) -> None:
    query = query_of(demonstration)
    school = largest_school(demonstration, query)
    view = load_grade_class(LEADERSHIP, demonstration, school, query)
    figures = load_school(LEADERSHIP, demonstration, school, query).figures
    n_sat = figures.query("subject == 'math' and indicator == 'n_sat'")["estimate"].item()
    assert view.classes["n"].sum() == n_sat
    mean = (view.classes["n"].astype(float) * view.classes["points"]).sum() / n_sat
    own = figures.query("subject == 'math' and indicator == 'mean'")["estimate"].item()
    assert mean == pytest.approx(own, abs=0.1)


def test_progress_says_who_is_compared(demonstration: Store) -> None:
    query = query_of(demonstration)
    school = largest_school(demonstration, query)
    view = load_grade_class(LEADERSHIP, demonstration, school, query)
    sample = load_school(LEADERSHIP, demonstration, school, query).common_sample
    assert sample is not None
    assert view.progress["n"].sum() == sample.matched
    assert view.progress["coverage"].between(0.5, 1).all()
    assert view.progress["class_"].tolist() == view.classes["class_"].tolist()


def test_linked_moments_of_classes_are_made_once_and_kept(demonstration: Store) -> None:
    query = query_of(demonstration)
    exam = find_exam(LEADERSHIP, demonstration, query.exam)
    baseline = next(
        e for e in list_exams(LEADERSHIP, demonstration) if e.name == query.baseline
    )
    made = linked_class_moments(LEADERSHIP, demonstration, exam, baseline)
    kept = read_statistic(
        LEADERSHIP,
        demonstration,
        exam.release_id,
        "linked_class_moments",
        baseline_release_id=baseline.release_id,
        priors="own",
    )
    assert kept is not None
    pd.testing.assert_frame_equal(made, kept)


def test_balance_is_told_now_and_at_the_start_in_the_order_of_the_exam(
    demonstration: Store,
) -> None:
    query = query_of(demonstration)
    view = load_grade_class(
        LEADERSHIP, demonstration, largest_school(demonstration, query), query
    )
    assert view.balance["moment"].tolist() == ["now", "start"] * 10
    assert view.balance["subject"].iloc[::2].tolist()[-1] == "total"
    assert view.balance["share"].between(0, 1).all()
    assert (view.balance["chance_low"] < view.balance["chance_high"]).all()


def test_levels_add_up_and_no_group_is_small(demonstration: Store) -> None:
    query = query_of(demonstration)
    for school in list_schools(LEADERSHIP, demonstration, query.exam)["school"].iloc[:6]:
        view = load_grade_class(LEADERSHIP, demonstration, school, query)
        if view.state != "ok" or view.levels.empty:
            continue
        groups = [c for c in view.levels.columns if c not in ("class_", "name")]
        assert (view.levels[groups] >= MIN_PUPILS_SHOWN).all(axis=None)
        assert view.levels["class_"].iloc[0] == ""
        n = view.classes.set_index("class_")["n"]
        for row in view.levels.iloc[1:].to_dict("records"):
            assert sum(row[group] for group in groups) == n[row["class_"]]


def test_counts_near_a_line_are_hidden_or_those_of_the_rows(demonstration: Store) -> None:
    query = query_of(demonstration)
    school = largest_school(demonstration, query)
    near = load_near_line(LEADERSHIP, demonstration, school, "pass_line", query)
    exam = find_exam(OPERATOR, demonstration, query.exam)
    counts = counts_below(OPERATOR, demonstration, exam, school, "math", line="pass_line")
    assert near.distances[-1][1] == 12.0
    told = 0
    for place, distance in enumerate(counts.columns):
        shown = near.counts.set_index("class_")[place].dropna()
        told += len(shown)
        for code, n in shown.items():
            whole = counts[distance].sum() if code == "" else counts[distance][str(code)]
            assert n == whole
            assert n == 0 or n >= MIN_PUPILS_SHOWN
    assert told


def test_a_small_class_is_hidden_with_a_partner_in_every_part(small: Store) -> None:
    view = load_grade_class(LEADERSHIP, small, "E", SMALL)
    assert view.state == "ok"
    assert view.n_hidden == 2
    hidden = view.classes[view.classes["status"] == "suppressed"]
    assert hidden["name"].tolist() == ["2班", "3班"]
    assert hidden[["n", "points", "points_sd", "z", "z_low", "z_high"]].isna().all(axis=None)
    for table in (view.gaps, view.profile, view.progress):
        rows = table[table["name"].isin(["2班", "3班"])]
        assert rows[["n", "estimate", "low", "high"]].isna().all(axis=None)
        assert set(rows["status"]) == {"suppressed"}
    assert not set(view.levels["name"]) & {"2班", "3班"}
    assert view.balance.empty  # of one shown class there is none
    near = load_near_line(LEADERSHIP, small, "E", "pass_line", SMALL)
    assert near.counts.set_index("name").loc[["2班", "3班"], [0, 1, 2, 3]].isna().all(axis=None)


def test_states_without_classes_to_compare_hold_no_figures(small: Store) -> None:
    states = {code: load_grade_class(LEADERSHIP, small, code, SMALL).state for code in "AFKD"}
    assert states == {"A": "hidden", "F": "ok", "K": "no_class_names", "D": "one_class"}
    for code in "AKD":
        view = load_grade_class(LEADERSHIP, small, code, SMALL)
        tables = (view.classes, view.gaps, view.profile, view.progress, view.balance)
        assert all(table.empty for table in (*tables, view.levels))
        assert view.remarks == ()
        assert load_near_line(LEADERSHIP, small, code, "pass_line", SMALL).counts.empty


def test_the_pattern_holds_for_every_school_at_once(small: Store) -> None:
    exam = find_exam(LEADERSHIP, small, "期末")
    hidden = hidden_classes(LEADERSHIP, small, exam, None)
    assert {"E/2班", "E/3班"} <= hidden
    assert not {"F/1班", "F/2班"} & hidden
    assert hidden_classes(OPERATOR, small, exam, None) == frozenset()


def test_a_school_outside_the_scope_reads_like_one_that_does_not_exist(small: Store) -> None:
    mine = Scope("school", schools=("F",))
    assert load_grade_class(mine, small, "F", SMALL).state == "ok"
    for school in ("E", "nowhere"):
        with pytest.raises(SettingsError, match="No school has the code"):
            load_grade_class(mine, small, school, SMALL)
        with pytest.raises(SettingsError, match="No school has the code"):
            load_near_line(mine, small, school, "pass_line", SMALL)


def test_a_school_of_one_class_of_one_subject_is_told_as_such(demonstration: Store) -> None:
    query = Query(LONDON_CURRENT, "comprehensive", LONDON_BASELINE, "random_intercept")
    view = load_grade_class(LEADERSHIP, demonstration, "S001", query)
    assert view.state == "one_class"
