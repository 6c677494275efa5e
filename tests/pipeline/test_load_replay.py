"""Replay: the scheme in force changes nothing, counts are those of the calls."""

import shutil
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from core.errors import SettingsError
from core.weighting.scheme import IndicatorTree, Leaf, WeightScheme
from data.catalogue import find_exam
from data.home import Home
from data.scope import LEADERSHIP, Scope
from data.store import Store, open_store_at
from pipeline.deidentify import coding_of
from pipeline.hidden_units import hidden_in_exam
from pipeline.load_views import (
    list_replay_schemes,
    load_exams,
    load_rule_replay,
    load_scheme_replay,
    load_warning_board,
    load_weak_schools,
)
from pipeline.schemes import approve_scheme, save_scheme, submit_scheme, withdraw_scheme
from pipeline.views import AlarmFrom, Later, Query, RuleReplayView, SchemeReplayView
from tests.pipeline.test_deidentify import texts_of, units_below_the_county
from tests.small_county import SmallExam, make_cohort

TREE = IndicatorTree((Leaf("z", "total", 1.0, "lower"),))
UPSIDE_DOWN = WeightScheme("upside down", "1", "zhang", "to see it", "", TREE)
OTHER_SCALE = replace(UPSIDE_DOWN, name="ranks", normalisation="rank")


@pytest.fixture(scope="module")
def query(demonstration: Store) -> Query:
    exam = next(e for e in load_exams(LEADERSHIP, demonstration) if e.grade == 9)
    return Query(exam.name, "total", exam.baselines[0], "random_intercept")


@pytest.fixture(scope="module")
def rules(demonstration: Store, query: Query) -> RuleReplayView:
    return load_rule_replay(LEADERSHIP, demonstration, query, "yellow", "cohort")


@pytest.fixture
def county(demonstration_home: Path, tmp_path: Path) -> Store:
    """Give an own copy of the demonstration."""
    shutil.copytree(demonstration_home, tmp_path / "own")
    return open_store_at(Home(tmp_path / "own"))


def code_of(store: Store, query: Query) -> str:
    return find_exam(LEADERSHIP, store, query.exam).county


def counted(pairs: pd.DataFrame, known: pd.DataFrame, alarm: str, bad: str) -> None:
    """Require that every pair is what its two exams of calls give."""
    by_exam = {name: rows.set_index("school") for name, rows in known.groupby("exam")}
    for row in pairs.to_dict("records"):
        now = by_exam[row["exam"]][alarm].astype(object)
        later = by_exam[row["later_exam"]][bad].astype(object)
        now, later = now.where(now.notna(), None), later.where(later.notna(), None)
        states = [(called, later.get(school)) for school, called in now.items()]
        told = [state for state in states if None not in state]
        assert row["unknown"] == len(states) - len(told)
        assert row["n"] == len(told)
        assert row["hits"] == told.count((True, True))
        assert row["false_alarms"] == told.count((True, False))
        assert row["misses"] == told.count((False, True))
        assert row["quiet"] == told.count((False, False))


@pytest.mark.parametrize("later", ["cohort", "year"])
def test_the_scheme_in_force_changes_nothing(
    demonstration: Store, query: Query, later: Later
) -> None:
    view = load_scheme_replay(LEADERSHIP, demonstration, query, later)
    assert len(view.exams) == len(view.holds) == 12
    assert set(view.holds) == {view.tried}
    assert not view.exams[["n_entered", "n_left"]].any(axis=None)
    assert (view.exams["n_same"] == view.exams["n_held"]).all()
    assert set(view.calls["call"]) <= {"both", "neither", "unknown"}
    tried, held = (
        view.counts.pairs[view.counts.pairs["whose"] == whose].drop(columns="whose")
        for whose in ("tried", "held")
    )
    pd.testing.assert_frame_equal(tried.reset_index(drop=True), held.reset_index(drop=True))
    counted(tried, view.calls, "tried", "held")


def test_a_scheme_is_tried_beside_the_one_in_force(county: Store, query: Query) -> None:
    code = code_of(county, query)
    number = save_scheme(LEADERSHIP, county, code, UPSIDE_DOWN, actor="zhang")
    asked = replace(query, scheme=number)
    view = load_scheme_replay(LEADERSHIP, county, asked, "cohort")
    assert view.tried.id == view.stamp.scheme.id == number
    assert {label.id for label in view.holds} == {0}
    assert view.exams["n_entered"].gt(0).all()
    assert view.exams["n_left"].gt(0).all()
    counted(view.counts.pairs.query("whose == 'tried'"), view.calls, "tried", "held")
    for name, own in list(view.calls.groupby("exam"))[:3]:
        exam = next(e for e in load_exams(LEADERSHIP, county) if e.name == name)
        own_query = Query(exam.name, "total", exam.baselines[0], "contextual", number)
        shown = load_weak_schools(LEADERSHIP, county, own_query).schools
        candidates = set(shown.loc[shown["candidate"], "school"])
        assert set(own.loc[own["tried"].fillna(False), "school"]) == candidates


def test_each_exam_is_held_against_the_scheme_of_its_own_day(
    county: Store, query: Query
) -> None:
    code = code_of(county, query)
    number = save_scheme(LEADERSHIP, county, code, UPSIDE_DOWN, actor="zhang")
    submit_scheme(LEADERSHIP, county, number, county=code, actor="zhang")
    approve_scheme(
        LEADERSHIP, county, number, county=code, actor="li", valid_from=date(2025, 3, 1)
    )
    view = load_scheme_replay(LEADERSHIP, county, query, "cohort")
    assert view.tried.id == number
    is_after = view.exams["held_on"] >= date(2025, 3, 1)
    assert [label.id == number for label in view.holds] == is_after.tolist()
    assert not view.exams.loc[is_after, ["n_entered", "n_left"]].any(axis=None)
    assert view.exams.loc[~is_after, "n_entered"].gt(0).all()


