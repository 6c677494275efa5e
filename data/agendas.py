"""Agendas of meetings: which views a leadership group walks through, in which order.

A view is kept as the code of a page and the query of its address. No host is ever kept, so
that no link of an agenda can lead out of this program. Every change leaves an event, but the
events bind no digest of an agenda: it is no result and rests on none. Whoever changes a saved
link past this program shows another page of it, with the figures that the trail does bind.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from urllib.parse import parse_qsl

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import SettingsError
from data.agenda_texts import Known, NewView, checked_actor, checked_address, checked_name
from data.audit import AGENDA, now, record_event, take_turn
from data.records import Agenda as AgendaRecord
from data.records import AgendaView as ViewRecord
from data.scope import Scope
from data.store import Store

Direction = Literal["up", "down"]

MOST_AGENDAS, MOST_VIEWS = 200, 60


@dataclass(frozen=True, slots=True)
class AgendaView:
    """A view of an agenda; ``address`` is the query without host, page and question mark."""

    id: int
    title: str
    page: str
    address: str
    added_at: datetime
    added_by: str

    def values(self) -> dict[str, str]:
        """Return the values of the address by key."""
        return dict(parse_qsl(self.address, keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Agenda:
    """An agenda with its views in their order."""

    id: int
    name: str
    held_on: date | None
    created_at: datetime
    created_by: str
    views: tuple[AgendaView, ...]


def list_agendas(scope: Scope, store: Store) -> tuple[Agenda, ...]:
    """Return the agendas, newest first; none to who may not see every school.

    Their titles may tell of any school.
    """
    if scope.schools is not None:
        return ()
    views = select(ViewRecord).order_by(ViewRecord.position, ViewRecord.id)
    agendas = select(AgendaRecord).order_by(AgendaRecord.id.desc())
    with store.read() as session:
        by_agenda: dict[int, list[ViewRecord]] = {}
        for view in session.scalars(views):
            by_agenda.setdefault(view.agenda_id, []).append(view)
        return tuple(
            _agenda(row, by_agenda.get(row.id, [])) for row in session.scalars(agendas)
        )


def agenda_of(scope: Scope, store: Store, agenda_id: int) -> Agenda:
    """Return an agenda with its views.

    Raises
    ------
    SettingsError
        When there is no such agenda, or the scope may not see it: both say the same.
    """
    with store.read() as session:
        row = _required(scope, session, agenda_id)
        return _agenda(row, _views(session, agenda_id))


def add_agenda(store: Store, name: str, held_on: date | None, *, actor: str) -> int:
    """Make an agenda without views and return its number.

    Raises
    ------
    SettingsError
        When a text is missing or too long, or there are too many agendas.
    """
    name, actor = checked_name(name), checked_actor(actor)

    def add(session: Session) -> int:
        take_turn(session)
        found = session.scalar(select(func.count()).select_from(AgendaRecord)) or 0
        if found >= MOST_AGENDAS:
            raise SettingsError(
                f"There are {found} agendas; at most {MOST_AGENDAS} are kept. Take the views "
                "off an old one, remove it, and try again.",
                f"已有 {found} 份议程，最多保留 {MOST_AGENDAS} 份。"
                "请先移出旧议程的全部视图并删除该议程，再试。",
            )
        row = AgendaRecord(name=name, held_on=held_on, created_at=now(), created_by=actor)
        session.add(row)
        session.flush()
        _record(session, row.id, f"made, held on {held_on or '-'}", actor=actor)
        return row.id

    return store.change(add)


def rename_agenda(
    scope: Scope, store: Store, agenda_id: int, name: str, held_on: date | None, *, actor: str
) -> None:
    """Give an agenda another name or day.

    Raises
    ------
    SettingsError
        When there is no such agenda, or a text is missing or too long.
    """
    name, actor = checked_name(name), checked_actor(actor)

    def rename(session: Session) -> None:
        row = _required(scope, session, agenda_id)
        row.name, row.held_on = name, held_on
        _record(session, agenda_id, f"renamed, held on {held_on or '-'}", actor=actor)

    store.change(rename)


def remove_agenda(scope: Scope, store: Store, agenda_id: int, *, actor: str) -> None:
    """Remove an agenda that has no view left; its number is not given again.

    Raises
    ------
    SettingsError
        When there is no such agenda, or it still has views.
    """
    actor = checked_actor(actor)

    def remove(session: Session) -> None:
        take_turn(session)
        row = _required(scope, session, agenda_id)
        found = len(_views(session, agenda_id))
        if found:
            raise SettingsError(
                f"The agenda {row.name!r} still has {found} views; only one without views can "
                "be removed. Take them off first.",
                f"议程“{row.name}”仍有 {found} 个视图，只能删除没有视图的议程。请先移出视图。",
            )
        session.delete(row)
        _record(session, agenda_id, "removed", actor=actor)

    store.change(remove)


def add_view(
    scope: Scope, store: Store, agenda_id: int, new: NewView, *, known: Known, actor: str
) -> int:
    """Put a view at the end of an agenda and return how many it has then.

    Raises
    ------
    SettingsError
        When there is no such agenda, it is full, a text is missing or too long, or the view is
        no address of this program.
    """
    title, actor = checked_name(new.title, "The title", "标题"), checked_actor(actor)
    address = checked_address(new, known)

    def add(session: Session) -> int:
        take_turn(session)
        row = _required(scope, session, agenda_id)
        views = _views(session, agenda_id)
        if len(views) >= MOST_VIEWS:
            raise SettingsError(
                f"The agenda {row.name!r} has {len(views)} views; at most {MOST_VIEWS} are "
                "possible. Take one off, or use another agenda.",
                f"议程“{row.name}”已有 {len(views)} 个视图，最多 {MOST_VIEWS} 个。"
                "请先移出一个，或使用另一份议程。",
            )
        view = ViewRecord(
            agenda_id=agenda_id,
            position=views[-1].position + 1 if views else 1,
            title=title,
            page=new.page,
            address=address,
            added_at=now(),
            added_by=actor,
        )
        session.add(view)
        session.flush()
        _record(session, agenda_id, f"view {view.id} added: {new.page}", actor=actor)
        return len(views) + 1

    return store.change(add)


def remove_view(scope: Scope, store: Store, view_id: int, *, actor: str) -> None:
    """Take a view off its agenda.

    Raises
    ------
    SettingsError
        When there is no such view.
    """
    actor = checked_actor(actor)

    def remove(session: Session) -> None:
        row = _required_view(scope, session, view_id)
        session.delete(row)
        _record(session, row.agenda_id, f"view {view_id} removed: {row.page}", actor=actor)

    store.change(remove)


def move_view(
    scope: Scope, store: Store, view_id: int, direction: Direction, *, actor: str
) -> None:
    """Let a view change places with the one before or after it; at an end it stays.

    Raises
    ------
    SettingsError
        When there is no such view.
    """
    actor = checked_actor(actor)

    def move(session: Session) -> None:
        take_turn(session)
        row = _required_view(scope, session, view_id)
        views = _views(session, row.agenda_id)
        place = views.index(row)
        other = place - 1 if direction == "up" else place + 1
        if 0 <= other < len(views):
            neighbour = views[other]
            row.position, neighbour.position = neighbour.position, row.position
            _record(session, row.agenda_id, f"view {view_id} moved {direction}", actor=actor)

    store.change(move)


def _required(scope: Scope, session: Session, agenda_id: int) -> AgendaRecord:
    row = session.get(AgendaRecord, agenda_id) if scope.schools is None else None
    if row is None:
        raise SettingsError(
            f"There is no agenda {agenda_id}. Choose one of the list.",
            f"没有编号为 {agenda_id} 的议程。请从列表中选择。",
        )
    return row


def _required_view(scope: Scope, session: Session, view_id: int) -> ViewRecord:
    row = session.get(ViewRecord, view_id) if scope.schools is None else None
    if row is None:
        raise SettingsError(
            f"There is no view {view_id} on an agenda any more. Load the page again.",
            f"议程中已没有编号为 {view_id} 的视图。请重新载入页面。",
        )
    return row


def _views(session: Session, agenda_id: int) -> list[ViewRecord]:
    query = select(ViewRecord).where(ViewRecord.agenda_id == agenda_id)
    return list(session.scalars(query.order_by(ViewRecord.position, ViewRecord.id)))


def _agenda(row: AgendaRecord, views: list[ViewRecord]) -> Agenda:
    shown = tuple(
        AgendaView(**{name: getattr(view, name) for name in AgendaView.__slots__})
        for view in views
    )
    values = {name: getattr(row, name) for name in Agenda.__slots__ if name != "views"}
    return Agenda(**values, views=shown)


def _record(session: Session, agenda_id: int, detail: str, *, actor: str) -> None:
    what = f"agenda {agenda_id}"
    record_event(session, actor=actor, action=AGENDA, what=what, detail=detail)
