"""Agendas of meetings as a reader sees and changes them: who may, and names or codes.

The store keeps the units' own codes. A reader who looks at codes in place of names saves and
opens the same views: stand-ins become codes on the way in, codes stand-ins on the way out.
"""

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from core.errors import SettingsError
from data import agendas
from data.agenda_texts import Known, NewView
from data.agendas import Agenda, AgendaView, Direction
from data.scope import Role, Scope
from data.store import Store
from pipeline.deidentify import Coding, coding_of

_PREPARE: tuple[Role, ...] = ("leadership", "researcher", "administrator")


def shown_agendas(scope: Scope, store: Store) -> tuple[Agenda, ...]:
    """Return the agendas that a reader may see, newest first."""
    found = agendas.list_agendas(scope, store)
    if scope.shows_names:
        return found
    coding = _coding(scope, store)
    return tuple(_coded(agenda, coding) for agenda in found)


def shown_agenda(scope: Scope, store: Store, agenda_id: int) -> Agenda:
    """Return one agenda.

    Raises
    ------
    SettingsError
        When there is none with this number that the reader may see.
    """
    found = agendas.agenda_of(scope, store, agenda_id)
    return found if scope.shows_names else _coded(found, _coding(scope, store))


def make_agenda(
    scope: Scope, store: Store, name: str, held_on: date | None, *, actor: str
) -> int:
    """Make an agenda and return its number.

    Raises
    ------
    SettingsError
        When the role may not, a text does not fit, or there are too many agendas.
    """
    _require_role(scope)
    return agendas.add_agenda(store, name, held_on, actor=actor)


def rename_agenda(
    scope: Scope, store: Store, agenda_id: int, name: str, held_on: date | None, *, actor: str
) -> None:
    """Give an agenda another name or day.

    Raises
    ------
    SettingsError
        When the role may not, there is no such agenda, or a text does not fit.
    """
    _require_role(scope)
    agendas.rename_agenda(scope, store, agenda_id, name, held_on, actor=actor)


def remove_agenda(scope: Scope, store: Store, agenda_id: int, *, actor: str) -> None:
    """Remove an agenda without views.

    Raises
    ------
    SettingsError
        When the role may not, there is no such agenda, or it has views.
    """
    _require_role(scope)
    agendas.remove_agenda(scope, store, agenda_id, actor=actor)


def save_view(
    scope: Scope, store: Store, agenda_id: int, new: NewView, *, known: Known, actor: str
) -> int:
    """Put a view at the end of an agenda and return how many it has then.

    Raises
    ------
    SettingsError
        When the role may not, the agenda is full, or the view is no address of this program.
    """
    _require_role(scope)
    if not scope.shows_names:
        codes = _coding(scope, store).codes
        own = {key: codes.get(value, value) for key, value in new.address.items()}
        new = replace(new, address=own)
    return agendas.add_view(scope, store, agenda_id, new, known=known, actor=actor)


def remove_view(scope: Scope, store: Store, view_id: int, *, actor: str) -> None:
    """Take a view off its agenda.

    Raises
    ------
    SettingsError
        When the role may not, or there is no such view.
    """
    _require_role(scope)
    agendas.remove_view(scope, store, view_id, actor=actor)


def move_view(
    scope: Scope, store: Store, view_id: int, direction: Direction, *, actor: str
) -> None:
    """Move a view up or down by one place.

    Raises
    ------
    SettingsError
        When the role may not, or there is no such view.
    """
    _require_role(scope)
    agendas.move_view(scope, store, view_id, direction, actor=actor)


def _require_role(scope: Scope) -> None:
    if scope.role not in _PREPARE:
        raise SettingsError(
            f"The role {scope.role} may not change agendas; these may: {', '.join(_PREPARE)}. "
            "Ask one of them.",
            f"角色 {scope.role} 无权更改会议议程，可由以下角色办理：{'、'.join(_PREPARE)}。",
        )


def _coding(scope: Scope, store: Store) -> Coding:
    return coding_of(replace(scope, shows_names=True), store)


def _coded(agenda: Agenda, coding: Coding) -> Agenda:
    views = tuple(_coded_view(view, coding) for view in agenda.views)
    return replace(agenda, name=_without_names(agenda.name, coding), views=views)


def _coded_view(view: AgendaView, coding: Coding) -> AgendaView:
    address = urlencode(coding.answered(view.values()))
    return replace(view, title=_without_names(view.title, coding), address=address)


def _without_names(text: str, coding: Coding) -> str:
    """Return a text that a person wrote with stand-ins where whole names of units are."""
    names = coding.stand_ins.keys() - set(coding.codes.values())
    for name in sorted((n for n in names if n in text), key=len, reverse=True):
        text = text.replace(name, coding.stand_ins[name])
    return text
