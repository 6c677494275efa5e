"""The audit trail: sixty tamperings found, an older copy too, and no false alarm.

The attacker of these tests has the database, its triggers dropped, but neither the key nor the
anchor.
"""

import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from data.audit import accept_trail, is_chained
from data.audit_anchor import anchor_path, read_anchor
from data.audit_chain import ChainedEvent, link
from data.audit_check import check_trail
from data.pseudonym import make_keys
from data.records import AuditEvent
from data.store import Store, open_store_at
from tests.data.trails import check, checks_of, drop_triggers, record, rows_of, set_back

N_EVENTS = 30
DIGEST = "0123456789abcdef" * 4


@pytest.fixture
def trail(store: Store) -> Store:
    """Give a store with a trail, and its triggers dropped by the attacker."""
    record(store, N_EVENTS)
    with store.write() as session, session.begin():
        drop_triggers(session)
    return store


def change_a_field(session: Session, rng: random.Random) -> None:
    column = rng.choice(["actor", "action", "object", "detail", "at"])
    number = rng.randint(1, N_EVENTS)
    value: object = "another"
    if column == "at":
        at = session.scalar(select(AuditEvent.at).where(AuditEvent.id == number))
        assert at is not None
        value = at + timedelta(microseconds=1)
    session.execute(update(AuditEvent).where(AuditEvent.id == number).values({column: value}))


def delete_from_the_middle(session: Session, rng: random.Random) -> None:
    session.execute(delete(AuditEvent).where(AuditEvent.id == rng.randint(1, N_EVENTS - 1)))


def cut_the_end(session: Session, rng: random.Random) -> None:
    session.execute(delete(AuditEvent).where(AuditEvent.id > rng.randint(0, N_EVENTS - 1)))


def swap_two(session: Session, rng: random.Random) -> None:
    one, two = rng.sample(range(1, N_EVENTS + 1), 2)
    for here, there in ((one, 1000), (two, one), (1000, two)):
        session.execute(update(AuditEvent).where(AuditEvent.id == here).values(id=there))


def insert_one_without_the_key(session: Session, rng: random.Random) -> None:
    number = rng.choice([0, N_EVENTS + 1])
    at = session.scalars(select(AuditEvent.at)).first()
    assert at is not None
    forged = ChainedEvent(number, at, "clerk", "publish", "exam", "rows 36")
    digest = rng.choice([None, DIGEST, link(b"guess" * 7, DIGEST, forged)])
    session.execute(insert(AuditEvent), [forged._replace(digest=digest)._asdict()])


def change_a_digest(session: Session, rng: random.Random) -> None:
    number = rng.randint(1, N_EVENTS)
    value = rng.choice([DIGEST, None, ""])
    session.execute(update(AuditEvent).where(AuditEvent.id == number).values(digest=value))


def take_the_chain_off(session: Session, _rng: random.Random) -> None:
    session.execute(update(AuditEvent).values(digest=None))


TAMPERINGS = (
    change_a_field,
    delete_from_the_middle,
    cut_the_end,
    swap_two,
    insert_one_without_the_key,
    change_a_digest,
    take_the_chain_off,
)


def test_a_trail_that_nobody_touched_is_whole(store: Store) -> None:
    assert check(store).findings == ()
    record(store, 3)
    found = check(store)
    assert (found.n_events, found.findings) == (3, ())
    assert read_anchor(anchor_path(store.home)) == found.head


def test_sixty_tamperings_of_seven_kinds_are_found(trail: Store) -> None:
    chance, n_found = random.Random(20261122), 0  # noqa: S311
    kinds: list[Callable[[Session, random.Random], None]] = [*TAMPERINGS * 8, *TAMPERINGS[:4]]
    assert len(kinds) == 60
    for tamper in kinds:
        with trail.write() as session:
            tamper(session, chance)
            found = check_trail(session, trail.home)
            session.rollback()
        n_found += any(f.severity == "error" for f in found.findings)
    assert n_found == 60
    assert checks_of(trail) == ["warning audit_triggers"]


