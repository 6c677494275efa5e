"""Agendas as a reader sees them: whose role may change them, and codes in place of names."""

from collections.abc import Callable

import pytest

from core.errors import SettingsError
from data import agendas as stored
from data.agenda_texts import Known, NewView
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store
from pipeline import agendas
from pipeline.deidentify import coding_of
from pipeline.publish import publish
from tests.builders import make_submission

KNOWN = Known(pages=("school",), keys=("exam", "subject", "school"))
CODED = Scope("leadership", shows_names=False)


@pytest.fixture
def county(store: Store) -> Store:
    """Give a store with one exam."""
    publish(store, make_submission(), actor="test")
    return store


def test_a_view_saved_with_codes_is_the_view_saved_with_names(county: Store) -> None:
    coding = coding_of(LEADERSHIP, county)
    stand_in = next(s for s, code in coding.codes.items() if code == "S01")
    number = agendas.make_agenda(LEADERSHIP, county, "会", None, actor="王")
    for scope, school in ((LEADERSHIP, "S01"), (CODED, stand_in)):
        new = NewView("t", "school", {"exam": "S01", "school": school})
        agendas.save_view(scope, county, number, new, known=KNOWN, actor="王")
    kept = [v.values() for v in stored.agenda_of(LEADERSHIP, county, number).views]
    assert kept == [{"exam": "S01", "school": "S01"}] * 2
    for scope, school in ((LEADERSHIP, "S01"), (CODED, stand_in)):
        shown = agendas.shown_agenda(scope, county, number)
        assert {v.values()["school"] for v in shown.views} == {school}
        assert {v.values()["exam"] for v in shown.views} == {"S01"}
        assert agendas.shown_agendas(scope, county) == (shown,)


def test_with_codes_no_title_names_a_school(county: Store) -> None:
    coding = coding_of(LEADERSHIP, county)
    names = {
        name: s for name, s in coding.stand_ins.items() if name not in coding.codes.values()
    }
    assert len(names) > 1
    number = agendas.make_agenda(LEADERSHIP, county, f"会议：{max(names)}", None, actor="王")
    for name in names:
        new = NewView(f"看{name}的数学", "school", {})
        agendas.save_view(LEADERSHIP, county, number, new, known=KNOWN, actor="王")
    shown = agendas.shown_agenda(CODED, county, number)
    assert shown.name == f"会议：{names[max(names)]}"
    assert [v.title for v in shown.views] == [f"看{s}的数学" for s in names.values()]


@pytest.mark.parametrize("role", ["school", "clerk", "township"])
def test_only_who_prepares_meetings_changes_agendas(store: Store, role: str) -> None:
    number = agendas.make_agenda(OPERATOR, store, "会", None, actor="王")
    scope = Scope(role)  # type: ignore[arg-type]
    new = NewView("t", "school", {})
    refused: list[Callable[[], object]] = [
        lambda: agendas.make_agenda(scope, store, "b", None, actor="x"),
        lambda: agendas.rename_agenda(scope, store, number, "b", None, actor="x"),
        lambda: agendas.remove_agenda(scope, store, number, actor="x"),
        lambda: agendas.save_view(scope, store, number, new, known=KNOWN, actor="x"),
        lambda: agendas.remove_view(scope, store, 1, actor="x"),
        lambda: agendas.move_view(scope, store, 1, "up", actor="x"),
    ]
    for change in refused:
        with pytest.raises(SettingsError, match=f"The role {role} may not change agendas"):
            change()
    assert [a.name for a in stored.list_agendas(LEADERSHIP, store)] == ["会"]
