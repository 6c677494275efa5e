"""The audit trail: every change of the store and every attempt leaves one event.

Events are chained: the digest of each covers the one before it, under a key that lies outside
the database (``data.audit_chain``), and the newest digest is anchored outside it as well
(``data.audit_anchor``). Who has the database alone can change, insert, delete or cut nothing
unseen. An event also holds the digests of the records that it made or changed
(``data.bound_records``), so that nor can the records be changed. docs/adr/0014 says why,
docs/howto/audit.md how to check it.
"""

import errno
import json
import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from sqlalchemy import event, exists, func, select
from sqlalchemy.orm import Session, SessionTransaction

from core.errors import DataError, StorageError
from data import audit_anchor
from data.audit_anchor import Anchor, anchor_path, read_anchor
from data.audit_chain import ChainedEvent, first_link, link
from data.bound_records import digests_of, standing_records
from data.home import Home
from data.pseudonym import AUDIT_KEY, read_key
from data.records import AuditEvent

IMPORT, AGENDA = "import", "agenda"
"""Actions of an attempt to import, and of a change of a meeting's agenda."""

UNPUBLISHED = (IMPORT, AGENDA)
"""Actions of the events after which nothing published or decided differs."""

_TURN = 0x7A68_0003
"""Number of the lock under which writers of one PostgreSQL catalogue take turns."""
_WAITING = "audit_head"
_LEFT = "audit_records"
_LOG = logging.getLogger(__name__)
_PAGE = 10_000
_COLUMNS = tuple(getattr(AuditEvent, name) for name in ChainedEvent._fields)


def record_event(
    session: Session,
    *,
    actor: str,
    action: str,
    what: str,
    detail: str,
    bound: Mapping[str, str | None] = MappingProxyType({}),
) -> None:
    """Add an event to the transaction of ``session``; never a name, number or score in it.

    Call it when the records stand as they will be committed.

    Parameters
    ----------
    bound : mapping of str to str or None
        The records that the transaction made, changed or removed, such as ``release 3``, with
        the digests that they had before (``data.bound_records.digests_of``); None for new ones.
        What was changed past the program in between is so told for ever, not covered up.
    """
    head = _append(session, actor=actor, action=action, what=what, detail=detail, bound=bound)
    # An anchor that the chain does not hold is evidence: it stays where it is.
    if _anchor_stands(session):
        session.info[_WAITING] = (head, audit_anchor.advance)


def accept_trail(session: Session, *, actor: str, reason: str) -> None:
    """Anchor the trail as it stands, after a person restored an older catalogue.

    The event names the anchor that the trail does not hold, so that the gap stays on record.
    """
    try:
        lost = read_anchor(anchor_path(_home(session)))
    except DataError:
        lost = None
    what = f"anchor {lost.id} {lost.digest[:16]}" if lost else "no anchor"
    head = _append(session, actor=actor, action="accept_trail", what=what, detail=reason)
    session.info[_WAITING] = (head, audit_anchor.replace)


def take_turn(session: Session) -> None:
    """Wait until no other transaction is about to add to the trail.

    On SQLite a writing transaction holds the only write lock from its first statement. On
    PostgreSQL this lock orders whoever decides by what stands: take it before reading.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_TURN)))


def is_chained(session: Session) -> bool:
    """Whether any event has a digest: from then on the audit key must not change."""
    return bool(session.scalar(select(exists().where(AuditEvent.digest.is_not(None)))))


def stored_events(session: Session) -> Iterator[ChainedEvent]:
    """Give all events in the order of their numbers, a page at a time."""
    query = select(*_COLUMNS).order_by(AuditEvent.id)
    # Rows of the connection cost half of what rows of the session do.
    return map(ChainedEvent._make, session.connection().execute(query).yield_per(_PAGE))


def now() -> datetime:
    """Return the present moment in UTC, without a zone, as the catalogue stores it."""
    return datetime.now(UTC).replace(tzinfo=None)


def _append(
    session: Session,
    *,
    actor: str,
    action: str,
    what: str,
    detail: str,
    bound: Mapping[str, str | None] = MappingProxyType({}),
) -> Anchor:
    """Add the next event of the chain and return the new head.

    The first event after those of older programs binds whatever stands.
    """
    take_turn(session)
    home = _home(session)
    key = read_key(home, AUDIT_KEY)
    newest = select(AuditEvent.id, AuditEvent.digest, AuditEvent.bound)
    newest = newest.order_by(AuditEvent.id.desc()).limit(1)
    last_id, digest, bound_before = session.execute(newest).first() or (0, None, None)
    if digest is None:
        digest = first_link(key, stored_events(session))
        audit_anchor.begin(home)
    if bound_before is None:
        bound = dict.fromkeys({*standing_records(session), *bound})
    # A second event of the transaction finds a record as the first one left it.
    left = session.info.setdefault(_LEFT, {})
    after = digests_of(session, bound)
    pairs = {name: [left.get(name, bound[name]), after[name]] for name in bound}
    left.update(after)
    said = json.dumps(pairs, sort_keys=True)
    new = ChainedEvent(last_id + 1, now(), actor, action, what[:160], detail[:400], said)
    new = new._replace(digest=link(key, digest, new))
    session.add(AuditEvent(**new._asdict()))
    return Anchor(new.id, str(new.digest))


def _anchor_stands(session: Session) -> bool:
    """Whether the chain holds the anchored digest."""
    try:
        anchor = read_anchor(anchor_path(_home(session)))
    except DataError:
        return False
    if anchor is None or anchor == audit_anchor.START:
        return anchor is not None
    query = select(AuditEvent.digest).where(AuditEvent.id == anchor.id)
    return session.scalar(query) == anchor.digest


def _home(session: Session) -> Home:
    home: Home = session.info["home"]
    return home


@event.listens_for(Session, "after_commit")
def _move_anchor(session: Session) -> None:
    """Anchor the head that was committed.

    What is committed stands whether or not the disk takes the anchor: an older one is still a
    member of the chain, and the next event moves it on.
    """
    if session.in_nested_transaction():
        return
    session.info.pop(_LEFT, None)
    if _WAITING not in session.info:
        return
    head, move = session.info.pop(_WAITING)
    try:
        move(_home(session), head)
    except (OSError, StorageError) as failure:
        # Its words say that nothing was changed, and something was.
        number = getattr(failure.__cause__ or failure, "errno", None)
        code = errno.errorcode.get(number or 0, type(failure).__name__)
        _LOG.warning(
            "The change is made; the anchor of the audit trail could not be written (%s). The "
            "next change writes it. See that the disk of keys/ has room and can be written.",
            code,
        )
    except DataError as failure:
        _LOG.warning("The change is made; the anchor was not moved: %s", failure)


@event.listens_for(Session, "after_soft_rollback")
def _forget_head(session: Session, _ended: SessionTransaction) -> None:
    """Forget a head that was rolled back, and how records were left."""
    session.info.pop(_WAITING, None)
    session.info.pop(_LEFT, None)
