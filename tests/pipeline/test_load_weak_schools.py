"""The View of weak schools: figures of the screening, doubt, hidden schools without a place."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from core.suppression import MIN_PUPILS_SHOWN
from core.told_apart import tell_apart
from core.weak_schools import WeakSchools
from data.catalogue import find_exam, list_exams
from data.home import Home
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store
from pipeline.compute_indicators import all_indicators
from pipeline.compute_weak_schools import exam_weak_schools
from pipeline.demo import LONDON_BASELINE, LONDON_CURRENT
from pipeline.exam_statistics import linked_baselines
from pipeline.hidden_units import hidden_in_exam
from pipeline.load_views import load_class_shares, load_exams, load_weak_schools
from pipeline.shown_bottom20 import shown_class_bottom20
from pipeline.views import Query, WeakSchoolsView
from tests.small_county import FEW, SmallExam, make_county, submission_of

EXAM = "期末"
LONDON = Query(LONDON_CURRENT, "comprehensive", LONDON_BASELINE, "random_intercept")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county with an exam that one school sat with six pupils."""
    made = SmallExam(FEW.sizes, best={"B": 30})
    exam = submission_of(made, EXAM, day=date(2026, 6, 28), grade=9)
    return make_county(Home(tmp_path_factory.mktemp("few") / "store"), exam)


@pytest.fixture(scope="module")
def query(demonstration: Store) -> Query:
    exam = next(e for e in load_exams(LEADERSHIP, demonstration) if e.grade == 9)
    return Query(exam.name, "total", exam.baselines[0], "random_intercept")


@pytest.fixture(scope="module")
def view(demonstration: Store, query: Query) -> WeakSchoolsView:
    return load_weak_schools(LEADERSHIP, demonstration, query)


def screening(store: Store, query: Query) -> WeakSchools:
    exam = find_exam(OPERATOR, store, query.exam)
    linked = linked_baselines(store, exam, list_exams(OPERATOR, store))
    baseline = next(b for b in linked if b.name == query.baseline)
    return exam_weak_schools(OPERATOR, store, exam, baseline=baseline, subject=query.subject)


def test_every_figure_is_that_of_the_screening(
    demonstration: Store, query: Query, view: WeakSchoolsView
) -> None:
    full = screening(demonstration, query).schools.set_index("school")
    rows = view.schools.set_index("school")
    assert sorted(rows.index) == sorted(full.index)
    ok = rows[rows["status"] == "ok"]
    full = full.loc[ok.index]
    for name in ("rank", "rank_low", "rank_high", "candidate", "reasons"):
        assert ok[name].tolist() == full[name].tolist()
    np.testing.assert_allclose(ok["estimate"], full["composite"], atol=0.005)
    np.testing.assert_allclose(ok["p_bottom20"], full["p_bottom20"], atol=0.005)
    half = 1.96 * full["se"]
    np.testing.assert_allclose(ok["high"], full["composite"] + half, atol=0.006)


def test_expected_wrong_flags_add_up_over_the_candidates(view: WeakSchoolsView) -> None:
    candidates = view.schools[view.schools["candidate"]]
    assert len(candidates)
    assert view.expected_wrong == pytest.approx(
        (1 - candidates["p_bottom20"]).sum(), abs=0.05 + 0.005 * len(candidates)
    )
    assert view.groups["n_candidates"].sum() == len(candidates)


def test_near_the_line_is_who_has_a_probability_of_20_to_50(view: WeakSchoolsView) -> None:
    rows = view.schools
    near = rows[rows["is_near"]]
    assert near["p_bottom20"].between(0.2, 0.5).all()
    assert near["n_alike"].notna().all()
    assert rows.loc[~rows["is_near"], "n_alike"].isna().all()


def test_who_cannot_be_told_apart_is_counted_among_the_candidates(
    demonstration: Store,
) -> None:
    view = load_weak_schools(LEADERSHIP, demonstration, LONDON)
    full = screening(demonstration, LONDON).schools
    shown = full[
        full["school"].isin(view.schools.loc[view.schools["status"] == "ok", "school"])
    ]
    apart = tell_apart(shown["composite"].to_numpy(), se=shown["se"].to_numpy())
    alike = (~apart & shown["candidate"].to_numpy()[None, :]).sum(axis=1)
    alike = pd.Series(alike - shown["candidate"].to_numpy(), index=shown["school"])
    near = view.schools[view.schools["is_near"]].set_index("school")["n_alike"]
    assert len(near)
    assert near.astype(int).to_dict() == alike[near.index].to_dict()


def test_years_running_count_the_cohorts_last_exam_of_each_year(
    demonstration: Store, view: WeakSchoolsView
) -> None:
    assert len(view.screened) == 3
    assert view.screened[-1] == view.stamp.exam
    now = view.schools[view.schools["candidate"]]
    assert (now["years_running"] >= 1).all()
    others = view.schools[(view.schools["status"] == "ok") & ~view.schools["candidate"]]
    assert (others["years_running"] == 0).all()
    for name, least in zip(view.screened[:-1], (3, 2), strict=True):
        exam = next(e for e in load_exams(LEADERSHIP, demonstration) if e.name == name)
        query = Query(name, "total", exam.baselines[0], "contextual")
        then = screening(demonstration, query).schools.set_index("school")["candidate"]
        lasting = now.loc[now["years_running"] >= least, "school"]
        assert then[lasting].all()


