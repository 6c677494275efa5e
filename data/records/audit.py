"""The audit trail."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.records.base import Record


class AuditEvent(Record):
    """Who did what to which object, and when; only ever added to.

    ``bound`` is JSON: by name of each record that the event made, changed or removed, its
    digest before and after, null where it did not stand (``data.bound_records``); empty in
    events of older programs. ``digest``
    chains each event to the one before it; null in events older than the chain.
    """

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(40))
    object: Mapped[str] = mapped_column(String(160))
    detail: Mapped[str] = mapped_column(String(400))
    bound: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
