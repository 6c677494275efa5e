"""Locks: turns of threads, a file lock of one machine, a lock inside a PostgreSQL database."""

import fcntl
import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, ExceptionContext, NullPool, create_engine, event, text

from data.database_url import NETWORK
from data.storage_faults import storage_error, told

PUBLICATION_KEY, MIGRATION_KEY = 0x7A68_0001, 0x7A68_0002
"""Numbers of the two locks inside a PostgreSQL database."""


class Turns:
    """A lock that is given in the order of asking.

    SQLite lets waiting writers poll, and Python's own lock lets a busy thread take it again
    before one that waits has woken: a thread may starve under both.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._is_taken = False

    def take(self, *, seconds: float) -> bool:
        """Wait for the turn; False when it did not come in time."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(seconds):
            return True
        with self._guard:
            if mine.is_set():  # it came between the end of the wait and here
                return True
            self._waiting.remove(mine)
            return False

    @property
    def n_waiting(self) -> int:
        """How many wait for the turn."""
        return len(self._waiting)

    def give(self) -> None:
        """Hand the turn to the one who has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False


_TURNS: dict[Path, Turns] = {}

# A forked child has none of the threads that hold or await a turn.
os.register_at_fork(after_in_child=_TURNS.clear)


def turns_of(database: Path) -> Turns:
    """Return the turns of all writers of this process on one SQLite file."""
    return _TURNS.setdefault(database, Turns())


@contextmanager
def file_lock(path: Path, *, is_patient: bool = True) -> Iterator[bool]:
    """Hold a lock on a file; the system frees it when the process dies.

    Gives whether it is held: always when patient, otherwise only where nobody held it.

    Raises
    ------
    StorageError
        When the file cannot be made.
    """
    with told():
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield _locked(descriptor, is_patient=is_patient)
    finally:
        os.close(descriptor)


@contextmanager
def database_lock(url: URL, key: int, *, is_patient: bool = True) -> Iterator[bool]:
    """Hold an advisory lock on a connection of its own; freed when the connection ends.

    Raises
    ------
    StorageError
        When the database cannot be reached.
    """
    engine = create_engine(
        url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=NETWORK
    )

    @event.listens_for(engine, "handle_error")
    def _tell(context: ExceptionContext) -> BaseException | None:
        is_lost = context.is_disconnect or context.connection is None
        return storage_error(context.original_exception, is_lost=is_lost)

    with engine.connect() as connection:
        connection.exec_driver_sql("SET lock_timeout = 0; SET idle_session_timeout = 0")
        if is_patient:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": key})
            yield True
        else:
            got = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key})
            yield bool(got)


def _locked(descriptor: int, *, is_patient: bool) -> bool:
    if is_patient:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
