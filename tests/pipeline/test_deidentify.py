"""Codes in place of names: no name and no code of a unit is left, and a link leads back."""

from dataclasses import asdict, replace
from datetime import date

import pandas as pd
import pytest

from data.catalogue import list_exams, units_of
from data.home import Home
from data.scope import LEADERSHIP
from data.store import Store, open_store_at
from pipeline.deidentify import coding_of
from pipeline.load_views import (
    list_schools,
    load_exams,
    load_leadership,
    load_school,
)
from pipeline.organisation import LOCAL_COUNTY
from pipeline.publish import publish
from pipeline.views import Query
from tests.small_county import SMALL_SCHOOLS, SmallExam, submission_of


def queries(store: Store) -> list[Query]:
    return [
        Query(exam.name, exam.subjects[0].code, next(iter(exam.baselines), None), "contextual")
        for exam in load_exams(LEADERSHIP, store)
    ]


def texts_of(value: object) -> set[str]:
    """Return every text that a View holds, at any depth."""
    match value:
        case str():
            return {value, *value.split(",")}
        case dict():
            return set().union(*(texts_of(item) for pair in value.items() for item in pair))
        case list() | tuple():
            return set().union(*(texts_of(item) for item in value))
        case pd.DataFrame():
            return set().union(*(texts_of(list(value[name])) for name in value))
        case _:
            return set()


def units_below_the_county(store: Store) -> set[str]:
    """Return names and codes of all townships and schools of the store."""
    counties = {exam.county for exam in list_exams(LEADERSHIP, store)}
    units = pd.concat([units_of(store, county) for county in counties])
    below = units[units["level"] != "county"]
    return {*below["name"], *below["code"]}


def test_a_coded_view_of_the_county_names_no_unit(demonstration: Store) -> None:
    secret, coding = units_below_the_county(demonstration), coding_of(LEADERSHIP, demonstration)
    for query in queries(demonstration):
        view = load_leadership(LEADERSHIP, demonstration, query)
        assert texts_of(asdict(view)) & secret
        assert not texts_of(asdict(coding.answered(view))) & secret


def test_a_coded_view_of_a_school_names_no_unit_and_keeps_the_figures(
    demonstration: Store,
) -> None:
    secret, coding = units_below_the_county(demonstration), coding_of(LEADERSHIP, demonstration)
    query = queries(demonstration)[-1]
    school = load_leadership(LEADERSHIP, demonstration, query).schools["school"].iloc[0]
    view = load_school(LEADERSHIP, demonstration, school, query)
    coded = coding.answered(view)
    assert not texts_of(asdict(coded)) & secret
    pd.testing.assert_frame_equal(coded.figures, view.figures)
    assert coded.stamp == view.stamp


def test_a_code_of_an_address_leads_to_its_unit(demonstration: Store) -> None:
    coding, query = coding_of(LEADERSHIP, demonstration), queries(demonstration)[0]
    school = load_leadership(LEADERSHIP, demonstration, query).schools["school"].iloc[0]
    assert coding.asked((coding.stand_ins[school], query))[0] == school


def test_codes_are_stable_and_no_two_units_share_one(demonstration: Store) -> None:
    first, second = coding_of(LEADERSHIP, demonstration), coding_of(LEADERSHIP, demonstration)
    assert dict(first.stand_ins) == dict(second.stand_ins)
    assert len(set(first.codes.values())) == len(first.codes)


@pytest.fixture
def namesakes(home: Home) -> Store:
    """Give a county in which schools A and B have one name, and townships 1 and 2 another."""
    store = open_store_at(home)
    submission = submission_of(SmallExam(), "期末", day=date(2026, 6, 28), grade=9)
    units = submission.units
    renamed = {"A": "示例实验小学", "B": "示例实验小学"}
    names = units["name"].mask(units["code"].isin(renamed), units["code"].map(renamed))
    same = names.replace({"示例镇1": "示例镇", "示例镇2": "示例镇"})
    publish(store, replace(submission, units=units.assign(name=same)), actor="test")
    return store


def test_of_two_units_of_one_name_each_has_its_own_code(namesakes: Store) -> None:
    coding = coding_of(LEADERSHIP, namesakes)
    rows = coding.answered(list_schools(LEADERSHIP, namesakes, "期末"))
    assert list(rows["name"]) == list(rows["school"])
    assert rows["school"].is_unique
    assert {coding.called(code, by_name=True) for code in rows["school"]} == set(SMALL_SCHOOLS)
    query = Query("期末", "math", None, "contextual")
    for school in ("A", "B"):
        view = coding.answered(load_school(LEADERSHIP, namesakes, school, query))
        own = coding.stand_ins[school]
        assert (view.path[-1].code, view.path[-1].name) == (own, own)
        assert view.path[-2].name == coding.stand_ins[view_township(namesakes, school)]


def test_a_shared_name_alone_becomes_a_code_that_is_nobodys(namesakes: Store) -> None:
    coding = coding_of(LEADERSHIP, namesakes)
    for name in ("示例实验小学", "示例镇"):
        stand_in = coding.stand_ins[name]
        assert stand_in not in coding.codes
        assert stand_in != name


def view_township(store: Store, school: str) -> str:
    """Return the code of the township of a school."""
    units = units_of(store, LOCAL_COUNTY)
    return str(units.loc[units["code"] == school, "parent"].item())
