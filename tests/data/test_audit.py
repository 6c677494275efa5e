"""Recording events: one chain, anchored after the commit, never what was rolled back."""

import errno
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

from data.audit import record_event
from data.audit_anchor import anchor_path, read_anchor
from data.records import AuditEvent
from data.store import Store
from tests.data.trails import check, record


def test_a_crash_between_commit_and_anchor_raises_no_alarm(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    record(store, 2)
    anchored = read_anchor(anchor_path(store.home))
    with monkeypatch.context() as crash:
        crash.setattr("os.fsync", full)
        record(store)
    assert read_anchor(anchor_path(store.home)) == anchored
    assert check(store).findings == ()
    record(store)
    assert check(store).findings == ()
    assert read_anchor(anchor_path(store.home)) == check(store).head


def test_the_warning_of_an_anchor_on_a_full_disk_says_that_the_change_is_made(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    record(store, 2)
    caplog.clear()
    with monkeypatch.context() as crash:
        crash.setattr("os.fsync", full)
        record(store)
    (said,) = [entry.getMessage() for entry in caplog.records]
    assert "The change is made" in said
    assert "(ENOSPC)" in said
    assert "Nothing was changed" not in said


def test_the_first_event_of_a_store_may_be_the_one_whose_anchor_is_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as crash:
        crash.setattr("data.audit_anchor.advance", lambda *_: None)
        record(store)
    assert check(store).findings == ()
    record(store)
    assert check(store).findings == ()


def test_an_event_that_was_rolled_back_is_never_anchored(store: Store) -> None:
    record(store)
    with store.write() as session:
        record_event(session, actor="a", action="b", what="c", detail="d")
        session.rollback()
        session.begin()
        session.execute(select(AuditEvent.id))
        session.commit()
    assert check(store).findings == ()
    assert check(store).n_events == 1


def test_an_inner_transaction_that_fails_takes_its_event_with_it(store: Store) -> None:
    with store.write() as session, session.begin():
        record_event(session, actor="a", action="outer", what="c", detail="d")
        inner = session.begin_nested()
        record_event(session, actor="a", action="inner", what="c", detail="d")
        inner.rollback()
    assert check(store).findings == ()
    assert check(store).n_events == 1


def test_several_events_of_one_transaction_are_one_chain(store: Store) -> None:
    with store.write() as session, session.begin():
        for i in range(3):
            record_event(session, actor="a", action="b", what=str(i), detail="d")
    assert (check(store).n_events, check(store).findings) == (3, ())


def test_writers_at_once_make_one_chain_and_the_newest_is_anchored(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: record(store, 5), range(4)))
    found = check(store)
    assert (found.n_events, found.findings) == (20, ())
    assert read_anchor(anchor_path(store.home)) == found.head


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor = 'another'",
        "DELETE FROM audit_event",
        "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event",
    ],
)
def test_the_database_itself_refuses_to_change_an_event(store: Store, statement: str) -> None:
    record(store)
    with store.write() as session:
        if session.get_bind().dialect.name == "postgresql" and "REPLACE" in statement:
            pytest.skip("PostgreSQL has no such statement")
        with pytest.raises(Exception, match="only ever added to"):
            session.execute(text(statement))
    assert check(store).findings == ()
