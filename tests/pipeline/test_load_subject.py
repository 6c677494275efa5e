"""One subject over all schools: figures as computed, hidden schools left out, scopes kept."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from core.equity.limits import ICC_LIMIT
from core.errors import SettingsError
from data.catalogue import find_exam
from data.home import Home
from data.scope import LEADERSHIP, Scope
from data.store import Store
from pipeline.compute_equity import county_shares, exam_equity
from pipeline.compute_gaps import exam_gaps
from pipeline.compute_peers import PEERS_PER_SCHOOL, exam_peers
from pipeline.hidden_units import hidden_in_exam, hidden_in_pair
from pipeline.load_views import load_exams, load_leadership, load_subject, load_visits
from pipeline.views import ExamChoice, Measure, Query, SubjectView
from tests.small_county import (
    FEW,
    SMALL_SCHOOLS,
    SmallExam,
    make_cohort,
    make_county,
    submission_of,
)

BEFORE, AFTER = "入学测", "期末"
SMALL = Query(AFTER, "math", BEFORE, "random_intercept")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county whose cohort sat two exams; school A has six pupils."""
    home = Home(tmp_path_factory.mktemp("subject") / "store")
    return make_cohort(home, FEW, before=BEFORE, after=AFTER)


def exam_of(store: Store, *, grade: int = 9) -> ExamChoice:
    return next(e for e in load_exams(LEADERSHIP, store) if e.grade == grade)


def query_of(store: Store, *, grade: int = 9) -> Query:
    exam = exam_of(store, grade=grade)
    return Query(exam.name, "math", exam.baselines[0], "random_intercept")


def hidden_of(store: Store) -> frozenset[str]:
    after, before = (find_exam(LEADERSHIP, store, name) for name in (AFTER, BEFORE))
    return hidden_in_pair(LEADERSHIP, store, after, before) & set(SMALL_SCHOOLS)


def test_attainment_and_value_added_are_those_of_the_leadership(demonstration: Store) -> None:
    query = query_of(demonstration)
    wanted = load_leadership(LEADERSHIP, demonstration, query).schools.set_index("school")
    columns: dict[Measure, str] = {"z": "z", "value_added": "estimate"}
    for measure, column in columns.items():
        view = load_subject(LEADERSHIP, demonstration, query, measure)
        shown = view.schools.set_index("school")["estimate"]
        assert shown.to_dict() == wanted[column].to_dict()
        assert shown.is_monotonic_decreasing


def test_who_stands_out_is_told_by_interval_and_by_verdict(demonstration: Store) -> None:
    query = query_of(demonstration)
    z = load_subject(LEADERSHIP, demonstration, query, "z").schools
    assert set(z.loc[z["low"] > 0, "side"]) <= {"above"}
    assert set(z.loc[(z["low"] < 0) & (z["high"] > 0), "side"]) == {"within"}
    wanted = load_leadership(LEADERSHIP, demonstration, query).schools
    added = load_subject(LEADERSHIP, demonstration, query, "value_added").schools
    above = set(wanted.loc[wanted["verdict"] == "well_above", "school"])
    assert set(added.loc[added["side"] == "above", "school"]) == above


def test_the_gaps_are_those_of_the_subject_and_count_all_tests(demonstration: Store) -> None:
    query = query_of(demonstration)
    view = load_subject(LEADERSHIP, demonstration, query, "z")
    exam = find_exam(LEADERSHIP, demonstration, query.exam)
    gaps = exam_gaps(LEADERSHIP, demonstration, exam)
    own = gaps[gaps["subject"] == "math"].set_index("school")["gap"].round(2)
    assert view.gaps.set_index("school")["gap"].to_dict() == own.to_dict()
    assert view.n_tests == int(gaps["q_value"].notna().sum())
    assert view.n_flags == int(gaps["flag"].isin(["strong", "weak"]).sum())


