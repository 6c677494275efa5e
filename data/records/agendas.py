"""Agendas of meetings: views of this program that are walked through one after the other."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from data.records.base import Record

# A removed agenda or view leaves its number unused: links hold them.
_NUMBERS_ARE_NEW = {"sqlite_autoincrement": True}


class Agenda(Record):
    """The agenda of a meeting; what is shown stands in its views."""

    __tablename__ = "agenda"
    __table_args__ = _NUMBERS_ARE_NEW

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    held_on: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(60))


class AgendaView(Record):
    """A view of an agenda: the code of a page and the query of its address, never a host."""

    __tablename__ = "agenda_view"
    __table_args__ = (Index(None, "agenda_id"), _NUMBERS_ARE_NEW)

    id: Mapped[int] = mapped_column(primary_key=True)
    agenda_id: Mapped[int] = mapped_column(ForeignKey("agenda.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(80))
    page: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(4000))
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(60))
