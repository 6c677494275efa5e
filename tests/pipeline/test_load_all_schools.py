"""All schools by start and over the years: the same figures as on the page of each school."""

from dataclasses import asdict, replace

import pandas as pd
import pytest

from core.suppression import MIN_PUPILS_SHOWN
from data.scope import LEADERSHIP, Scope
from data.store import Store
from pipeline.deidentify import coding_of
from pipeline.load_views import (
    load_differential,
    load_exams,
    load_school,
    load_school_past,
    load_value_added_years,
)
from pipeline.views import Query
from tests.pipeline.test_deidentify import texts_of, units_below_the_county
from tests.pipeline.test_load_growth_chart import LONDON


def query_of(store: Store, *, grade: int) -> Query:
    """Return the query of the newest exam of a grade."""
    exam = next(e for e in load_exams(LEADERSHIP, store) if e.grade == grade)
    return Query(exam.name, "math", exam.baselines[0], "random_intercept")


@pytest.mark.parametrize("grade", [7, 9])
def test_effects_by_start_are_those_of_the_schools_own_page(
    demonstration: Store, grade: int
) -> None:
    query = query_of(demonstration, grade=grade)
    table = load_differential(LEADERSHIP, demonstration, query).schools.set_index("school")
    for school in table.index[:4]:
        starts = load_school(LEADERSHIP, demonstration, str(school), query).starts
        outer = starts.set_index("quintile").loc[[1, 5]]
        for name in ("n", "estimate", "low", "high"):
            row = table.loc[school, [f"lowest_{name}", f"highest_{name}"]]
            assert row.fillna(9).tolist() == outer[name].fillna(9).tolist()


def test_no_hidden_cell_has_a_figure_or_takes_part(demonstration: Store) -> None:
    for query in (query_of(demonstration, grade=9), LONDON):
        view = load_differential(LEADERSHIP, demonstration, query)
        told = view.schools[["lowest_n", "highest_n"]]
        assert told.min().min() >= MIN_PUPILS_SHOWN
        dark = view.schools[told.isna().any(axis=1)]
        assert len(dark)
        columns = ["difference", "diff_low", "diff_high", "q_value", "flag"]
        assert dark[columns].isna().all(axis=None)
        for side in ("lowest", "highest"):
            hidden = view.schools[view.schools[f"{side}_n"].isna()]
            assert hidden[f"{side}_estimate"].isna().all()
        assert view.n_compared == view.schools["difference"].notna().sum()
        assert set(dark["status"]) <= {"suppressed", "low_coverage"}


def test_a_method_that_does_not_hold_within_fifths_says_why(demonstration: Store) -> None:
    query = replace(query_of(demonstration, grade=9), method="z_change")
    view = load_differential(LEADERSHIP, demonstration, query)
    assert view.why is not None
    assert view.schools.empty
    without = load_differential(LEADERSHIP, demonstration, replace(query, baseline=None))
    assert without.why is not None
    assert "基线" in without.why[1]


def test_years_are_those_of_the_schools_own_page(demonstration: Store) -> None:
    query = query_of(demonstration, grade=7)
    view = load_value_added_years(LEADERSHIP, demonstration, query)
    assert view.exams["weight"].tolist() == [3.0, 2.0, 1.0]
    assert view.schools["estimate"].dropna().is_monotonic_decreasing
    for school in view.schools["school"].iloc[:3]:
        years = load_school_past(LEADERSHIP, demonstration, school, query).years
        row = view.schools.set_index("school").loc[school]
        assert row["estimate"] == years["estimate"].iloc[0]
        single = view.single[view.single["school"] == school]
        assert single["exam"].tolist() == years["exam"].tolist()[1:]
        assert single["estimate"].tolist() == years["estimate"].tolist()[1:]


def test_a_grade_with_one_year_has_one_exam_and_without_a_baseline_none(
    demonstration: Store,
) -> None:
    query = query_of(demonstration, grade=9)
    view = load_value_added_years(LEADERSHIP, demonstration, query)
    assert view.exams["exam"].tolist() == [query.exam]
    assert view.schools["n_years"].max() == 1
    nothing = load_value_added_years(LEADERSHIP, demonstration, replace(query, baseline=None))
    assert nothing.exams.empty
    assert nothing.schools.empty


def test_a_school_that_is_hidden_has_no_figure_of_any_year(demonstration: Store) -> None:
    view = load_value_added_years(LEADERSHIP, demonstration, LONDON)
    hidden = view.schools[view.schools["status"] == "suppressed"]
    assert len(hidden) >= 2
    assert hidden[["estimate", "low", "high", "index"]].isna().all(axis=None)
    single = view.single[view.single["school"].isin(hidden["school"])]
    assert single[["estimate", "low", "high"]].isna().all(axis=None)


def test_a_scope_sees_its_own_schools_alone_with_the_same_figures(demonstration: Store) -> None:
    query = query_of(demonstration, grade=7)
    mine = Scope("school", schools=("J003",))
    for load in (load_differential, load_value_added_years):
        own = load(mine, demonstration, query).schools
        whole = load(LEADERSHIP, demonstration, query).schools
        assert own["school"].tolist() == ["J003"]
        expected = whole[whole["school"] == "J003"].reset_index(drop=True)
        pd.testing.assert_frame_equal(own, expected)


def test_coded_views_name_no_unit(demonstration: Store) -> None:
    query = query_of(demonstration, grade=7)
    coding = coding_of(LEADERSHIP, demonstration)
    secret = units_below_the_county(demonstration)
    for load in (load_differential, load_value_added_years):
        view = load(LEADERSHIP, demonstration, query)
        assert texts_of(asdict(view)) & secret
        assert not texts_of(asdict(coding.answered(view))) & secret