def test_an_older_copy_of_the_database_is_found_even_after_new_events(store: Store) -> None:
    record(store, 5)
    copy = rows_of(store)
    record(store, 5)
    set_back(store, copy)
    assert "error audit_anchor" in checks_of(store)
    record(store, 10)  # the trail is longer now than the one that was anchored
    found = check(store)
    assert [f.check for f in found.findings if f.severity == "error"] == ["audit_anchor"]
    assert "names event 10" in found.findings[0].message_en


def test_a_restored_catalogue_is_accepted_with_a_reason_that_stays(store: Store) -> None:
    record(store, 3)
    copy = rows_of(store)
    record(store, 2)
    set_back(store, copy)
    with store.write() as session, session.begin():
        accept_trail(session, actor="operator", reason="disk failed, backup of 3 May")
    assert [c for c in checks_of(store) if c.startswith("error")] == []
    last = rows_of(store)[-1]
    assert (last["action"], last["detail"]) == ("accept_trail", "disk failed, backup of 3 May")
    assert str(last["object"]).startswith("anchor 5 ")


def test_a_lost_anchor_and_a_damaged_one_are_told_apart_from_a_whole_trail(
    store: Store,
) -> None:
    record(store, 2)
    path = anchor_path(store.home)
    kept = path.read_bytes()
    path.unlink()
    record(store)  # the next event does not hide that the anchor is gone
    assert checks_of(store) == ["error audit_anchor"]
    path.write_bytes(kept[:-20])
    record(store)
    assert checks_of(store) == ["error audit_anchor_unreadable"]
    path.write_bytes(kept)
    assert checks_of(store) == []


def test_a_copy_of_the_anchor_kept_elsewhere_is_compared_too(
    store: Store, tmp_path: Path
) -> None:
    record(store, 2)
    copy = tmp_path / "audit.head"
    shutil.copy(anchor_path(store.home), copy)
    record(store, 2)
    assert check(store, copy=copy).findings == ()
    copy.write_text(copy.read_text().replace('"id": 2', '"id": 9'))
    [finding] = check(store, copy=copy).findings
    assert (
        "names event 9, which the chain does not hold (its newest is 4)" in finding.message_en
    )
    [finding] = check(store, copy=tmp_path / "none").findings
    assert "no copy of the anchor called none" in finding.message_en


def test_events_older_than_the_chain_are_covered_by_its_first_link(store: Store) -> None:
    record(store, 3)
    old = [dict(row, digest=None) for row in rows_of(store)]
    set_back(store, old)
    for name in ("audit.key", "audit.head"):
        (store.home.keys / name).unlink()
    reopened = open_store_at(store.home)
    assert "note audit_chain" in checks_of(reopened)
    record(reopened, 2)
    assert [c for c in checks_of(reopened) if c.startswith("error")] == []
    with reopened.write() as session:
        session.execute(update(AuditEvent).where(AuditEvent.id == 2).values(actor="another"))
        assert "audit_chain" in [f.check for f in check_trail(session, store.home).findings]
        session.rollback()


def test_a_lost_audit_key_is_told_and_never_replaced_once_events_are_chained(
    store: Store,
) -> None:
    record(store)
    (store.home.keys / "audit.key").unlink()
    assert checks_of(store) == ["error audit_key"]
    with store.read() as session:
        assert is_chained(session)
    make_keys(store.home, ("audit",))  # another key: nothing fits it
    assert "error audit_chain" in checks_of(store)


def test_a_value_that_cannot_be_read_is_a_finding(trail: Store) -> None:
    with trail.write() as session:
        if session.get_bind().dialect.name == "postgresql":
            pytest.skip("PostgreSQL keeps the types of its columns")
        session.execute(text("UPDATE audit_event SET at = 'yesterday' WHERE id = 3"))
        assert "cannot be read" in check_trail(session, trail.home).findings[0].message_en
        session.rollback()
        session.execute(text("UPDATE audit_event SET detail = x'00ff' WHERE id = 3"))
        [broken, _triggers] = check_trail(session, trail.home).findings
        assert "broken at 1 of 30 events (numbers 3)" in broken.message_en
        session.rollback()
