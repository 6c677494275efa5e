"""Remembered meanings of headers: kept by county and kind, replaced, told in the trail."""

import pytest
from sqlalchemy import select

from core.errors import SettingsError
from data.column_names import read_column_names, remember_columns
from data.importers.layout import lay_out
from data.records import AuditEvent
from data.scope import LEADERSHIP
from data.store import Store
from tests.data.importers.sheets import make_sheet


def remember(store: Store, mapping: dict[str, str], *, county: str = "a") -> None:
    remember_columns(store, county=county, kind="scores", mapping=mapping, actor="员工")


def read(store: Store, *, county: str = "a", kind: str = "scores") -> dict[str, str]:
    return read_column_names(LEADERSHIP, store, county=county, kind=kind)


def events(store: Store) -> list[tuple[str, str]]:
    with store.read() as session:
        found = session.scalars(select(AuditEvent).where(AuditEvent.actor == "员工"))
        return [(event.action, event.detail) for event in found]


def test_what_was_said_is_remembered_without_spaces_and_width(store: Store) -> None:
    remember(store, {" 分数 ２": "数学", "备用": "忽略"})
    assert read(store) == {"分数2": "数学", "备用": "忽略"}
    assert events(store) == [("remember columns", "headers: 2")]


def test_counties_and_kinds_are_kept_apart(store: Store) -> None:
    remember(store, {"分数2": "数学"})
    assert read(store, county="b") == {}
    assert read(store, kind="items") == {}


def test_a_later_word_replaces_the_earlier(store: Store) -> None:
    remember(store, {"分数2": "数学", "备用": "忽略"})
    remember(store, {"分数2": "语文"})
    assert read(store) == {"分数2": "语文", "备用": "忽略"}


def test_nothing_new_leaves_no_event(store: Store) -> None:
    remember(store, {"分数2": "数学"})
    remember(store, {"分数2": "数学"})
    remember(store, {})
    assert len(events(store)) == 1


@pytest.mark.parametrize("mapping", [{"": "数学"}, {"长" * 121: "数学"}, {"x": "学藉号"}])
def test_what_cannot_be_meant_is_refused_whole(store: Store, mapping: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        remember(store, {"分数2": "数学", **mapping})
    assert read(store) == {}


def test_a_remembered_name_lays_out_a_file(store: Store) -> None:
    remember(store, {"分数2": "数学"})
    laid = lay_out(
        make_sheet("学校,学籍号,分数2\n一中,P1,85\n"),
        declared_subjects=frozenset(),
        remembered=read(store),
    )
    assert list(laid.subjects) == ["math"]
