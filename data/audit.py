"""The audit trail: every change of the store and every attempt leaves one event."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from data.records import AuditEvent


def record_event(session: Session, *, actor: str, action: str, what: str, detail: str) -> None:
    """Add an event to the transaction of ``session``; never a name, number or score in it."""
    session.add(
        AuditEvent(at=now(), actor=actor, action=action, object=what[:160], detail=detail[:400])
    )


def now() -> datetime:
    """Return the present moment in UTC, without a zone, as the catalogue stores it."""
    return datetime.now(UTC).replace(tzinfo=None)
