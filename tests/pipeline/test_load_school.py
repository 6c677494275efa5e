"""One school's View: its figures are those of the computations, hidden cells stay hidden."""

import math

import pandas as pd
import pytest

from core.suppression import MIN_PUPILS_SHOWN
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store
from pipeline.compute_peers import exam_peers
from pipeline.demo import LONDON_BASELINE, LONDON_CURRENT
from pipeline.load_views import (
    list_schools,
    load_exams,
    load_leadership,
    load_school,
    load_school_grades,
    load_school_past,
    load_school_peers,
)
from pipeline.school_starts import shown_differential
from pipeline.shown_judgements import shown_bands, shown_gaps
from pipeline.view_parts import request_of, setting_of
from pipeline.views import ExamChoice, Query

LONDON = Query(LONDON_CURRENT, "comprehensive", LONDON_BASELINE, "random_intercept")


def newest(store: Store, *, grade: int = 9) -> ExamChoice:
    """Return the newest demonstration exam of a grade."""
    return next(e for e in load_exams(LEADERSHIP, store) if e.grade == grade)


def query_of(store: Store, *, grade: int = 9, subject: str = "math") -> Query:
    """Return the query of the newest exam of a grade."""
    exam = newest(store, grade=grade)
    return Query(exam.name, subject, exam.baselines[0], "random_intercept")


def codes_of(store: Store, query: Query) -> list[str]:
    """Return the schools of the exam."""
    return list(list_schools(LEADERSHIP, store, query.exam)["school"])


def test_the_fifths_of_the_start_are_those_of_the_county(demonstration: Store) -> None:
    query = query_of(demonstration)
    setting = setting_of(LEADERSHIP, demonstration, query)
    request = request_of(setting, subject="math")
    assert request is not None
    found = shown_differential(LEADERSHIP, demonstration, request)
    assert isinstance(found, pd.DataFrame)
    school = codes_of(demonstration, query)[0]
    view = load_school(LEADERSHIP, demonstration, school, query)
    own = found[(found["school"] == school) & (found["status"] == "ok")]
    shown = view.starts[view.starts["status"] == "ok"]
    assert shown["quintile"].tolist() == own["quintile"].tolist()
    assert shown["estimate"].tolist() == own["estimate"].round(2).tolist()
    assert len(view.starts) == 5


def test_no_small_fifth_is_told_nor_can_be_worked_out(demonstration: Store) -> None:
    query = query_of(demonstration)
    for school in codes_of(demonstration, query)[::2]:
        view = load_school(LEADERSHIP, demonstration, school, query)
        told = view.starts["n"].dropna()
        assert told.min() >= MIN_PUPILS_SHOWN
        sample = view.common_sample
        hidden = view.starts[view.starts["n"].isna()]
        if sample is not None and len(hidden):
            # What is left of the school's matched pupils is no small group of one fifth.
            assert sample.matched - int(told.sum()) >= MIN_PUPILS_SHOWN
            assert len(hidden) >= 2
        assert hidden[["estimate", "low", "high", "index", "verdict"]].isna().all(axis=None)


def test_a_fifth_stands_in_no_row_or_column_alone_among_the_hidden(
    demonstration: Store,
) -> None:
    setting = setting_of(LEADERSHIP, demonstration, LONDON)
    request = request_of(setting, subject="comprehensive")
    assert request is not None
    found = shown_differential(LEADERSHIP, demonstration, request)
    open_ = shown_differential(OPERATOR, demonstration, request)
    assert isinstance(found, pd.DataFrame)
    assert isinstance(open_, pd.DataFrame)
    table = open_.assign(is_hidden=found["estimate"].isna())
    for by in ("school", "quintile"):
        hidden = table[table["is_hidden"]].groupby(by)["n"].agg(["size", "sum"])
        whole = table.groupby(by).size().reindex(hidden.index)
        partly = hidden[hidden["size"] < whole]
        assert (partly["size"] >= 2).all()
        assert (partly["sum"] >= MIN_PUPILS_SHOWN).all()


