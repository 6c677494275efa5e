"""The catalogue's two engines: one that only reads, one whose writers come one after the other.

On both databases a writing transaction behaves as if it were alone, and begins by taking its
turn, so that what it reads cannot change before it writes (docs/adr/0013):

* SQLite: Python's driver opens a transaction only before the first change, so that two writers
  who read first lose updates without an error. The engine takes BEGIN away from the driver
  and asks for the write lock at once (docs/adr/0003).
* PostgreSQL: serializable transactions that first lock the table of the schema's version.
  LOCK takes no snapshot: what a writer sees afterwards is what the one before him left.
"""

import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry, Pool, QueuePool

from core.errors import StorageError
from data.column_limits import require_fitting_values
from data.database_url import NETWORK
from data.home import Home
from data.locks import turns_of
from data.storage_faults import PATIENCE_SECONDS, fault, storage_error

if TYPE_CHECKING:
    import psycopg

_PRAGMAS = (
    "synchronous=full",
    "foreign_keys=on",
    f"busy_timeout={PATIENCE_SECONDS * 1000}",
    "trusted_schema=off",
    "cell_size_check=on",
    "secure_delete=on",
    "journal_size_limit=67108864",
    "case_sensitive_like=on",  # as PostgreSQL compares
)
# The last line: a program that hangs inside a transaction must not stop the others for ever.
_SESSION = f"""SET timezone = 'UTC'; SET lock_timeout = '{PATIENCE_SECONDS}s';
SET idle_in_transaction_session_timeout = '300s'"""
_TAKE_TURN = "LOCK TABLE alembic_version IN EXCLUSIVE MODE"

_ENGINES: WeakSet[Engine] = WeakSet()
_OF_THE_PARENT: list[Pool] = []


def _leave_connections() -> None:
    """Leave a forked child without connections.

    The parent goes on with them; even to close one would speak to the server in its name.
    """
    for engine in _ENGINES:
        _OF_THE_PARENT.append(engine.pool)
        engine.dispose(close=False)


os.register_at_fork(after_in_child=_leave_connections)


@dataclass(frozen=True, slots=True)
class Database:
    """The reading and the writing engine of one catalogue."""

    reading: Engine
    writing: Engine

    def close(self) -> None:
        """Close the connections that wait in the pools."""
        self.reading.dispose()
        self.writing.dispose()


def engines_of(home: Home) -> Database:
    """Return the engines of a catalogue; nothing is opened or written yet."""
    if home.database_url is None:
        return Database(
            reading=_sqlite(home.database, read_only=True),
            writing=_sqlite(home.database, read_only=False),
        )
    return Database(
        reading=_postgresql(home.database_url, isolation="REPEATABLE READ", read_only=True),
        writing=_postgresql(home.database_url, isolation="SERIALIZABLE", read_only=False),
    )


def migrating_engine(home: Home) -> Engine:
    """Return an engine that may change the schema, and make the SQLite file.

    Its PostgreSQL transactions see what others committed while they waited for a lock. On
    SQLite foreign keys rest: rebuilding a table drops the old one while others refer to it.
    """
    if home.database_url is None:
        return _sqlite(home.database, read_only=False, is_migrating=True)
    return _postgresql(home.database_url, isolation="READ COMMITTED", read_only=False)


class _Pool(QueuePool):
    """A pool that says in words when every connection stays in use."""

    def _do_get(self) -> ConnectionPoolEntry:
        try:
            return super()._do_get()
        except PoolTimeoutError:
            raise fault("crowded", "pool") from None


class _FrozenConnection(sqlite3.Connection):
    """A connection that takes the file as one that nobody changes."""


def _sqlite(path: Path, *, read_only: bool, is_migrating: bool = False) -> Engine:
    def connect() -> sqlite3.Connection:
        if read_only:
            return _reading_connection(path)
        return _writing_connection(path, is_migrating=is_migrating)

    engine = create_engine(
        "sqlite+pysqlite:///",
        creator=connect,
        poolclass=_Pool,
        max_overflow=-1,
        hide_parameters=True,
    )
    _tell_faults(engine, read_only=read_only)
    if read_only:
        event.listen(engine, "begin", _begin)
        event.listen(engine, "checkin", _close_frozen)
    else:
        _take_turns(engine, path)
    return engine


