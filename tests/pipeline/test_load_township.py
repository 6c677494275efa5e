"""The View of a township: exact sums for pooled schools, scopes kept, small schools hidden."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from core.errors import SettingsError
from core.simulation.spec import CountySpec
from core.subject_correlation import compute_subject_correlation
from core.subject_gaps import compute_subject_gaps
from core.value_added import ValueAddedSpec, compute_value_added
from data.cases import NewCase, NewStep, Status, add_case, add_step, steps_of
from data.catalogue import find_exam, list_exams, subjects_of, units_of
from data.home import Home
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store, open_store_at
from pipeline.compute_bands import exam_bands, exam_before
from pipeline.compute_indicators import all_indicators
from pipeline.compute_value_added import ValueAddedRequest, exam_value_added
from pipeline.demo import LONDON_CURRENT, build_demonstration
from pipeline.exam_statistics import linked_baselines, populations_of
from pipeline.hidden_units import hidden_in_exam
from pipeline.link_exams import link_exams
from pipeline.load_views import list_townships, load_exams, load_township
from pipeline.pooled_units import centre_school_pools
from pipeline.publish import publish
from pipeline.shown_judgements import shown_gaps_of_units
from pipeline.subject_moments import subject_moments
from pipeline.views import Query, TownshipView
from tests.small_county import SMALL_SCHOOLS, SmallExam, submission_of

TODAY = date(2026, 7, 1)
EXAM = "期末"
VILLAGES = CountySpec(n_primary=14, n_junior=0, n_years=1, size_factor=2.0)
"""Two county schools, nine centre schools and three villages, each with its centre school."""


@pytest.fixture(scope="module")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county of primary schools, three townships of which have a village school."""
    store = open_store_at(Home(tmp_path_factory.mktemp("villages")))
    build_demonstration(store, spec=VILLAGES)
    return store


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county of townships with an exam that one school sat with six pupils."""
    home = Home(tmp_path_factory.mktemp("few") / "store")
    home.make_folders()
    store = open_store_at(home)
    sizes = {school: 40 + 3 * place for place, school in enumerate(SMALL_SCHOOLS)}
    made = SmallExam(sizes | {"A": 6})
    publish(store, submission_of(made, EXAM, day=date(2026, 6, 28), grade=9), actor="test")
    return store


def query_of(store: Store, *, grade: int, subject: str = "math") -> Query:
    exam = next(e for e in load_exams(LEADERSHIP, store) if e.grade == grade)
    return Query(exam.name, subject, exam.baselines[0], "contextual")


def request_of(store: Store, query: Query) -> ValueAddedRequest:
    exam = find_exam(OPERATOR, store, query.exam)
    linked = linked_baselines(store, exam, list_exams(OPERATOR, store))
    baseline = next(b for b in linked if b.name == query.baseline)
    spec = ValueAddedSpec(method=query.method, scale="z")
    return ValueAddedRequest(exam, baseline, query.subject, (), spec)


def view_of(
    store: Store, query: Query, unit: str, *, pooled: bool = False, scope: Scope = LEADERSHIP
) -> TownshipView:
    return load_township(scope, store, unit, query, pooled, TODAY)


@pytest.fixture(scope="module")
def query(demonstration: Store) -> Query:
    return query_of(demonstration, grade=9)


def test_townships_with_their_centre_schools_can_be_chosen(villages: Store) -> None:
    units = list_townships(LEADERSHIP, villages, query_of(villages, grade=4).exam)
    assert list(units["township"])[:4] == ["T01", "Z01", "T02", "Z02"]
    assert len(units) == 18
    assert str(units["name"].iloc[1]).startswith("青禾演示镇 › ")


def test_an_exam_without_townships_has_none_to_choose(villages: Store) -> None:
    assert list_townships(LEADERSHIP, villages, LONDON_CURRENT).empty


def test_level_and_value_added_are_those_of_the_exam(
    demonstration: Store, query: Query
) -> None:
    view = view_of(demonstration, query, "T03")
    effects = exam_value_added(OPERATOR, demonstration, request_of(demonstration, query))
    exact = effects.schools.set_index("school")
    exam = find_exam(OPERATOR, demonstration, query.exam)
    rows = all_indicators(OPERATOR, demonstration, exam, subject="math")
    z = rows[rows["indicator"] == "z"].set_index("unit")["estimate"]
    shown = view.schools.set_index("unit")
    assert len(shown)
    for column in ("estimate", "low", "high"):
        np.testing.assert_allclose(shown[column], exact.loc[shown.index, column], atol=0.006)
    np.testing.assert_allclose(shown["z"], z[shown.index], atol=0.006)
    assert shown["n"].tolist() == exact.loc[shown.index, "n"].tolist()
    assert (shown["joined"] + shown["n"] == exact.loc[shown.index, "n_sat"]).all()
    assert (shown["left"] + shown["n"] == exact.loc[shown.index, "n_prior"]).all()
    assert view.schools["estimate"].is_monotonic_decreasing


def test_the_others_are_the_rest_of_the_county(demonstration: Store, query: Query) -> None:
    view = view_of(demonstration, query, "T03")
    assert not set(view.others["school"]) & set(view.schools["unit"])
    assert len(view.others) + len(view.schools) == 12
    assert (view.others["name"] != "").all()


def test_the_sample_of_the_unit_is_the_sum_of_its_schools(
    demonstration: Store, query: Query
) -> None:
    view = view_of(demonstration, query, "T01")
    assert view.sample is not None
    assert view.sample.matched == view.schools["n"].sum()
    assert view.sample.joined == view.schools["joined"].sum()
    assert view.sample.left == view.schools["left"].sum()
    assert view.sample.prior_mean_all is None


def test_village_schools_are_pooled_by_their_sums(villages: Store) -> None:
    query = query_of(villages, grade=4)
    request = request_of(villages, query)
    pools = dict(centre_school_pools(units_of(villages, request.current.county)))
    moments = link_exams(OPERATOR, villages, request.current, request.baseline)
    moments = moments[moments["subject"] == "math"].drop(columns="subject")
    moments["school"] = moments["school"].map(pools).fillna(moments["school"])
    sums = moments.groupby("school", as_index=False).sum()
    sums.insert(0, "subject", "math")
    current = populations_of(OPERATOR, villages, request.current, ["math"])["math"]
    past = populations_of(OPERATOR, villages, request.baseline, ["math"])["math"]
    expected = compute_value_added(
        sums.astype({"subject": "str", "school": "str"}),
        current=current,
        priors=(("数学", past),),
        spec=request.spec,
    ).schools.set_index("school")
    view = view_of(villages, query, "T01", pooled=True)
    assert view.pooled
    (row,) = view.schools.to_dict("records")
    assert (row["unit"], row["level"], row["n_schools"]) == ("Z01", "centre_school", 2)
    for column in ("estimate", "low", "high"):
        assert row[column] == pytest.approx(expected.loc["Z01", column], abs=0.006)
    assert row["n"] == expected.loc["Z01", "n"]


def test_pooled_levels_are_those_of_all_pupils_together(villages: Store) -> None:
    query = query_of(villages, grade=4)
    single, pooled = (
        view_of(villages, query, "T01", pooled=on, scope=OPERATOR) for on in (False, True)
    )
    assert single.can_pool
    assert not single.pooled
    assert len(single.schools) == 2
    weights = single.schools["n_sat"].astype(float)
    mean = np.average(single.schools["z"], weights=weights)
    assert pooled.schools["z"].iloc[0] == pytest.approx(mean, abs=0.011)
    assert pooled.schools["n_sat"].iloc[0] == weights.sum()
    shares = pooled.bottom20[pooled.bottom20["subject"] == "math"]
    assert list(shares["unit"]) == ["T01", "Z01"]
    assert shares["estimate"].iloc[0] == shares["estimate"].iloc[1]


def test_a_unit_without_village_schools_stays_single_when_pooling_is_asked_for(
    demonstration: Store, query: Query
) -> None:
    view = view_of(demonstration, query, "T03", pooled=True)
    assert not view.can_pool
    assert not view.pooled
    assert set(view.schools["level"]) == {"school"}


def test_gaps_of_a_township_are_those_among_the_townships(
    demonstration: Store, query: Query
) -> None:
    exam = find_exam(OPERATOR, demonstration, query.exam)
    units = units_of(demonstration, exam.county)
    towns = units.loc[units["level"] == "township", "code"]
    expected = compute_subject_gaps(
        all_indicators(OPERATOR, demonstration, exam),
        groups=pd.Series("township", index=list(towns)),
        correlation=compute_subject_correlation(subject_moments(OPERATOR, demonstration, exam)),
    )
    expected = expected[expected["school"] == "T01"].set_index("subject")
    view = view_of(demonstration, query, "T01")
    gaps = view.gaps.set_index("subject")
    assert view.why_no_gaps is None
    np.testing.assert_allclose(gaps.loc[expected.index, "gap"], expected["gap"], atol=0.006)
    assert gaps.loc[expected.index, "flag"].tolist() == expected["flag"].tolist()
    assert gaps[gaps.index == "total"]["gap"].isna().all()
    assert gaps["z"].notna().all()


def test_bands_are_those_of_the_rules(demonstration: Store, query: Query) -> None:
    exam = find_exam(OPERATOR, demonstration, query.exam)
    full = exam_bands(
        OPERATOR,
        demonstration,
        exam,
        baseline=request_of(demonstration, query).baseline,
        previous=exam_before(OPERATOR, demonstration, exam),
    ).judgements.set_index(["unit", "subject"])["band"]
    view = view_of(demonstration, query, "T03")
    assert len(view.bands) == len(view.schools) * len(
        subjects_of(demonstration, exam.release_id)
    )
    keys = pd.MultiIndex.from_frame(view.bands[["school", "subject"]])
    assert view.bands["band"].tolist() == full.loc[keys].tolist()


def test_open_cases_come_by_their_due_day_and_closed_ones_do_not(
    villages: Store,
) -> None:
    query = query_of(villages, grade=4)
    school = str(view_of(villages, query, "T01").schools["unit"].iloc[0])
    county = find_exam(OPERATOR, villages, query.exam).county

    def case(unit: str, due: date | None) -> int:
        new = NewCase(county, unit, f"问题 {unit}", "预警", "说明", owner="张三", due_on=due)
        return add_case(villages, new, actor="李四")

    case(school, date(2026, 8, 1))
    case("T01", date(2026, 6, 1))
    case("T05", date(2026, 6, 1))
    done = case(school, None)
    steps: tuple[tuple[Status, str], ...] = (
        ("in_progress", "李四"),
        ("submitted", "张三"),
        ("closed", "王五"),
    )
    for status, actor in steps:
        step = NewStep(newest_step(villages, done), status, "进展")
        add_step(OPERATOR, villages, done, step, actor=actor)
    view = view_of(villages, query, "T01")
    assert view.cases["unit"].tolist() == ["T01", school]
    assert view.cases["is_overdue"].tolist() == [True, False]
    due = next(r for r in view.remarks if r.code == "township_cases")
    assert due.values == {"count": 2, "overdue": 1}


def newest_step(store: Store, case: int) -> int:
    return steps_of(OPERATOR, store, case)[-1].id


def test_nothing_of_a_small_school_is_in_the_view(few: Store) -> None:
    query = Query(EXAM, "math", None, "contextual")
    exam = find_exam(LEADERSHIP, few, EXAM)
    hidden = hidden_in_exam(LEADERSHIP, few, exam)
    units = list_townships(LEADERSHIP, few, EXAM)["township"]
    views = [view_of(few, query, unit) for unit in units]
    schools = pd.concat([view.schools for view in views])
    mine = schools[schools["unit"].isin(hidden)]
    assert len(mine) >= 2
    assert set(mine["status"]) == {"suppressed"}
    assert (
        mine[["z", "z_low", "n_sat", "n", "estimate", "joined", "left"]].isna().all(axis=None)
    )
    for name, key in (("bottom20", "unit"), ("school_gaps", "unit"), ("bands", "school")):
        rows = pd.concat([getattr(view, name) for view in views])
        found = rows[rows[key].isin(hidden)]
        assert len(found)
        figures = [
            c for c in ("estimate", "low", "high", "n_pupils", "gap", "flag") if c in rows
        ]
        assert found[figures].isna().all(axis=None)
    bands = pd.concat([view.bands for view in views])
    assert set(bands.loc[bands["school"].isin(hidden), "reason"]) == {"suppressed"}
    assert sum(view.n_hidden for view in views) == len(mine)


def test_without_a_baseline_there_is_no_value_added_and_no_sample(few: Store) -> None:
    unit = str(list_townships(LEADERSHIP, few, EXAM)["township"].iloc[1])
    view = view_of(few, Query(EXAM, "math", None, "contextual"), unit)
    assert (view.model.status, view.model.why) == ("not_estimable", None)
    assert view.sample is None
    assert view.others.empty
    assert view.schools["estimate"].isna().all()
    assert view.schools["z"].notna().any()


def test_a_township_office_sees_the_others_without_their_names(
    demonstration: Store, query: Query
) -> None:
    whole = view_of(demonstration, query, "T01")
    mine = Scope("township", schools=tuple(sorted(whole.schools["unit"])))
    view = view_of(demonstration, query, "T01", scope=mine)
    pd.testing.assert_frame_equal(view.schools, whole.schools)
    assert set(view.others["name"]) == set(view.others["school"]) == {""}
    assert list(list_townships(mine, demonstration, query.exam)["township"]) == ["T01"]


def test_who_sees_a_part_of_a_township_sees_no_figure_of_the_whole(
    few: Store,
) -> None:
    query = Query(EXAM, "math", None, "contextual")
    unit = str(list_townships(LEADERSHIP, few, EXAM)["township"].iloc[-1])
    whole = view_of(few, query, unit)
    assert len(whole.schools) > 1
    assert {"township_bottom20", "township_gaps"} <= {r.code for r in whole.remarks}
    first = str(whole.schools["unit"].iloc[0])
    view = view_of(few, query, unit, scope=Scope("school", schools=(first,)))
    assert list(view.schools["unit"]) == [first]
    assert set(view.bottom20["unit"]) == {first}
    assert view.gaps.empty
    assert view.sample is None
    assert set(view.bands["school"]) == {first}
    assert not [r for r in view.remarks if r.code in ("township_bottom20", "township_gaps")]


def test_an_unknown_unit_reads_like_one_outside_the_scope(
    demonstration: Store, query: Query
) -> None:
    mine = Scope("township", schools=("J001",))
    for scope, unit in ((LEADERSHIP, "T99"), (mine, "T03")):
        with pytest.raises(SettingsError, match="No township or centre school has the code"):
            view_of(demonstration, query, unit, scope=scope)


def test_one_subject_says_why_there_are_no_gaps(demonstration: Store) -> None:
    london = find_exam(LEADERSHIP, demonstration, LONDON_CURRENT)
    groups = (("S001", "all"), ("S002", "all"))
    why = shown_gaps_of_units(LEADERSHIP, demonstration, london, groups=groups)
    assert isinstance(why, tuple)
    assert "two subjects" in why[0]