def test_a_frame_holds_the_shown_schools_of_its_kind(demonstration: Store) -> None:
    query = query_of(demonstration)
    school = codes_of(demonstration, query)[0]
    view = load_school(LEADERSHIP, demonstration, school, query)
    frames = view.frames.set_index(["indicator", "frame"])
    z = view.figures.query("indicator == 'z' and subject == 'math'")["estimate"].item()
    assert frames.loc[("z", "county"), "own"] == pytest.approx(z)
    assert frames.loc[("z", "county"), "n_schools"] == newest(demonstration).n_schools
    assert frames.loc[("z", "peers"), "n_schools"] == 5
    ok = view.frames[view.frames["status"] == "ok"]
    ends = ok[["lowest", "q1", "median", "q3", "highest"]].to_numpy()
    assert (ends[:, :-1] <= ends[:, 1:]).all()
    few = view.frames[view.frames["status"] == "few_schools"]
    assert few[["lowest", "median", "highest"]].isna().all(axis=None)


def test_the_target_is_the_mean_of_the_peers(demonstration: Store) -> None:
    query = query_of(demonstration)
    setting = setting_of(LEADERSHIP, demonstration, query)
    assert setting.baseline is not None
    peers = exam_peers(LEADERSHIP, demonstration, setting.exam, setting.baseline, "math")
    assert not isinstance(peers, tuple)
    school = codes_of(demonstration, query)[0]
    like = peers.pairs[peers.pairs["school"] == school].sort_values("place")["peer"].tolist()
    view = load_school(LEADERSHIP, demonstration, school, query)
    assert view.peers["school"].tolist() == like
    means = []
    for peer in like:
        figures = load_school(LEADERSHIP, demonstration, peer, query).figures
        own = figures.query("indicator == 'mean' and subject == 'math'")
        means.append(own["estimate"].item())
    target = view.target.set_index("indicator").loc["mean"]
    assert target["peer_mean"] == pytest.approx(sum(means) / len(means), abs=0.11)
    assert target["estimate"] == pytest.approx(target["own"] - target["peer_mean"], abs=0.11)


def test_profile_and_bands_are_the_shown_ones_of_this_school(demonstration: Store) -> None:
    query = query_of(demonstration)
    setting = setting_of(LEADERSHIP, demonstration, query)
    school = codes_of(demonstration, query)[0]
    view = load_school(LEADERSHIP, demonstration, school, query)
    gaps = shown_gaps(LEADERSHIP, demonstration, setting.exam, baseline=None)
    assert not isinstance(gaps, tuple)
    own = gaps[gaps["school"] == school]
    assert view.profile["estimate"].tolist() == own["gap"].round(2).tolist()
    bands = shown_bands(
        LEADERSHIP,
        demonstration,
        setting.exam,
        baseline=setting.baseline,
        previous=setting.cohort[-2],
    ).judgements
    expected = bands[bands["unit"] == school]["band"].tolist()
    assert view.bands["band"].tolist() == expected
    assert set(view.signals["subject"]) == set(view.bands["subject"])


def test_every_subject_is_held_against_its_own_peers(demonstration: Store) -> None:
    query = query_of(demonstration)
    school = codes_of(demonstration, query)[0]
    figures = load_school_peers(LEADERSHIP, demonstration, school, query).figures
    assert figures["subject"].tolist() == [s.code for s in newest(demonstration).subjects]
    difference = figures["own"] - figures["peer_mean"]
    assert figures["estimate"].tolist() == pytest.approx(difference.tolist(), abs=0.011)


def test_the_trend_holds_attainment_and_value_added_oldest_first(demonstration: Store) -> None:
    query = query_of(demonstration)
    school = codes_of(demonstration, query)[0]
    trend = load_school_past(LEADERSHIP, demonstration, school, query).trend
    assert trend["date"].is_monotonic_increasing
    assert (trend["indicator"] == "z").sum() == 7
    assert (trend["indicator"] == "value_added").sum() == 6