def test_gaps_follow_the_measure(demonstration: Store) -> None:
    query = query_of(demonstration)
    by_z, added = (
        load_subject(LEADERSHIP, demonstration, query, measure).gaps
        for measure in ("z", "value_added")
    )
    assert by_z["gap"].tolist() != added["gap"].tolist()


def test_the_shares_are_those_of_equity_without_the_total(demonstration: Store) -> None:
    query = query_of(demonstration)
    view = load_subject(LEADERSHIP, demonstration, query, "z")
    exam = find_exam(LEADERSHIP, demonstration, query.exam)
    rows = exam_equity(LEADERSHIP, demonstration, exam).indicators
    county = view.path[-1].code
    rows = rows[(rows["unit"] == county) & (rows["indicator"] == "icc")]
    wanted = rows.set_index("subject")["estimate"].round(3).drop("total").to_dict()
    assert view.shares.set_index("subject")["estimate"].to_dict() == wanted
    assert view.shares.loc[view.shares["is_own"], "subject"].tolist() == ["math"]
    pd.testing.assert_frame_equal(
        county_shares(LEADERSHIP, demonstration, exam).reset_index(drop=True),
        rows.reset_index(drop=True),
    )


def test_the_trend_ends_with_the_exam_that_was_chosen(demonstration: Store) -> None:
    query = query_of(demonstration, grade=8)
    trend = load_subject(LEADERSHIP, demonstration, query, "z").share_trend
    assert trend["date"].is_monotonic_increasing
    assert trend["exam"].iloc[-1] == query.exam
    assert trend["is_own"].tolist() == [False] * (len(trend) - 1) + [True]


def test_the_county_is_held_against_the_same_grade_a_year_before(demonstration: Store) -> None:
    view = load_subject(LEADERSHIP, demonstration, query_of(demonstration, grade=8), "z")
    assert view.reference == "2024-2025学年下学期期末 八年级"
    assert "total" not in set(view.county["subject"])
    assert view.county["estimate"].sum() == pytest.approx(0, abs=0.01)
    assert "county_subject" in {remark.code for remark in view.remarks}


def test_without_an_exam_a_year_before_there_is_no_reference(demonstration: Store) -> None:
    view = load_subject(LEADERSHIP, demonstration, query_of(demonstration), "z")
    assert view.reference is None
    assert view.county.empty


def test_item_data_are_counted_where_they_exist(demonstration: Store) -> None:
    query = query_of(demonstration)
    found = load_subject(LEADERSHIP, demonstration, query, "z").items
    assert found is not None
    assert (found.n_items, found.n_points) == (25, 6)
    other = replace(query, subject="english")
    assert load_subject(LEADERSHIP, demonstration, other, "z").items is None


def test_nothing_of_a_hidden_school_is_in_the_view(county: Store) -> None:
    hidden = hidden_of(county)
    assert "A" in hidden
    exam = find_exam(LEADERSHIP, county, AFTER)
    of_exam = hidden_in_exam(LEADERSHIP, county, exam)
    out_of: dict[Measure, frozenset[str]] = {"z": of_exam, "value_added": hidden}
    for measure, out in out_of.items():
        view = load_subject(LEADERSHIP, county, SMALL, measure)
        rows = view.schools[view.schools["school"].isin(out)]
        assert rows[["n_pupils", "estimate", "low", "high", "side"]].isna().all(axis=None)
        gaps = view.gaps[view.gaps["school"].isin(out)]
        figures = ["n_pupils", "raw_gap", "gap", "low", "high", "q_value", "flag"]
        assert gaps[figures].isna().all(axis=None)
        assert not named(view) & out
        assert view.n_hidden == len(rows) > 0


def named(view: SubjectView) -> set[str]:
    """Return the schools that the remarks name."""
    texts = (str(remark.values.get("schools", "")) for remark in view.remarks)
    return {code for text in texts for code in text.split(",")}


