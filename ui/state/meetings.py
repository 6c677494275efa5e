"""Agendas of meetings; never kept, since they change often."""

from datetime import date

from data.agenda_texts import Known, NewView
from data.agendas import Agenda, Direction
from data.scope import Scope
from pipeline import agendas as meeting_agendas
from ui.state.answers import store


def agendas(scope: Scope) -> tuple[Agenda, ...]:
    """Return the agendas of meetings, newest first; never kept, since they change often."""
    return meeting_agendas.shown_agendas(scope, store())


def agenda(scope: Scope, number: int) -> Agenda:
    """Return one agenda with its views."""
    return meeting_agendas.shown_agenda(scope, store(), number)


def make_agenda(scope: Scope, name: str, held_on: date | None, *, actor: str) -> int:
    """Make an agenda and return its number."""
    return meeting_agendas.make_agenda(scope, store(), name, held_on, actor=actor)


def rename_agenda(
    scope: Scope, number: int, name: str, held_on: date | None, *, actor: str
) -> None:
    """Give an agenda another name or day."""
    meeting_agendas.rename_agenda(scope, store(), number, name, held_on, actor=actor)


def remove_agenda(scope: Scope, number: int, *, actor: str) -> None:
    """Remove an agenda without views."""
    meeting_agendas.remove_agenda(scope, store(), number, actor=actor)


def save_view(scope: Scope, number: int, new: NewView, *, known: Known, actor: str) -> int:
    """Put a view on an agenda and return how many it has then."""
    return meeting_agendas.save_view(scope, store(), number, new, known=known, actor=actor)


def remove_view(scope: Scope, view: int, *, actor: str) -> None:
    """Take a view off its agenda."""
    meeting_agendas.remove_view(scope, store(), view, actor=actor)


def move_view(scope: Scope, view: int, direction: Direction, *, actor: str) -> None:
    """Move a view of an agenda up or down by one place."""
    meeting_agendas.move_view(scope, store(), view, direction, actor=actor)
