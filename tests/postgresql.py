"""A private PostgreSQL server for tests: own folder, a socket inside it, gone at the end."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL

OLDEST = 15
ROLE = "zhunsheng"
_PATIENCE = 60
_IN_MEMORY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SETTINGS = ("listen_addresses=", "max_connections=200", "shared_buffers=64MB", "jit=off")


@dataclass(slots=True)
class Server:
    """A server that can be killed like a machine that loses its power, and started again.

    Attributes
    ----------
    is_durable : bool
        Whether it flushes to disk: needed where it is killed, slower otherwise.
    """

    folder: Path
    binaries: Path
    is_durable: bool
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    @property
    def url(self) -> str:
        """The address of an empty database in which nothing is tested."""
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        """Return the address of a database, as ``ZHUNSHENG_DATABASE_URL`` takes it."""
        url = URL.create(
            "postgresql+psycopg",
            username=ROLE,
            database=database,
            query={"host": str(self.folder)},
        )
        return url.render_as_string(hide_password=False)

    def start(self) -> None:
        """Start the server, after a kill with recovery, and return once it answers."""
        settings = (*_SETTINGS, *(() if self.is_durable else _IN_MEMORY))
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self.binaries / "postgres",
                    *("-D", self._data, "-k", self.folder),
                    *(word for setting in settings for word in ("-c", setting)),
                ],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **_as_postgres(),
            )
        deadline = time.monotonic() + _PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                log_text = (self.folder / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start:\n{log_text[-2000:]}")
            time.sleep(0.02)

    def kill(self) -> None:
        """End every process of the server at once, with signal 9."""
        assert self._process is not None
        children = _children_of(self._process.pid)
        for process in (self._process.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait()
        while any(_is_alive(child) for child in children):
            time.sleep(0.005)

    def stop(self) -> None:
        """End the server in good order, without waiting for its clients."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(_PATIENCE)

    def execute(self, statement: str) -> None:
        """Run a statement that no transaction may hold, such as CREATE DATABASE."""
        with psycopg.connect(host=str(self.folder), user=ROLE, dbname="postgres",
                             autocommit=True) as connection:  # fmt: skip
            connection.execute(statement.encode())

    def new_database(self, *, template: str = "template0") -> str:
        """Make a database and return its name."""
        name = f"test_{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever may still be connected with it."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def make_cluster(self) -> None:
        """Make the server's files: UTF-8, sorted by code point, no passwords."""
        self.folder.chmod(0o700)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        subprocess.run(
            [
                self.binaries / "initdb",
                *("-D", self._data, "-U", ROLE, "-A", "trust"),
                *("-E", "UTF8", "--locale", "C", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **_as_postgres(),
        )

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            self.execute("SELECT 1")
            return True
        return False


@contextmanager
def postgresql_server(*, is_durable: bool = False) -> Iterator[Server]:
    """Give a running private server; skip the test where PostgreSQL is not installed.

    Under continuous integration its absence is a failure.
    """
    folder = Path(tempfile.mkdtemp(prefix="zhunsheng-pg-"))
    server = Server(folder, binaries_or_skip(), is_durable)
    try:
        server.make_cluster()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def binaries_or_skip() -> Path:
    """Return the folder of the newest server's programs that is new enough."""
    found = sorted(
        (int(path.parent.parent.name), path.parent)
        for path in Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb")
    )
    if found and found[-1][0] >= OLDEST:
        return found[-1][1]
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    reason = f"PostgreSQL {OLDEST} or newer is not installed (Debian: postgresql)."
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _as_postgres() -> dict[str, Any]:
    """Return how to start a program of the server: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": ()}


def _children_of(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in listed.split()]


def _is_alive(process: int) -> bool:
    """Whether a process still runs; a dead one that nobody has waited for does not."""
    with suppress(OSError):
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z"
    return False