def test_a_county_too_small_to_be_shown_has_no_share(home: Home) -> None:
    made = SmallExam({"A": 4, "B": 4})
    store = make_county(home, submission_of(made, AFTER, day=date(2026, 6, 28), grade=7))
    view = load_subject(LEADERSHIP, store, replace(SMALL, baseline=None), "z")
    assert view.shares[["estimate", "low", "high", "n_pupils"]].isna().all(axis=None)
    assert set(view.shares["status"]) == {"suppressed"}
    assert view.share_trend["estimate"].isna().all()
    assert "subject_share" not in {remark.code for remark in view.remarks}
    store.close()


def test_without_a_baseline_the_measure_is_attainment(demonstration: Store) -> None:
    query = replace(query_of(demonstration), baseline=None)
    view = load_subject(LEADERSHIP, demonstration, query, "value_added")
    assert view.measure == "z"
    visits = load_visits(LEADERSHIP, demonstration, "J001", query, "value_added")
    assert visits.peers.empty
    assert visits.why == ("", "")


def test_a_school_reads_its_own_row_and_no_remarks(demonstration: Store) -> None:
    mine = Scope("school", schools=("J001",))
    view = load_subject(mine, demonstration, query_of(demonstration), "z")
    assert view.schools["school"].tolist() == ["J001"]
    assert view.gaps["school"].tolist() == ["J001"]
    assert view.remarks == ()
    assert len(view.shares) > 1


def test_the_peers_are_those_computed_with_their_figures(demonstration: Store) -> None:
    query = query_of(demonstration)
    assert query.baseline is not None
    exam, baseline = (
        find_exam(LEADERSHIP, demonstration, name) for name in (query.exam, query.baseline)
    )
    peers = exam_peers(LEADERSHIP, demonstration, exam, baseline, "math")
    assert not isinstance(peers, tuple)
    for measure in ("z", "value_added"):
        schools = load_subject(LEADERSHIP, demonstration, query, measure).schools
        figure = schools.set_index("school")["estimate"]
        view = load_visits(LEADERSHIP, demonstration, "J003", query, measure)
        wanted = peers.pairs[peers.pairs["school"] == "J003"]
        assert view.peers["school"].tolist() == wanted["peer"].tolist()
        assert view.peers["estimate"].tolist() == figure[wanted["peer"]].tolist()
        assert view.estimate == figure["J003"]
        better = view.peers["difference_low"] > 0
        assert (view.peers["is_better"] == better).all()
        assert view.peers["start"].notna().all()
        assert view.own_start is not None


def test_a_hidden_school_has_no_visits_and_is_none(county: Store) -> None:
    hidden = hidden_of(county)
    view = load_visits(LEADERSHIP, county, "A", SMALL, "z")
    assert (view.estimate, view.n_pupils) == (None, None)
    assert view.why is not None
    assert "may not be shown" in view.why[0]
    for school in set(SMALL_SCHOOLS) - hidden:
        peers = load_visits(LEADERSHIP, county, school, SMALL, "value_added").peers
        assert len(peers) == PEERS_PER_SCHOOL
        assert not set(peers["school"]) & hidden


def test_a_school_sees_its_peers_without_their_names(demonstration: Store) -> None:
    mine = Scope("school", schools=("J003",))
    query = query_of(demonstration)
    view = load_visits(mine, demonstration, "J003", query, "z")
    assert set(view.peers["name"]) == {""}
    assert set(view.peers["school"]) == {""}
    assert view.peers["estimate"].notna().any()
    with pytest.raises(SettingsError, match="No school has the code"):
        load_visits(mine, demonstration, "J001", query, "z")


def test_the_reference_line_is_that_of_the_limits(demonstration: Store) -> None:
    view = load_subject(LEADERSHIP, demonstration, query_of(demonstration), "z")
    said = next(remark for remark in view.remarks if remark.code == "subject_share")
    assert said.values["line"] == ICC_LIMIT
