"""The catalogue's engines: no lost update, snapshots, and no write through the reading one."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.errors import StorageError
from data import database
from data.database import engines_of
from data.home import Home
from data.locks import turns_of
from data.records import Unit
from data.store import Store

THREADS, ROUNDS = 12, 15
SCHOOL = {"county": "c", "code": "u", "name": "0", "level": "school"}


def counted(store: Store) -> int:
    """Return the number that the writers of these tests count up."""
    with store.read() as session:
        return int(session.scalars(select(Unit.name)).one())


def test_twelve_writers_that_read_first_lose_no_update(store: Store) -> None:
    with store.database.writing.begin() as connection:
        connection.execute(insert(Unit), [SCHOOL])

    def raise_by_one(session: Session) -> None:
        name = session.scalar(select(Unit.name))
        session.execute(update(Unit).values(name=str(int(str(name)) + 1)))

    def count_up() -> None:
        for _ in range(ROUNDS):
            store.change(raise_by_one)  # repeated where the database says "again"

    with ThreadPoolExecutor(THREADS) as pool:
        for future in [pool.submit(count_up) for _ in range(THREADS)]:
            future.result()
    assert counted(store) == THREADS * ROUNDS


def test_two_engines_of_one_catalogue_lose_no_update_either(store: Store) -> None:
    """As two processes do: they share neither pool nor turns."""
    with store.database.writing.begin() as connection:
        connection.execute(insert(Unit), [SCHOOL])
    other = engines_of(store.home)

    def raise_by_one(session: Session) -> None:
        name = session.scalar(select(Unit.name))
        session.execute(update(Unit).values(name=str(int(str(name)) + 1)))

    def count_up(engines: database.Database) -> None:
        own = replace(store, database=engines)
        for _ in range(ROUNDS):
            own.change(raise_by_one)

    with ThreadPoolExecutor(4) as pool:
        engines = [store.database, other] * 2
        for future in [pool.submit(count_up, each) for each in engines]:
            future.result()
    other.close()
    assert counted(store) == 4 * ROUNDS


def test_the_reading_engine_refuses_to_write(store: Store) -> None:
    with (
        store.database.reading.connect() as connection,
        pytest.raises(DBAPIError, match=r"readonly|read-only"),
    ):
        connection.execute(text("DELETE FROM unit"))
    with store.read() as session, pytest.raises(DBAPIError, match=r"readonly|read-only"):
        session.execute(text("CREATE TABLE more (id integer)"))


def test_a_reader_sees_one_moment_across_its_statements(store: Store) -> None:
    count = select(Unit.name)
    with store.database.writing.begin() as connection:
        connection.execute(insert(Unit), [SCHOOL])
    with store.read() as session:
        assert session.scalars(count).one() == "0"
        with store.write() as writer, writer.begin():
            writer.execute(update(Unit).values(name="1"))
            writer.execute(insert(Unit), [{**SCHOOL, "code": "v"}])
        assert session.scalars(count).all() == ["0"]
    with store.read() as session:
        assert sorted(session.scalars(count)) == ["0", "1"]


def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    with store.write() as writer, writer.begin():
        writer.execute(insert(Unit), [SCHOOL])
        with store.read() as session:
            assert session.scalars(select(Unit.name)).all() == []


def test_a_writer_who_waits_too_long_is_told_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(database, "_SESSION", "SET lock_timeout = '50ms'")
    engines = engines_of(store.home)
    with engines.writing.begin(), pytest.raises(StorageError, match="have been writing for"):
        engines.writing.connect().execute(text("SELECT 1"))
    with engines.writing.begin() as connection:
        connection.execute(insert(Unit), [SCHOOL])
    engines.close()
    assert counted(store) == 0


def test_writers_of_one_process_come_in_the_order_in_which_they_asked(
    sqlite_store: Store,
) -> None:
    order: list[int] = []
    turns = turns_of(sqlite_store.home.database)

    def write(number: int) -> None:
        with sqlite_store.write() as session, session.begin():
            session.execute(select(Unit.id))
            order.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    with sqlite_store.write() as session, session.begin():
        session.execute(select(Unit.id))
        for number, thread in enumerate(threads):
            thread.start()
            while turns.n_waiting <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_a_forked_process_uses_no_connection_of_its_parent(store: Store) -> None:
    with store.database.writing.begin() as connection:
        connection.execute(insert(Unit), [SCHOOL])
    assert counted(store) == 0  # the reading pool, too, holds an open connection now
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with store.write() as session, session.begin():
                session.execute(update(Unit).values(name="7"))
            status = 0 if counted(store) == 7 else 2
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    assert counted(store) == 7


def test_every_sqlite_connection_keeps_foreign_keys_and_full_synchronisation(
    sqlite_store: Store,
) -> None:
    with sqlite_store.database.writing.connect() as connection:
        assert connection.scalar(text("pragma foreign_keys")) == 1
        assert connection.scalar(text("pragma synchronous")) == 2
        assert connection.scalar(text("pragma journal_mode")) == "wal"
        assert connection.scalar(text("pragma secure_delete")) == 1


def test_every_postgresql_connection_keeps_its_isolation(postgresql_store: Store) -> None:
    isolation = text("SHOW transaction_isolation")
    with postgresql_store.read() as reader, postgresql_store.write() as writer:
        assert reader.scalar(isolation) == "repeatable read"
        assert reader.scalar(text("SHOW transaction_read_only")) == "on"
        assert writer.scalar(isolation) == "serializable"
        assert writer.scalar(text("SHOW timezone")) == "UTC"


def test_no_error_repeats_what_was_written(store: Store) -> None:
    with store.database.writing.begin() as connection:
        connection.execute(insert(Unit), [SCHOOL])
        with pytest.raises(DBAPIError) as caught:
            connection.execute(insert(Unit), [{**SCHOOL, "name": "示例学生"}])
    assert "示例学生" not in str(caught.value)


def test_a_home_without_a_catalogue_is_not_given_an_empty_one(home: Home) -> None:
    engines = engines_of(home)
    with pytest.raises(StorageError, match=r"cannot be opened \(SQLITE_CANTOPEN\)"):
        engines.reading.connect()
    with pytest.raises(StorageError, match=r"cannot be opened \(SQLITE_CANTOPEN\)"):
        engines.writing.connect()
    assert not home.database.exists()
