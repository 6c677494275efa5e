"""Decisions: one line a matter, nothing overwritten, read only by who may see the unit."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from core.errors import SettingsError
from data.decisions import NewDecision, add_decision, list_decisions
from data.publication import add_units
from data.records import AuditEvent, Decision
from data.scope import LEADERSHIP, Scope
from data.store import Store
from pipeline.organisation import LOCAL_COUNTY
from tests.builders import make_submission

NEW = NewDecision(
    county=LOCAL_COUNTY,
    unit="S01",
    rule="bands",
    rule_version="2026.1",
    judgement="yellow",
    decision="confirmed",
    reason="Two years below the line",
    subject="math",
)


def test_each_decision_supersedes_the_one_that_was_seen_and_all_stay(store: Store) -> None:
    add_units(store, LOCAL_COUNTY, make_submission().units, actor="test")
    first = add_decision(store, NEW, actor="wang")
    second = add_decision(
        store, replace(NEW, decision="dismissed", supersedes=first), actor="li"
    )
    newest, oldest = list_decisions(LEADERSHIP, store, LOCAL_COUNTY)
    assert (newest.id, newest.decision, newest.actor, newest.is_current) == (
        second,
        "dismissed",
        "li",
        True,
    )
    assert (oldest.id, oldest.decision, oldest.actor, oldest.is_current) == (
        first,
        "confirmed",
        "wang",
        False,
    )
    assert newest.supersedes == first


@pytest.mark.parametrize("seen", ["none", "the first", "another"])
def test_a_decision_on_what_was_seen_before_another_came_is_refused(
    store: Store, seen: str
) -> None:
    add_units(store, LOCAL_COUNTY, make_submission().units, actor="test")
    first = add_decision(store, NEW, actor="wang")
    second = add_decision(store, replace(NEW, supersedes=first), actor="li")
    number = {"none": None, "the first": first, "another": 99}[seen]
    with pytest.raises(
        SettingsError, match=rf"li decided 'confirmed' .* \(decision {second}\)"
    ):
        add_decision(store, replace(NEW, supersedes=number), actor="zhao")
    with store.read() as session:
        assert session.scalar(select(func.count(Decision.id))) == 2


def test_a_decision_that_supersedes_one_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(SettingsError, match="Unit S01 has no decision 7 by rule bands"):
        add_decision(store, replace(NEW, supersedes=7), actor="wang")


def test_other_subjects_rules_and_units_are_other_matters(store: Store) -> None:
    for other in (
        NEW,
        replace(NEW, subject=None),
        replace(NEW, rule="weak_schools"),
        replace(NEW, unit="S02"),
    ):
        add_decision(store, other, actor="wang")
    with store.read() as session:
        assert session.scalar(select(func.count(Decision.id))) == 4


def test_the_trail_names_the_decision_and_not_its_reason(store: Store) -> None:
    number = add_decision(store, NEW, actor="wang")
    with store.read() as session:
        [event] = session.scalars(select(AuditEvent).where(AuditEvent.action == "decide"))
    assert (event.actor, event.object) == ("wang", f"decision {number}: S01")
    assert event.detail == "bands 2026.1: yellow -> confirmed"


def test_a_scope_reads_its_schools_their_classes_and_townships_it_sees_all_of(
    store: Store,
) -> None:
    """S01 and S03 stand in 示例镇1, S02 in 示例镇2."""
    units = make_submission().units
    add_units(store, LOCAL_COUNTY, units, actor="test")
    for code in units["code"]:
        add_decision(store, replace(NEW, unit=code), actor="wang")

    def seen_by(*schools: str) -> set[str]:
        scope = Scope("school", schools=schools)
        return {d.unit for d in list_decisions(scope, store, LOCAL_COUNTY)}

    classes = {code for code in units["code"] if code.startswith("S01/")}
    assert len(classes) == 2
    assert seen_by("S01") == {"S01"} | classes
    assert "township/示例镇1" in seen_by("S01", "S03")
    assert f"county/{LOCAL_COUNTY}" not in seen_by("S01", "S03")
    assert seen_by("S01", "S02", "S03") == set(units["code"])
    assert seen_by("S09") == set()
    assert {d.unit for d in list_decisions(LEADERSHIP, store, LOCAL_COUNTY)} == set(
        units["code"]
    )
    assert {d.unit for d in list_decisions(LEADERSHIP, store, LOCAL_COUNTY, unit="S02")} == {
        "S02"
    }