def test_what_the_screening_cannot_go_by_is_not_offered(county: Store, query: Query) -> None:
    code = code_of(county, query)
    kept = save_scheme(LEADERSHIP, county, code, UPSIDE_DOWN, actor="zhang")
    other = save_scheme(LEADERSHIP, county, code, OTHER_SCALE, actor="zhang")
    gone = save_scheme(LEADERSHIP, county, code, UPSIDE_DOWN, actor="zhang")
    withdraw_scheme(LEADERSHIP, county, gone, county=code, actor="zhang")
    view = list_replay_schemes(LEADERSHIP, county, query.exam)
    assert [label.id for label in view.offered] == [kept, 0]
    with pytest.raises(SettingsError, match="normalises by rank"):
        load_scheme_replay(LEADERSHIP, county, replace(query, scheme=other), "cohort")


def test_bands_of_the_past_are_those_of_the_board(
    demonstration: Store, query: Query, rules: RuleReplayView
) -> None:
    shown = load_warning_board(LEADERSHIP, demonstration, query).bands
    shown = shown[shown["subject"] == "total"]
    board: pd.Series = shown.set_index("school")["band"].sort_index()
    own = rules.calls[rules.calls["exam"] == query.exam]
    pd.testing.assert_series_equal(own.set_index("school")["band"].sort_index(), board)
    last = rules.exams.set_index("exam").loc[query.exam]
    told = board.value_counts().to_dict()
    for band in ("none", "blue", "yellow", "red", "insufficient"):
        assert last[f"n_{band}"] == told.get(band, 0)


@pytest.mark.parametrize(("alarm", "later"), [("blue", "year"), ("red", "cohort")])
def test_counts_of_bands_are_those_of_the_calls(
    demonstration: Store, query: Query, alarm: AlarmFrom, later: Later
) -> None:
    view = load_rule_replay(LEADERSHIP, demonstration, query, alarm, later)
    worse = {"blue": ["blue", "yellow", "red"], "red": ["red"]}[alarm]
    called = view.calls["band"].isin(worse).astype("boolean")
    known = view.calls.assign(called=called.mask(view.calls["band"] == "insufficient"))
    assert len(view.counts.pairs)
    counted(view.counts.pairs, known, "called", "low")


def test_a_fifth_of_a_group_stands_low_in_every_exam(rules: RuleReplayView) -> None:
    known = rules.calls.dropna(subset=["low"])
    low = known["low"].astype(int).groupby(known["exam"]).agg(["sum", "size"])
    assert (low["sum"] >= 1).all()
    assert (low["sum"] <= 0.3 * low["size"] + 1).all()


def test_exams_without_a_baseline_are_left_out_and_named(
    demonstration: Store, query: Query, rules: RuleReplayView
) -> None:
    assert len(rules.left_out) == 3
    assert rules.exams["baseline"].notna().all()
    alone = load_rule_replay(
        LEADERSHIP, demonstration, replace(query, baseline=None), "yellow", "cohort"
    )
    assert alone.left_out == ()
    assert len(alone.exams) == len(rules.exams) + 3
    assert alone.exams["baseline"].isna().all()
    assert rules.exams["held_on"].is_monotonic_increasing
    assert rules.exams["held_on"].max() == rules.stamp.exam_date


def test_hidden_schools_are_unknown_in_every_exam(home: Home) -> None:
    store = make_cohort(home, SmallExam(), before="autumn", after="summer")
    exam = find_exam(LEADERSHIP, store, "summer")
    hidden = hidden_in_exam(LEADERSHIP, store, exam)
    query = Query("summer", "math", None, "contextual")
    scheme = load_scheme_replay(LEADERSHIP, store, query, "cohort")
    bands = load_rule_replay(LEADERSHIP, store, query, "blue", "cohort")
    schools = hidden & set(bands.calls["school"])
    assert schools
    for view in (scheme, bands):
        own = view.calls[view.calls["school"].isin(hidden)]
        said = own["call"] if isinstance(view, SchemeReplayView) else own["band"]
        assert set(said) <= {"unknown", "insufficient"}
        assert (view.counts.pairs["unknown"] >= len(schools)).all()
    assert bands.calls.loc[bands.calls["school"].isin(hidden), "low"].isna().all()


def test_a_school_sees_its_own_calls_only(demonstration: Store, query: Query) -> None:
    own = Scope("school", schools=("J003",))
    for view in (
        load_rule_replay(own, demonstration, query, "yellow", "cohort"),
        load_scheme_replay(own, demonstration, query, "cohort"),
    ):
        assert set(view.calls["school"]) == {"J003"}
        assert (view.counts.pairs["n"] + view.counts.pairs["unknown"]).max() == 1


def test_a_coded_replay_names_no_unit_and_keeps_its_exams(
    demonstration: Store, query: Query, rules: RuleReplayView
) -> None:
    secret, coding = units_below_the_county(demonstration), coding_of(LEADERSHIP, demonstration)
    scheme = load_scheme_replay(LEADERSHIP, demonstration, query, "cohort")
    for view in (rules, scheme):
        coded = coding.answered(view)
        assert texts_of(asdict(view)) & secret
        assert not texts_of(asdict(coded)) & secret
        pd.testing.assert_frame_equal(coded.exams, view.exams)
        pd.testing.assert_frame_equal(coded.counts.pairs, view.counts.pairs)
