"""Views: figures that agree with each other, small groups taken out, scopes kept."""

import pandas as pd
import pytest

from core.errors import SettingsError
from core.suppression import MIN_PUPILS_SHOWN
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store
from pipeline.demo import LONDON_BASELINE, LONDON_CURRENT
from pipeline.load_views import list_schools, load_exams, load_leadership, load_school
from pipeline.views import ExamChoice, Query

LONDON = Query(LONDON_CURRENT, "comprehensive", LONDON_BASELINE, "random_intercept")


def newest(store: Store, *, grade: int = 9) -> ExamChoice:
    """Return the newest demonstration exam of a grade."""
    return next(e for e in load_exams(LEADERSHIP, store) if e.grade == grade)


def query_of(exam: ExamChoice, *, subject: str = "math") -> Query:
    """Return the default query of an exam."""
    return Query(exam.name, subject, exam.baselines[0], "contextual")


def test_every_exam_says_what_it_is_linked_with(demonstration: Store) -> None:
    exam = newest(demonstration)
    assert exam.is_demonstration
    assert [subject.code for subject in exam.subjects][-1] == "total"
    assert len(exam.baselines) == 2
    assert "入学" in exam.baselines[0]


def test_public_data_carry_source_and_licence(demonstration: Store) -> None:
    stamp = load_leadership(LEADERSHIP, demonstration, LONDON).stamp
    assert stamp.source is not None
    assert "mlmRev" in stamp.source
    assert stamp.licence == "GPL (>= 2)"
    assert (stamp.n_pupils, stamp.n_schools, stamp.n_linked) == (4059, 65, 4059)


def test_the_county_figures_carry_interval_and_change(demonstration: Store) -> None:
    exam = newest(demonstration)
    view = load_leadership(LEADERSHIP, demonstration, query_of(exam))
    figures = view.key_figures.set_index("indicator")
    assert view.previous_exam is not None
    assert list(figures.index) == [
        "participation", "score_rate", "excellent_rate", "good_rate", "pass_rate", "low_rate",
    ]  # fmt: skip
    assert (figures["low"] <= figures["estimate"]).all()
    assert (figures["estimate"] <= figures["high"]).all()
    assert set(figures["change_verdict"]) <= {"up", "flat", "down"}


def test_schools_come_best_first_with_a_history_of_every_exam(demonstration: Store) -> None:
    exam = newest(demonstration)
    schools = load_leadership(LEADERSHIP, demonstration, query_of(exam)).schools
    known = schools["estimate"].dropna()
    assert known.is_monotonic_decreasing
    assert {len(history) for history in schools["history"]} == {7}
    assert schools["name"].notna().all()


def test_nothing_of_a_school_under_the_minimum_is_in_the_view(demonstration: Store) -> None:
    view = load_leadership(LEADERSHIP, demonstration, LONDON)
    small = view.schools[view.schools["status"] == "suppressed"]
    assert view.n_hidden == len(small) >= 2  # one of two pupils, and its partner
    figures = [
        "z",
        "z_low",
        "z_high",
        "estimate",
        "low",
        "high",
        "index",
        "verdict",
        "coverage",
    ]
    assert small[figures].isna().all(axis=None)
    assert small[["n", "n_sat"]].isna().all(axis=None)
    assert view.schools.loc[view.schools["n_sat"] > 0, "n_sat"].min() >= MIN_PUPILS_SHOWN


def test_what_is_hidden_in_attainment_is_hidden_in_value_added(demonstration: Store) -> None:
    for exam in load_exams(LEADERSHIP, demonstration)[:6]:
        for subject in exam.subjects:
            query = Query(exam.name, subject.code, exam.baselines[0], "contextual")
            schools = load_leadership(LEADERSHIP, demonstration, query).schools
            assert schools.loc[schools["z"].isna(), "estimate"].isna().all()


def test_the_operator_sees_small_schools_too(demonstration: Store) -> None:
    view = load_leadership(OPERATOR, demonstration, LONDON)
    assert view.n_hidden == 0
    assert view.schools["n_sat"].min() == 2


def test_the_school_page_agrees_with_the_leadership_page(demonstration: Store) -> None:
    query = query_of(newest(demonstration))
    schools = load_leadership(LEADERSHIP, demonstration, query).schools
    row = schools[schools["status"] == "ok"].iloc[0]
    view = load_school(LEADERSHIP, demonstration, str(row["school"]), query)
    own = view.value_added[view.value_added["subject"] == "math"].iloc[0]
    keys = ["estimate", "low", "high", "index", "verdict", "n"]
    pd.testing.assert_series_equal(own[keys], row[keys], check_names=False, check_dtype=False)
    z = view.figures.query("subject == 'math' and indicator == 'z'")["estimate"].iloc[0]
    assert z == pytest.approx(row["z"])
    assert view.common_sample is not None
    assert view.common_sample.matched == row["n"]


def test_a_view_without_baseline_has_no_value_added_and_no_reason(demonstration: Store) -> None:
    query = Query(newest(demonstration).name, "math", None, "contextual")
    view = load_leadership(LEADERSHIP, demonstration, query)
    assert (view.model.status, view.model.why) == ("not_estimable", None)
    assert view.schools["estimate"].isna().all()
    assert view.schools["z"].notna().any()


def test_an_unlinked_baseline_is_refused_with_the_linked_ones(demonstration: Store) -> None:
    query = Query(LONDON_CURRENT, "comprehensive", "期末", "contextual")
    with pytest.raises(SettingsError, match=r"linked exams: 1\).*LRT"):
        load_leadership(LEADERSHIP, demonstration, query)


def test_a_school_outside_the_scope_reads_like_one_that_does_not_exist(
    demonstration: Store,
) -> None:
    query = query_of(newest(demonstration))
    codes = list(list_schools(LEADERSHIP, demonstration, query.exam)["school"])
    mine = Scope("school", schools=(codes[0],))
    assert list(list_schools(mine, demonstration, query.exam)["school"]) == codes[:1]
    for school in (codes[1], "nowhere"):
        with pytest.raises(SettingsError, match="No school has the code"):
            load_school(mine, demonstration, school, query)


def test_the_county_is_the_same_for_every_scope_but_its_schools_are_not(
    demonstration: Store,
) -> None:
    query = query_of(newest(demonstration))
    whole = load_leadership(LEADERSHIP, demonstration, query)
    code = str(whole.schools["school"].iloc[0])
    part = load_leadership(Scope("school", schools=(code,)), demonstration, query)
    pd.testing.assert_frame_equal(part.key_figures, whole.key_figures)
    assert list(part.schools["school"]) == [code]
    assert whole.remarks
    assert part.remarks == ()
