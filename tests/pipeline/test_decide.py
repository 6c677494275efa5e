"""Deciding: which role may do what on whose unit, and what a reason must be."""

from dataclasses import replace
from datetime import date

import pytest

from core.errors import SettingsError
from data.cases import NewCase, NewStep, list_cases
from data.decisions import NewDecision, list_decisions
from data.policy_versions import NewPolicy, list_policies
from data.publication import add_units
from data.scope import LEADERSHIP, Role, Scope
from data.store import Store
from pipeline.decide import (
    draft_policy,
    make_official,
    move_case,
    open_case,
    record_decision,
    retire,
    submit_draft,
)
from pipeline.organisation import LOCAL_COUNTY
from tests.builders import make_submission

NEW = NewDecision(LOCAL_COUNTY, "S01", "bands", "1", "red", "confirmed", "Seen in two years")
CASE = NewCase(LOCAL_COUNTY, "S01", "Low rate", "bands", "Three years in a row")
POLICY = NewPolicy(LOCAL_COUNTY, "weights", "two rates", "a = 1", "Committee of May")
OWN = ("S01",)


@pytest.fixture
def county(sqlite_store: Store) -> Store:
    """Give a store that knows three schools."""
    store = sqlite_store
    add_units(store, LOCAL_COUNTY, make_submission().units, actor="test")
    return store


@pytest.mark.parametrize("role", ["leadership", "township", "administrator"])
def test_who_oversees_a_unit_decides_on_it(county: Store, role: Role) -> None:
    scope = Scope(role, schools=OWN if role == "township" else None)
    number = record_decision(scope, county, NEW, actor="wang")
    assert [d.id for d in list_decisions(scope, county, LOCAL_COUNTY)] == [number]


@pytest.mark.parametrize("role", ["school", "researcher", "clerk"])
def test_others_do_not_decide(county: Store, role: Role) -> None:
    for act, what in (
        (lambda s: record_decision(s, county, NEW, actor="x"), "decide on judgements"),
        (lambda s: open_case(s, county, CASE, actor="x"), "open cases"),
        (
            lambda s: make_official(s, county, 1, actor="x", valid_from=date(2026, 9, 1)),
            "approve",
        ),
        (lambda s: retire(s, county, 1, actor="x"), "retire policies"),
    ):
        with pytest.raises(SettingsError, match=f"The role {role} may not {what}"):
            act(Scope(role))
    assert list_decisions(LEADERSHIP, county, LOCAL_COUNTY) == ()
    assert list_cases(LEADERSHIP, county, LOCAL_COUNTY) == ()


def test_a_unit_of_others_and_one_that_is_not_there_get_the_same_answer(county: Store) -> None:
    township = Scope("township", schools=OWN)
    for unit in ("S02", "S99", f"county/{LOCAL_COUNTY}"):
        with pytest.raises(SettingsError, match=f"There is no unit '{unit}' here. Choose one"):
            record_decision(township, county, replace(NEW, unit=unit), actor="x")
        with pytest.raises(SettingsError, match=f"There is no unit '{unit}' here. Choose one"):
            open_case(township, county, replace(CASE, unit=unit), actor="x")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "has 0 signs"),
        (" \n ", "has 0 signs"),
        ("x" * 401, "has 401 signs, 0 of them"),
        ("a\0b", "has 3 signs, 1 of them control"),
    ],
)
def test_a_decision_needs_a_reason_that_can_be_read(
    county: Store, reason: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        record_decision(LEADERSHIP, county, replace(NEW, reason=reason), actor="x")
    assert list_decisions(LEADERSHIP, county, LOCAL_COUNTY) == ()


def test_a_researcher_drafts_and_the_leadership_approves(county: Store) -> None:
    researcher = Scope("researcher")
    number = draft_policy(researcher, county, POLICY, actor="chen")
    submit_draft(researcher, county, number, actor="chen")
    make_official(LEADERSHIP, county, number, actor="wang", valid_from=date(2026, 9, 1))
    [policy] = list_policies(researcher, county, LOCAL_COUNTY, "weights")
    assert (policy.author, policy.approved_by, policy.status) == ("chen", "wang", "official")
    retire(LEADERSHIP, county, number, actor="wang")
    with pytest.raises(SettingsError, match="The content has 0 signs"):
        draft_policy(researcher, county, replace(POLICY, content=" "), actor="chen")
    with pytest.raises(SettingsError, match="The role school may not draft"):
        draft_policy(Scope("school"), county, POLICY, actor="x")


def test_a_school_works_on_its_case_and_who_oversees_it_closes(county: Store) -> None:
    number = open_case(LEADERSHIP, county, CASE, actor="wang")
    school = Scope("school", schools=OWN)

    def seen() -> int:
        return list_cases(LEADERSHIP, county, LOCAL_COUNTY)[0].newest.id

    for status in ("planned", "in_progress", "submitted"):
        move_case(school, county, number, NewStep(seen(), status, "done"), actor="head")
    with pytest.raises(SettingsError, match="The role school may not move a case to closed"):
        move_case(school, county, number, NewStep(seen(), "closed", "done"), actor="head")
    move_case(LEADERSHIP, county, number, NewStep(seen(), "closed", "checked"), actor="wang")
    with pytest.raises(SettingsError, match="The role school may not move a case to reopened"):
        move_case(school, county, number, NewStep(seen(), "reopened", "no"), actor="head")
