"""Items and knowledge points: figures as computed, small groups and hidden schools left out."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
import pytest

from core.items.analysis import compute_items
from core.suppression import MIN_PUPILS_SHOWN
from data.catalogue import find_exam
from data.dataset_publication import NewDataset, publish_dataset
from data.home import Home
from data.scope import LEADERSHIP, Scope
from data.store import Store
from pipeline.dataset_figures import county_mastery, item_analysis, knowledge_mastery
from pipeline.hidden_units import hidden_in_exam
from pipeline.item_sets import item_set
from pipeline.load_views import load_exams, load_items
from pipeline.views import Query
from tests.small_county import FEW, SMALL_SCHOOLS, make_county, submission_of

EXAM = "期末"
QUERY = Query(EXAM, "math", None, "random_intercept")
SIZES = FEW.sizes


@pytest.fixture
def county(home: Home) -> Store:
    """Give a county with one exam, whose school A has six pupils."""
    return make_county(home, submission_of(FEW, EXAM, day=date(2026, 6, 28), grade=9))


def publish_points(
    store: Store,
    sizes: Mapping[str, int] = SIZES,
    *,
    subject: str | None = "math",
    **columns: object,
) -> pd.DataFrame:
    """Publish points of the schools' pupils on two items; return them."""
    school = np.repeat(list(sizes), list(sizes.values()))
    rng = np.random.default_rng(4)
    points = {
        "item_1": rng.integers(0, 4, school.size),
        "item_2": rng.integers(0, 9, school.size),
    }
    rows = pd.DataFrame({"pupil": range(school.size), "school": school, **points, **columns})
    rows[["item_1", "item_2"]] = rows[["item_1", "item_2"]].astype("Int32") * 100
    paper = [
        {"item": "1", "position": 1, "full_mark": 300},
        {"item": "2", "position": 2, "full_mark": 800},
    ]
    add(store, "items", rows, {"items": paper, "subject": subject})
    return rows


def publish_plan(store: Store) -> None:
    plan = {"item": ["1", "2"], "knowledge_point": ["方程", "函数"], "weight": 1.0}
    add(store, "two_way", pd.DataFrame(plan), {})


def add(store: Store, kind: str, rows: pd.DataFrame, about: dict[str, object]) -> None:
    exam = find_exam(LEADERSHIP, store, EXAM)
    new = NewDataset("local", kind, "卷一", exam.exam_id, f"{kind}{len(rows)}", rows, about)
    publish_dataset(store, new, actor="test")


def query_of(store: Store) -> Query:
    exam = next(e for e in load_exams(LEADERSHIP, store) if e.grade == 9)
    return Query(exam.name, "math", exam.baselines[0], "random_intercept")


def test_the_demonstration_holds_items_that_add_up_to_the_scores(demonstration: Store) -> None:
    view = load_items(LEADERSHIP, demonstration, query_of(demonstration))
    assert view.source is not None
    assert view.source.n_items == 25
    assert view.source.n_pupils == view.source.n_complete == view.stamp.n_pupils
    assert view.items["full_mark"].sum() == 120
    attempts = [a for a in view.available if a.code == "math"]
    assert len(attempts) == 1


def test_figures_of_items_are_those_of_the_analysis(demonstration: Store) -> None:
    query = query_of(demonstration)
    view = load_items(LEADERSHIP, demonstration, query)
    exam = find_exam(LEADERSHIP, demonstration, query.exam)
    found = item_set(LEADERSHIP, demonstration, exam, "math")
    assert found is not None
    analysis = item_analysis(LEADERSHIP, demonstration, found.items)
    assert analysis.reliability is not None
    assert view.reliability is not None
    assert view.reliability.alpha == round(analysis.reliability.alpha, 2)
    assert view.items["difficulty"].tolist() == analysis.items["difficulty"].round(3).tolist()
    assert view.items["item"].tolist() == analysis.items["item"].tolist()
    assert view.items["knowledge"].notna().all()


def test_mastery_is_that_of_the_county_and_of_the_schools(demonstration: Store) -> None:
    query = query_of(demonstration)
    view = load_items(LEADERSHIP, demonstration, query)
    exam = find_exam(LEADERSHIP, demonstration, query.exam)
    found = item_set(LEADERSHIP, demonstration, exam, "math")
    assert found is not None
    assert found.two_way is not None
    args = (LEADERSHIP, demonstration, found.items, found.two_way)
    county = county_mastery(*args, min_pupils=MIN_PUPILS_SHOWN).set_index("knowledge_point")
    shown = view.points.set_index("knowledge_point")["mastery"]
    assert shown.is_monotonic_increasing
    assert shown.to_dict() == county["mastery"].round(3).to_dict()
    schools = knowledge_mastery(*args, min_pupils=MIN_PUPILS_SHOWN)
    keys = ["school", "knowledge_point"]
    wanted = schools.set_index(keys)["mastery"].round(3).to_dict()
    assert view.schools.set_index(keys)["mastery"].to_dict() == wanted
    # The county is told from the schools' own rows too: both ways give the same.
    assert schools.groupby("knowledge_point")["county"].first().round(9).to_dict() == (
        county["mastery"].round(9).to_dict()
    )


