"""A unit of work: in one transaction, done again when only the moment was wrong."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import StorageError
from data.records import Unit
from data.storage_faults import RepeatableError
from data.store import Store

SCHOOL = {"county": "c", "code": "u", "name": "0", "level": "school"}
THREADS, ROUNDS = 16, 10


def add_school(session: Session) -> None:
    session.execute(insert(Unit), [SCHOOL])


def count_up(session: Session) -> int:
    """Count the school's name up by one and return what it was."""
    was = int(session.scalars(select(Unit.name)).one())
    session.execute(update(Unit).values(name=str(was + 1)))
    return was


def count_of(store: Store) -> int:
    with store.read() as session:
        return int(session.scalars(select(Unit.name)).one())


def foreign(store: Store) -> psycopg.Connection:
    """Return a connection of another program: it knows nothing of turns."""
    url = store.home.database_url
    assert url is not None
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)


def test_sixteen_writers_see_every_number_once(store: Store) -> None:
    store.change(add_school)
    with ThreadPoolExecutor(THREADS) as pool:
        seen = list(pool.map(lambda _: store.change(count_up), range(THREADS * ROUNDS)))
    assert sorted(seen) == list(range(THREADS * ROUNDS))
    assert count_of(store) == THREADS * ROUNDS


def test_a_unit_of_work_that_fails_changes_nothing_and_is_done_once(store: Store) -> None:
    calls = []

    def fail(session: Session) -> None:
        calls.append(session)
        add_school(session)
        raise ValueError("a fault of the work itself")

    with pytest.raises(ValueError, match="of the work itself"):
        store.change(fail)
    assert len(calls) == 1
    with store.read() as session:
        assert session.scalars(select(Unit.id)).all() == []


def test_a_row_that_stands_twice_stays_an_error_of_the_caller(store: Store) -> None:
    store.change(add_school)
    with pytest.raises(IntegrityError):
        store.change(add_school)


def test_another_program_that_changes_the_row_makes_the_work_start_again(
    postgresql_store: Store,
) -> None:
    store = postgresql_store
    store.change(add_school)
    seen = []
    with foreign(store) as other:

        def count_up_while_another_writes(session: Session) -> None:
            seen.append(session.scalars(select(Unit.name)).one())
            if len(seen) == 1:
                other.execute("UPDATE unit SET name = '100'")
            session.execute(update(Unit).values(name=str(int(seen[-1]) + 1)))

        store.change(count_up_while_another_writes)
    assert seen == ["0", "100"]
    assert count_of(store) == 101


def test_a_number_that_another_program_takes_first_makes_the_work_start_again(
    postgresql_store: Store,
) -> None:
    store = postgresql_store
    seen: list[int] = []
    with foreign(store) as other:

        def add_next(session: Session) -> None:
            seen.append(len(session.scalars(select(Unit.id)).all()))
            if len(seen) == 1:
                other.execute(
                    "INSERT INTO unit (county, code, name, level) VALUES ('c', '0', 'x', 'y')"
                )
            session.execute(insert(Unit), [{**SCHOOL, "code": str(seen[-1])}])

        store.change(add_next)
    assert seen == [0, 1]


def test_a_collision_that_does_not_end_is_told_after_a_few_attempts(
    postgresql_store: Store,
) -> None:
    store = postgresql_store
    store.change(add_school)
    calls = 0
    with foreign(store) as other:

        def collide(session: Session) -> None:
            nonlocal calls
            calls += 1
            session.scalars(select(Unit.name)).one()
            other.execute("UPDATE unit SET name = name")
            session.execute(update(Unit).values(name="mine"))

        with pytest.raises(RepeatableError, match=r"same rows at the same time \(40001\)"):
            store.change(collide)
    assert calls == 6
    assert count_of(store) == 0


def test_a_connection_lost_before_the_end_makes_the_work_start_again(
    postgresql_store: Store,
) -> None:
    store = postgresql_store
    store.change(add_school)
    calls = 0
    with foreign(store) as other:

        def lose_the_connection_once(session: Session) -> None:
            nonlocal calls
            calls += 1
            count_up(session)
            if calls == 1:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            count_up(session)

        store.change(lose_the_connection_once)
    assert calls == 2
    assert count_of(store) == 2


def test_a_connection_lost_while_the_change_is_confirmed_is_told_as_unsure(
    postgresql_store: Store,
) -> None:
    store = postgresql_store
    store.change(add_school)
    with foreign(store) as other:

        def lose_the_connection_at_the_end(session: Session) -> None:
            count_up(session)
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

        with pytest.raises(StorageError, match="Whether the change stands is not known"):
            store.change(lose_the_connection_at_the_end)
    assert count_of(store) in (0, 1)
    store.change(count_up)
