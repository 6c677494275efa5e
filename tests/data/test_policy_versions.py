"""Policies: no illegal step in random walks, a second person approves, content stays."""

import random
from datetime import date

import pytest
from sqlalchemy import func, select, text

from core.errors import DataError, SettingsError
from data.policy_versions import (
    NewPolicy,
    add_policy,
    approve_policy,
    list_policies,
    official_policy,
    retire_policy,
    submit_policy,
    withdraw_policy,
)
from data.records import AuditEvent
from data.scope import LEADERSHIP
from data.store import Store

NEW = NewPolicy("local", "weights", "两率一分", "[weights]\nmean = 1.0\n", "Committee of May")
DAY = date(2026, 9, 1)
STEPS = 5
# Stated anew, not taken from the module: what may happen to a version, and by whom.
LEGAL = {
    ("draft", "submit"): "submitted",
    ("draft", "retire"): "retired",
    ("submitted", "approve"): "official",
    ("submitted", "retire"): "retired",
    ("official", "retire"): "retired",
}


def official(store: Store, *, content: str = NEW.content, day: date = DAY) -> int:
    number = add_policy(
        store, NewPolicy(NEW.county, NEW.kind, NEW.name, content, NEW.reason), actor="wang"
    )
    submit_policy(store, number, actor="wang")
    approve_policy(store, number, actor="li", valid_from=day)
    return number


@pytest.mark.parametrize("walks", [10, pytest.param(200, marks=pytest.mark.slow)])
def test_no_illegal_step_in_random_walks(store: Store, walks: int) -> None:
    ends = {}
    chance = random.Random(20261122)  # noqa: S311
    n_done = n_refused = 0
    for _ in range(walks):
        author = chance.choice(["wang", "li"])
        number, status = add_policy(store, NEW, actor=author), "draft"
        for _ in range(STEPS):
            step, actor = (
                chance.choice(["submit", "approve", "retire"]),
                chance.choice(["wang", "li"]),
            )
            legal = LEGAL.get((status, step))
            if step == "approve" and actor == author:
                legal = None
            try:
                if step == "approve":
                    approve_policy(store, number, actor=actor, valid_from=DAY)
                else:
                    {"submit": submit_policy, "retire": retire_policy}[step](
                        store, number, actor=actor
                    )
                found: str | None = "done"
                n_done += 1
            except SettingsError:
                found, n_refused = None, n_refused + 1
            assert (found is None) == (legal is None), (status, step, actor, author)
            status = legal or status
        ends[number] = status
    policies = list_policies(LEADERSHIP, store, "local", "weights")
    assert {policy.id: policy.status for policy in policies} == ends
    assert all(policy.approved_by != policy.author for policy in policies)
    assert n_done > walks
    assert n_refused > walks
    with store.read() as session:
        assert session.scalar(select(func.count(AuditEvent.id))) == walks + n_done


def test_an_author_cannot_approve_his_own_version(store: Store) -> None:
    number = add_policy(store, NEW, actor="wang")
    submit_policy(store, number, actor="li")
    with pytest.raises(
        SettingsError, match=r"wang wrote version 1 .* second person is required"
    ):
        approve_policy(store, number, actor="wang", valid_from=DAY)
    approve_policy(store, number, actor="li", valid_from=DAY)
    [policy] = list_policies(LEADERSHIP, store, "local", "weights")
    assert (policy.status, policy.approved_by, policy.valid_from) == ("official", "li", DAY)


def test_only_the_author_withdraws_and_only_what_is_not_official(store: Store) -> None:
    number = add_policy(store, NEW, actor="wang")
    with pytest.raises(SettingsError, match="written by wang, who alone can take it back"):
        withdraw_policy(store, number, actor="li")
    submit_policy(store, number, actor="wang")
    withdraw_policy(store, number, actor="wang")
    [policy] = list_policies(LEADERSHIP, store, "local", "weights")
    assert policy.status == "retired"
    locked = official(store)
    with pytest.raises(SettingsError, match="is official and cannot become retired"):
        withdraw_policy(store, locked, actor="wang")
    [policy, _] = list_policies(LEADERSHIP, store, "local", "weights")
    assert policy.status == "official"


def test_of_all_names_the_one_that_was_official_last_holds(store: Store) -> None:
    official(store, day=date(2026, 9, 1))
    other = add_policy(
        store, NewPolicy("local", "weights", "other", "b = 1", "r"), actor="wang"
    )
    submit_policy(store, other, actor="wang")
    approve_policy(store, other, actor="li", valid_from=date(2026, 10, 1))
    for day, name in ((date(2026, 9, 30), NEW.name), (date(2026, 10, 1), "other")):
        found = official_policy(LEADERSHIP, store, "local", "weights", on=day)
        assert found is not None
        assert found.name == name


def test_on_a_day_the_latest_official_version_by_then_holds(store: Store) -> None:
    first = official(store, content="a = 1", day=date(2026, 9, 1))
    second = official(store, content="a = 2", day=date(2027, 2, 1))
    add_policy(store, NEW, actor="wang")  # a draft holds on no day

    def on(day: date) -> int | None:
        found = official_policy(LEADERSHIP, store, "local", "weights", name=NEW.name, on=day)
        return found.id if found else None

    assert on(date(2026, 8, 31)) is None
    assert on(date(2026, 9, 1)) == on(date(2027, 1, 31)) == first
    assert on(date(2027, 2, 1)) == second
    retire_policy(store, second, actor="li")
    assert on(date(2027, 2, 1)) == first


def test_of_two_versions_from_the_same_day_the_later_number_holds(store: Store) -> None:
    official(store, content="a = 1")
    later = official(store, content="a = 2")
    found = official_policy(LEADERSHIP, store, "local", "weights", name=NEW.name, on=DAY)
    assert found is not None
    assert (found.id, found.number, found.content) == (later, 2, "a = 2")


def test_versions_of_each_name_are_numbered_from_one(store: Store) -> None:
    add_policy(store, NEW, actor="wang")
    add_policy(store, NEW, actor="wang")
    other = NewPolicy("local", "weights", "other", "b = 1", "reason")
    add_policy(store, other, actor="wang")
    found = list_policies(LEADERSHIP, store, "local", "weights")
    assert [(p.name, p.number) for p in found] == [("other", 1), (NEW.name, 2), (NEW.name, 1)]
    assert len(list_policies(LEADERSHIP, store, "local", "weights", name="other")) == 1
    assert list_policies(LEADERSHIP, store, "local", "targets") == ()


def test_content_that_was_changed_afterwards_is_not_applied(store: Store) -> None:
    number = official(store)
    with store.write() as session, session.begin():
        session.execute(text("UPDATE policy_version SET content = 'a = 9'"))
    with pytest.raises(DataError, match="changed after it was written"):
        official_policy(LEADERSHIP, store, "local", "weights", name=NEW.name, on=DAY)
    with pytest.raises(SettingsError, match="There is no policy version 99"):
        retire_policy(store, 99, actor="li")
    with pytest.raises(SettingsError, match=r"is official and cannot become submitted"):
        submit_policy(store, number, actor="wang")