def test_the_paper_as_a_whole_is_the_share_of_all_points(county: Store) -> None:
    rows = publish_points(county)
    publish_plan(county)
    view = load_items(LEADERSHIP, county, QUERY)
    earned = rows[["item_1", "item_2"]].astype(float).to_numpy().sum() / 100
    assert set(view.points["paper"]) == {round(earned / (11 * len(rows)), 3)}


def test_a_school_hidden_in_the_exam_is_hidden_on_every_knowledge_point(county: Store) -> None:
    publish_points(county)
    publish_plan(county)
    hidden = hidden_in_exam(LEADERSHIP, county, find_exam(LEADERSHIP, county, EXAM))
    hidden &= set(SMALL_SCHOOLS)
    view = load_items(LEADERSHIP, county, QUERY)
    assert len(hidden) >= 2
    rows = view.schools[view.schools["school"].isin(hidden)]
    assert len(rows) == 2 * len(hidden)
    figures = ["n_pupils", "mastery", "low", "high", "difference", "q_value", "flag"]
    assert rows[figures].isna().all(axis=None)
    assert view.schools.loc[~view.schools["school"].isin(hidden), "mastery"].notna().all()


def test_a_school_that_masters_everything_is_not_told(county: Store) -> None:
    school = np.repeat(list(SIZES), list(SIZES.values()))
    best = np.where(school == "K", 3, np.arange(school.size) % 4)
    publish_points(county, item_1=best)
    publish_plan(county)
    rows = load_items(LEADERSHIP, county, QUERY).schools
    own = rows[(rows["school"] == "K") & (rows["knowledge_point"] == "方程")].iloc[0]
    assert own["status"] == "extreme"
    assert pd.isna(own["mastery"])


def test_an_item_of_few_pupils_and_one_without_spread_have_no_figures(county: Store) -> None:
    n = sum(SIZES.values())
    few = np.where(np.arange(n) < 7, 2.0, np.nan)
    publish_points(county, item_1=pd.array(few).astype("Int32"), item_2=8)
    items = load_items(LEADERSHIP, county, QUERY).items
    assert items["status"].tolist() == ["suppressed", "no_spread"]
    figures = ["difficulty", "se", "low", "high", "discrimination", "item_rest"]
    assert items[figures].isna().all(axis=None)
    assert items["n_pupils"].isna().tolist() == [True, False]


def test_the_points_of_few_pupils_are_not_shown_at_all(county: Store) -> None:
    publish_points(county, {"D": 9})
    view = load_items(LEADERSHIP, county, QUERY)
    assert (view.source, view.is_small) == (None, True)
    assert view.items.empty


def test_without_a_two_way_table_there_are_items_and_no_points(county: Store) -> None:
    publish_points(county)
    view = load_items(LEADERSHIP, county, QUERY)
    assert view.source is not None
    assert not view.source.has_two_way
    assert len(view.items) == 2
    assert view.points.empty
    assert view.schools.empty


def test_items_of_an_unknown_subject_belong_to_none(county: Store) -> None:
    publish_points(county, subject=None)
    view = load_items(LEADERSHIP, county, QUERY)
    assert view.source is None
    assert view.available == ()


def test_another_subject_says_where_there_are_items(demonstration: Store) -> None:
    query = query_of(demonstration)
    view = load_items(
        LEADERSHIP, demonstration, Query(query.exam, "english", query.baseline, query.method)
    )
    assert (view.source, view.is_small) == (None, False)
    assert [own.code for own in view.available] == ["math"]
    earlier = next(e for e in load_exams(LEADERSHIP, demonstration) if e.grade == 8)
    other = load_items(
        LEADERSHIP, demonstration, Query(earlier.name, "math", None, "random_intercept")
    )
    assert other.elsewhere == (query.exam,)


def test_a_school_reads_its_own_points_and_the_countys_items(demonstration: Store) -> None:
    mine = Scope("school", schools=("J001",))
    query = query_of(demonstration)
    view, whole = (load_items(scope, demonstration, query) for scope in (mine, LEADERSHIP))
    assert set(view.schools["school"]) == {"J001"}
    pd.testing.assert_frame_equal(view.items, whole.items)
    assert "school_points" in {remark.code for remark in whole.remarks}
    assert "school_points" not in {remark.code for remark in view.remarks}


@pytest.mark.parametrize(("complete", "why"), [(0, "with all items 0"), (7, "Fewer than 10")])
def test_without_enough_complete_pupils_there_is_no_reliability(
    county: Store, complete: int, why: str
) -> None:
    place = np.arange(sum(SIZES.values()))
    few = pd.array(np.where(place < complete, place % 9, np.nan)).astype("Int32")
    publish_points(county, item_2=few)
    view = load_items(LEADERSHIP, county, QUERY)
    assert view.reliability is None
    assert view.why is not None
    assert why in view.why[0]
    assert not {"reliable", "unreliable"} & {remark.code for remark in view.remarks}


def test_the_analysis_is_that_of_the_published_points(county: Store) -> None:
    rows = publish_points(county)
    points = rows[["item_1", "item_2"]].astype(float).set_axis(["1", "2"], axis=1) / 100
    wanted = compute_items(points, full_mark=pd.Series({"1": 3.0, "2": 8.0})).items
    shown = load_items(LEADERSHIP, county, QUERY).items
    assert shown["discrimination"].tolist() == wanted["discrimination"].round(2).tolist()