def _connection(
    path: Path, mode: str, kind: type[sqlite3.Connection] = sqlite3.Connection
) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        factory=kind,
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # opens file and log
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _writing_connection(path: Path, *, is_migrating: bool) -> sqlite3.Connection:
    try:
        connection = _connection(path, "mode=rwc" if is_migrating else "mode=rw")
        connection.execute("pragma journal_mode=wal")
    except sqlite3.OperationalError as error:
        # The log beside the file cannot be made: SQLite only says that it opened nothing.
        if path.exists() and not os.access(path.parent, os.W_OK):
            raise fault("read_only", error.sqlite_errorname) from error
        raise
    if is_migrating:
        connection.execute("pragma foreign_keys=off")
    return connection


def _reading_connection(path: Path) -> sqlite3.Connection:
    """Open for reading, even where the disk takes not a byte.

    Readers of a write-ahead log share an index file beside it, which cannot be made on a full
    or read-only disk. Without a log there is nothing to share: the file alone is the catalogue.
    """
    try:
        connection = _connection(path, "mode=rw")
    except sqlite3.OperationalError:
        log = path.with_name(f"{path.name}-wal")
        if not path.exists() or (log.exists() and log.stat().st_size):
            raise
        connection = _connection(path, "mode=ro&immutable=1", _FrozenConnection)
    connection.execute("pragma query_only=on")
    return connection


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _close_frozen(connection: object, entry: ConnectionPoolEntry) -> None:
    """Look anew next time whether the disk can be written again."""
    if isinstance(connection, _FrozenConnection):
        entry.invalidate()


def _take_turns(engine: Engine, path: Path) -> None:
    """Let the writers of this process begin in the order in which they came."""

    @event.listens_for(engine, "begin")
    def _begin_immediate(connection: Connection) -> None:
        start = time.monotonic()
        if "turns" not in connection.info:
            turns = turns_of(path)
            if not turns.take(seconds=PATIENCE_SECONDS):
                raise fault("busy", "threads")
            connection.info["turns"] = turns
        rest = PATIENCE_SECONDS - (time.monotonic() - start)
        connection.exec_driver_sql(f"pragma busy_timeout={max(int(rest * 1000), 0)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def _give_turn(_connection: object, entry: ConnectionPoolEntry) -> None:
        turns = entry.info.pop("turns", None)
        if turns is not None:
            turns.give()


def _postgresql(url: URL, *, isolation: str, read_only: bool) -> Engine:
    engine = create_engine(
        url,
        poolclass=_Pool,
        pool_size=5,
        max_overflow=15,
        pool_pre_ping=True,
        pool_timeout=PATIENCE_SECONDS,
        isolation_level=isolation,
        hide_parameters=True,
        connect_args=NETWORK,
    )
    _tell_faults(engine, read_only=read_only)

    @event.listens_for(engine, "connect")
    def _prepare(connection: "psycopg.Connection", _entry: ConnectionPoolEntry) -> None:
        connection.execute(_SESSION)
        connection.commit()
        connection.read_only = read_only or None  # otherwise as the server is set

    if isolation == "SERIALIZABLE":

        @event.listens_for(engine, "begin")
        def _take_turn(connection: Connection) -> None:
            connection.exec_driver_sql(_TAKE_TURN)

    return engine


def _tell_faults(engine: Engine, *, read_only: bool) -> None:
    """Translate the errors of the driver; refuse what no column takes before it sees it."""
    _ENGINES.add(engine)
    require_fitting_values(engine)

    @event.listens_for(engine, "begin")
    def _is_open(connection: Connection) -> None:
        connection.info["is_committing"] = False

    @event.listens_for(engine, "commit")
    def _is_committing(connection: Connection) -> None:
        connection.info["is_committing"] = True

    @event.listens_for(engine, "handle_error")
    def _tell(context: ExceptionContext) -> StorageError | None:
        if context.is_pre_ping:
            return None  # the pool replaces the connection
        connection = context.connection
        told = storage_error(
            context.original_exception,
            is_lost=context.is_disconnect or connection is None,
            is_committing=connection is not None
            and context.statement is None
            and not connection.invalidated
            and connection.info.get("is_committing", False),
        )
        # The reading engine refuses every change: whoever tried one has a fault of his own.
        return None if read_only and _is_refusal(context.original_exception) else told


def _is_refusal(error: BaseException) -> bool:
    """Whether the engine itself refused to write, rather than the disk."""
    code = getattr(error, "sqlite_errorcode", getattr(error, "sqlstate", None))
    return code in (sqlite3.SQLITE_READONLY, "25006")