def test_indicators_show_what_counts_beside_the_scheme(view: WeakSchoolsView) -> None:
    rows = view.indicators
    assert rows["nominal"].sum() == pytest.approx(1.0)
    assert rows["weight"].sum() == pytest.approx(1.0, abs=0.002)
    assert (rows.loc[rows["reliability"] < 0.05, "weight"] == 0).all()


def test_the_stamp_names_the_method_of_the_screening(view: WeakSchoolsView) -> None:
    assert view.stamp.method == "contextual"


def test_without_a_baseline_the_screening_knows_no_value_added(county: Store) -> None:
    view = load_weak_schools(LEADERSHIP, county, Query(EXAM, "math", None, "contextual"))
    assert not view.has_value_added
    assert "value_added" not in set(view.indicators["indicator"])
    assert view.screened == (EXAM,)


def test_a_hidden_school_has_neither_figures_nor_a_place(county: Store) -> None:
    query = Query(EXAM, "math", None, "contextual")
    view = load_weak_schools(LEADERSHIP, county, query)
    hidden = hidden_in_exam(LEADERSHIP, county, find_exam(LEADERSHIP, county, EXAM))
    rows = view.schools[view.schools["school"].isin(hidden)]
    assert len(rows) >= 2
    assert set(rows["status"]) == {"suppressed"}
    figures = ["estimate", "low", "high", "rank", "rank_low", "rank_high", "p_bottom20"]
    assert rows[[*figures, "n_alike", "years_running"]].isna().all(axis=None)
    assert not rows["candidate"].any()
    assert (rows["reasons"] == "").all()
    last = view.schools.tail(len(rows))
    assert set(last["school"]) == set(rows["school"])
    assert list(last["name"]) == sorted(last["name"])
    shares = view.bottom20[view.bottom20["unit"].isin(hidden)]
    assert shares[["estimate", "low", "high", "n_pupils", "of_county"]].isna().all(axis=None)
    shown = view.bottom20["n_pupils"].dropna()
    assert shown.min() >= MIN_PUPILS_SHOWN


def test_shares_of_nobody_are_ranges(county: Store) -> None:
    view = load_weak_schools(LEADERSHIP, county, Query(EXAM, "math", None, "contextual"))
    coded = view.bottom20[view.bottom20["status"] == "coded"]
    assert coded["estimate"].isna().all()
    assert coded["of_county"].isna().all()


def test_the_lowest_20_per_cent_are_the_indicators_of_the_exam(
    demonstration: Store, query: Query, view: WeakSchoolsView
) -> None:
    exam = find_exam(OPERATOR, demonstration, query.exam)
    rows = all_indicators(OPERATOR, demonstration, exam)
    exact = rows[rows["indicator"] == "bottom20_share"].set_index(["unit", "subject"])
    shown = view.bottom20[view.bottom20["status"] == "ok"]
    keys = pd.MultiIndex.from_frame(shown[["unit", "subject"]])
    np.testing.assert_allclose(shown["estimate"], exact.loc[keys, "estimate"], atol=0.0006)
    of_subject = shown[shown["subject"] == "total"]
    assert of_subject["of_county"].sum() <= 1.01
    county = exact.loc[(view.path[0].code, "total"), "estimate"]
    assert view.county20 == pytest.approx(county, abs=0.0006)
    assert ((of_subject["side"] == "more") == (of_subject["low"] > county)).all()


def test_classes_of_a_school_add_up_to_the_school(demonstration: Store, query: Query) -> None:
    schools = load_weak_schools(LEADERSHIP, demonstration, query).bottom20
    row = schools[(schools["subject"] == "total") & (schools["status"] == "ok")].iloc[0]
    view = load_class_shares(LEADERSHIP, demonstration, str(row["unit"]), query)
    classes = view.shares[view.shares["subject"] == "total"]
    assert classes["n_pupils"].dropna().min() >= MIN_PUPILS_SHOWN
    exam = find_exam(OPERATOR, demonstration, query.exam)
    exact = shown_class_bottom20(OPERATOR, demonstration, exam, school=str(row["unit"]))
    exact = exact[exact["subject"] == "total"]
    assert exact["n_pupils"].sum() == row["n_pupils"]
    below = (exact["estimate"] * exact["n_pupils"]).sum()
    assert below / row["n_pupils"] == pytest.approx(row["estimate"], abs=0.0006)


def test_classes_of_a_hidden_school_have_no_share(county: Store) -> None:
    view = load_class_shares(LEADERSHIP, county, "A", Query(EXAM, "math", None, "contextual"))
    assert len(view.shares)
    assert view.shares[["estimate", "low", "high", "n_pupils"]].isna().all(axis=None)


def test_a_school_sees_its_own_row_only(demonstration: Store, view: WeakSchoolsView) -> None:
    code = str(view.schools["school"].iloc[0])
    query = Query(view.stamp.exam, "total", view.stamp.baseline, "contextual")
    own = load_weak_schools(Scope("school", schools=(code,)), demonstration, query)
    assert list(own.schools["school"]) == [code]
    assert set(own.bottom20["unit"]) == {code}
    named = {s for r in own.remarks for s in str(r.values.get("schools", "")).split(",") if s}
    assert named <= {code}


def test_an_exam_of_equal_schools_says_why_there_is_no_screening(home: Home) -> None:
    sizes = dict.fromkeys("BCD", 40)
    made = SmallExam(sizes, best=sizes)
    store = make_county(home, submission_of(made, EXAM, day=date(2026, 6, 28), grade=9))
    view = load_weak_schools(LEADERSHIP, store, Query(EXAM, "math", None, "contextual"))
    assert view.why is not None
    assert view.schools.empty
    assert len(view.bottom20)
