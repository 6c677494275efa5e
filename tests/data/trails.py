"""Audit trails for tests: made, checked, tampered with, set back."""

from pathlib import Path

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from data.audit import record_event
from data.audit_check import TrailCheck, check_trail
from data.records import AuditEvent
from data.store import Store


def record(store: Store, n: int = 1) -> None:
    for i in range(n):
        with store.write() as session, session.begin():
            record_event(
                session, actor="clerk", action="import", what=f"exam {i}", detail="rows 36"
            )


def check(store: Store, *, copy: Path | None = None) -> TrailCheck:
    with store.read() as session:
        return check_trail(session, store.home, copy=copy)


def checks_of(store: Store) -> list[str]:
    return [f"{f.severity} {f.check}" for f in check(store).findings]


def drop_triggers(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("DROP FUNCTION audit_event_refuse() CASCADE"))
    else:
        for what in ("update", "delete", "replace"):
            session.execute(text(f"DROP TRIGGER audit_event_no_{what}"))


def rows_of(store: Store) -> list[dict[str, object]]:
    with store.read() as session:
        return [dict(r) for r in session.execute(select(AuditEvent.__table__)).mappings()]


def set_back(store: Store, rows: list[dict[str, object]]) -> None:
    with store.write() as session, session.begin():
        drop_triggers(session)
        session.execute(delete(AuditEvent))
        session.execute(insert(AuditEvent), rows)