def test_several_years_hold_the_same_exam_of_earlier_cohorts(demonstration: Store) -> None:
    query = query_of(demonstration, grade=7)
    school = codes_of(demonstration, query)[0]
    years = load_school_past(LEADERSHIP, demonstration, school, query).years
    assert years["exam"].iloc[:2].tolist() == ["", query.exam]
    assert years["exam"].str[:9].tolist()[1:] == ["2025-2026", "2024-2025", "2023-2024"]
    single = load_school(LEADERSHIP, demonstration, school, query).value_added
    own = float(single.set_index("subject")["estimate"]["math"])
    if not math.isnan(
        own
    ):  # null where schools do not differ, which counts as 0 over the years
        assert years["estimate"].iloc[1] == own


def test_one_school_year_alone_makes_no_table(demonstration: Store) -> None:
    query = query_of(demonstration, grade=9)
    school = codes_of(demonstration, query)[0]
    assert load_school_past(LEADERSHIP, demonstration, school, query).years.empty


def test_all_grades_of_the_period_stand_with_their_own_baseline(demonstration: Store) -> None:
    query = query_of(demonstration)
    school = codes_of(demonstration, query)[0]
    figures = load_school_grades(LEADERSHIP, demonstration, school, query).figures
    assert figures["grade"].unique().tolist() == [7, 8, 9]
    assert figures.groupby("grade")["exam"].nunique().tolist() == [1, 1, 1]
    assert all("入学测" in name for name in figures["baseline"])
    own = load_school(LEADERSHIP, demonstration, school, query).value_added
    grade = figures[figures["grade"] == 9]
    assert grade["estimate"].fillna(9).tolist() == own["estimate"].fillna(9).tolist()


def test_a_hidden_school_has_no_figure_in_any_part(demonstration: Store) -> None:
    schools = load_leadership(LEADERSHIP, demonstration, LONDON).schools
    hidden = schools.loc[schools["status"] == "suppressed", "school"]
    assert len(hidden) >= 2
    for code in hidden:
        view = load_school(LEADERSHIP, demonstration, str(code), LONDON)
        assert view.hidden
        assert view.starts[["n", "estimate", "low", "high"]].isna().all(axis=None)
        assert view.frames["own"].isna().all()
        assert view.target.empty
        assert view.signals.empty
        assert set(view.bands["band"]) == {"insufficient"}
        assert view.remarks == ()
        past = load_school_past(LEADERSHIP, demonstration, view.school, LONDON)
        assert past.trend["estimate"].isna().all()


def test_an_exam_of_one_subject_says_why_it_has_no_profile(demonstration: Store) -> None:
    school = codes_of(demonstration, LONDON)[0]
    view = load_school(LEADERSHIP, demonstration, school, LONDON)
    assert view.profile.empty
    assert view.profile_why is not None
    assert "两个学科" in view.profile_why[1]


def test_without_a_baseline_nothing_that_needs_one_is_made_up(demonstration: Store) -> None:
    query = Query(newest(demonstration).name, "math", None, "random_intercept")
    school = codes_of(demonstration, query)[0]
    view = load_school(LEADERSHIP, demonstration, school, query)
    assert view.starts.empty
    assert view.target.empty
    assert view.peers.empty
    assert view.frames.set_index(["indicator", "frame"]).loc[("z", "county"), "status"] == "ok"
    assert len(view.bands) == len(newest(demonstration).subjects)
    index = view.signals[view.signals["signal"] == "value_added_index"]
    assert set(index["reason"]) == {"not_given"}


def test_a_school_sees_no_name_of_its_peers(demonstration: Store) -> None:
    query = query_of(demonstration)
    school = codes_of(demonstration, query)[0]
    mine = Scope("school", schools=(school,))
    view = load_school(mine, demonstration, school, query)
    assert set(view.peers["name"]) == {""}
    assert set(view.peers["school"]) == {""}
    whole = load_school(LEADERSHIP, demonstration, school, query)
    pd.testing.assert_frame_equal(view.frames, whole.frames)
