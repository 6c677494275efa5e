"""The catalogue: no lost update, no write through the reading engine, the schema whole."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import OperationalError

from data.database import NEWEST_REVISION, migration_config
from data.records import Record, Unit
from data.store import Store

THREADS, ROUNDS = 8, 25


def test_migrations_make_exactly_the_declared_tables(store: Store) -> None:
    with store.database.reading.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Record.metadata) == []


def test_the_newest_migration_is_the_one_that_a_start_looks_for() -> None:
    script = ScriptDirectory.from_config(migration_config())
    assert script.get_current_head() == NEWEST_REVISION


def test_eight_writers_that_read_first_lose_no_update(store: Store) -> None:
    row = {"county": "c", "code": "u", "name": "0", "level": "school"}
    with store.database.writing.begin() as connection:
        connection.execute(insert(Unit), [row])

    def count_up() -> None:
        for _ in range(ROUNDS):
            with store.database.writing.begin() as connection:
                name = connection.scalar(select(Unit.name))
                connection.execute(update(Unit).values(name=str(int(str(name)) + 1)))

    with ThreadPoolExecutor(THREADS) as pool:
        for future in [pool.submit(count_up) for _ in range(THREADS)]:
            future.result()
    with store.database.reading.connect() as connection:
        assert connection.scalar(select(Unit.name)) == str(THREADS * ROUNDS)


def test_the_reading_engine_refuses_to_write(store: Store) -> None:
    with (
        store.database.reading.connect() as connection,
        pytest.raises(OperationalError, match="readonly"),
    ):
        connection.execute(text("DELETE FROM unit"))


def test_every_connection_keeps_foreign_keys_and_full_synchronisation(store: Store) -> None:
    with store.database.writing.connect() as connection:
        assert connection.scalar(text("pragma foreign_keys")) == 1
        assert connection.scalar(text("pragma synchronous")) == 2
        assert connection.scalar(text("pragma journal_mode")) == "wal"
