"""Agendas: in their order, within their limits, and never a link that leads elsewhere."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from core.errors import SettingsError
from data import agendas
from data.agenda_texts import Known, NewView
from data.agendas import Agenda, Direction
from data.audit import stored_events
from data.audit_check import check_trail
from data.records import AuditEvent
from data.scope import LEADERSHIP, Scope
from data.store import Store

KNOWN = Known(pages=("leadership", "school"), keys=("exam", "subject", "school"))
VIEW = NewView(
    "全县总览 · 数学", "leadership", {"exam": "2026 年 1 月&x=1#", "subject": "math"}
)
SCHOOL = Scope("school", schools=("S01",))


def add(store: Store, number: int, view: NewView = VIEW) -> int:
    return agendas.add_view(LEADERSHIP, store, number, view, known=KNOWN, actor="王")


def titles(store: Store, number: int) -> list[str]:
    return [view.title for view in agendas.agenda_of(LEADERSHIP, store, number).views]


def made(store: Store, *shown: str) -> int:
    """Make an agenda with views of these titles."""
    number = agendas.add_agenda(store, "9 月教学质量分析会", date(2026, 9, 3), actor="王")
    for title in shown:
        add(store, number, replace(VIEW, title=title))
    return number


def test_an_agenda_keeps_its_views_with_page_and_selection(store: Store) -> None:
    number = made(store)
    assert add(store, number) == 1
    assert add(store, number, NewView(" b ", "school", {})) == 2
    agenda = agendas.agenda_of(LEADERSHIP, store, number)
    assert (agenda.name, agenda.held_on, agenda.created_by) == (
        "9 月教学质量分析会",
        date(2026, 9, 3),
        "王",
    )
    first, second = agenda.views
    assert (first.title, first.page, first.added_by) == (VIEW.title, VIEW.page, "王")
    assert first.values() == VIEW.address
    assert "://" not in first.address
    assert (second.title, second.values()) == ("b", {})


def test_agendas_are_listed_newest_first_each_with_its_own_views(store: Store) -> None:
    first, second = made(store, "a"), made(store, "b", "c")
    listed: tuple[Agenda, ...] = agendas.list_agendas(LEADERSHIP, store)
    assert [agenda.id for agenda in listed] == [second, first]
    assert [[v.title for v in agenda.views] for agenda in listed] == [["b", "c"], ["a"]]
    assert listed[1] == agendas.agenda_of(LEADERSHIP, store, first)


@pytest.mark.parametrize(
    ("title", "direction", "order"),
    [
        ("a", "down", ["b", "a", "c"]),
        ("c", "up", ["a", "c", "b"]),
        ("a", "up", ["a", "b", "c"]),
        ("c", "down", ["a", "b", "c"]),
    ],
)
def test_a_moved_view_changes_places_with_its_neighbour(
    store: Store, title: str, direction: Direction, order: list[str]
) -> None:
    other = made(store, "x")
    number = made(store, "a", "b", "c")
    views = {v.title: v.id for v in agendas.agenda_of(LEADERSHIP, store, number).views}
    agendas.move_view(LEADERSHIP, store, views[title], direction, actor="李")
    assert titles(store, number) == order
    assert titles(store, other) == ["x"]


def test_a_view_is_taken_off_and_the_next_one_comes_last(store: Store) -> None:
    number = made(store, "a", "b", "c")
    middle = agendas.agenda_of(LEADERSHIP, store, number).views[1]
    agendas.remove_view(LEADERSHIP, store, middle.id, actor="李")
    add(store, number, replace(VIEW, title="d"))
    assert titles(store, number) == ["a", "c", "d"]
    last = agendas.agenda_of(LEADERSHIP, store, number).views[-1]
    agendas.move_view(LEADERSHIP, store, last.id, "up", actor="李")
    assert titles(store, number) == ["a", "d", "c"]
    with pytest.raises(SettingsError, match=f"no view {middle.id} on an agenda any more"):
        agendas.remove_view(LEADERSHIP, store, middle.id, actor="李")


def test_numbers_of_what_was_removed_are_not_given_again(store: Store) -> None:
    number = made(store, "a")
    view = agendas.agenda_of(LEADERSHIP, store, number).views[0]
    with pytest.raises(SettingsError, match="still has 1 views"):
        agendas.remove_agenda(LEADERSHIP, store, number, actor="李")
    agendas.remove_view(LEADERSHIP, store, view.id, actor="李")
    agendas.remove_agenda(LEADERSHIP, store, number, actor="李")
    again = made(store, "a")
    assert again != number
    assert agendas.agenda_of(LEADERSHIP, store, again).views[0].id != view.id


def test_a_renamed_agenda_keeps_its_views(store: Store) -> None:
    number = made(store, "a")
    agendas.rename_agenda(LEADERSHIP, store, number, "10 月", None, actor="李")
    agenda = agendas.agenda_of(LEADERSHIP, store, number)
    assert (agenda.name, agenda.held_on, titles(store, number)) == ("10 月", None, ["a"])


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (replace(VIEW, page="https://example.org/x"), "page 'https://example.org/x'"),
        (replace(VIEW, page="../admin"), "page '../admin'"),
        (replace(VIEW, page="methods"), "unknown keys: -"),
        (replace(VIEW, address={"exam": "e", "next": "//example.org"}), "unknown keys: next"),
        (replace(VIEW, address={"exam": "e" * 201}), "a value of 201"),
        (replace(VIEW, address={"exam": "e\r\nf"}), "2 of them control"),
        (replace(VIEW, title="  "), "The title has 0 letters"),
        (replace(VIEW, title="t" * 81), "The title has 81 letters"),
        (replace(VIEW, title="a\x00b"), "1 of them control"),
    ],
)
def test_a_view_that_is_no_address_of_this_program_is_refused(
    store: Store, view: NewView, words: str
) -> None:
    number = made(store)
    with pytest.raises(SettingsError, match=words.replace(".", r"\.")):
        add(store, number, view)
    assert titles(store, number) == []


def test_an_address_as_a_whole_has_a_limit(store: Store) -> None:
    known = Known(KNOWN.pages, [f"k{i}" for i in range(30)])
    view = NewView("t", "school", dict.fromkeys(known.keys, "e" * 200))
    with pytest.raises(SettingsError, match="at most 4000 and 200"):
        agendas.add_view(LEADERSHIP, store, made(store), view, known=known, actor="王")


def test_an_agenda_holds_so_many_views_and_a_store_so_many_agendas(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (agendas.MOST_VIEWS, agendas.MOST_AGENDAS) == (60, 200)
    monkeypatch.setattr(agendas, "MOST_VIEWS", 2)
    monkeypatch.setattr(agendas, "MOST_AGENDAS", 1)
    number = made(store, "a", "b")
    with pytest.raises(SettingsError, match="has 2 views; at most 2"):
        add(store, number)
    with pytest.raises(SettingsError, match="There are 1 agendas; at most 1"):
        made(store)
    assert len(titles(store, number)) == 2


@pytest.mark.parametrize(
    ("name", "actor"), [("", "王"), ("n" * 81, "王"), ("n", " "), ("n", "a" * 61)]
)
def test_an_agenda_needs_a_name_and_somebody_who_makes_it(
    store: Store, name: str, actor: str
) -> None:
    with pytest.raises(SettingsError, match=r"letters, 0 of them control characters; 1 to"):
        agendas.add_agenda(store, name, None, actor=actor)
    assert agendas.list_agendas(LEADERSHIP, store) == ()


def test_who_may_not_see_every_school_sees_no_agenda_and_changes_none(store: Store) -> None:
    number = made(store, "a")
    view = agendas.agenda_of(LEADERSHIP, store, number).views[0]
    assert agendas.list_agendas(SCHOOL, store) == ()
    for unseen in (number, 999):
        with pytest.raises(SettingsError, match=f"There is no agenda {unseen}. Choose one"):
            agendas.agenda_of(SCHOOL, store, unseen)
    with pytest.raises(SettingsError, match="There is no agenda"):
        agendas.rename_agenda(SCHOOL, store, number, "n", None, actor="x")
    with pytest.raises(SettingsError, match="There is no agenda"):
        agendas.add_view(SCHOOL, store, number, VIEW, known=KNOWN, actor="x")
    with pytest.raises(SettingsError, match="There is no view"):
        agendas.move_view(SCHOOL, store, view.id, "up", actor="x")
    with pytest.raises(SettingsError, match="There is no view"):
        agendas.remove_view(SCHOOL, store, view.id, actor="x")


def test_every_change_leaves_an_event_without_titles_and_empties_no_cache(store: Store) -> None:
    before = store.version()
    number = made(store, "机密", "b")
    first, second = agendas.agenda_of(LEADERSHIP, store, number).views
    agendas.move_view(LEADERSHIP, store, first.id, "down", actor="李")
    agendas.move_view(LEADERSHIP, store, first.id, "down", actor="李")
    agendas.rename_agenda(LEADERSHIP, store, number, "密", None, actor="李")
    agendas.remove_view(LEADERSHIP, store, second.id, actor="李")
    with store.read() as session:
        events = list(stored_events(session))
        assert [e.detail for e in events] == [
            "made, held on 2026-09-03",
            f"view {first.id} added: leadership",
            f"view {second.id} added: leadership",
            f"view {first.id} moved down",
            "renamed, held on -",
            f"view {second.id} removed: leadership",
        ]
        assert {(e.action, e.object) for e in events} == {("agenda", f"agenda {number}")}
        assert set(session.scalars(select(AuditEvent.actor))) == {"王", "李"}
        assert not check_trail(session, store.home, copy=None).findings
    assert store.version() == before
