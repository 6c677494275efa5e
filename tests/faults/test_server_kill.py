"""kill -9 of the whole database server while files are imported.

The client is told in both languages, never by a traceback; what it was told stands, and doing
the same again after an unknown outcome publishes nothing twice.
"""

import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.errors import StorageError
from data.database_url import parse_database_url
from data.home import Home
from data.store import Store, open_store_at
from pipeline.import_scores import ImportRequest, import_scores
from tests.faults.exam_files import request_for, write_exam
from tests.faults.wholeness import faults_of, published
from tests.postgresql import Server, postgresql_server

KILLS, FEW_KILLS = 20, 1


@dataclass(slots=True)
class Client:
    """Imports one exam after the other, and each again until it is acknowledged."""

    store: Store
    folder: Path
    done: list[tuple[str, int | None]] = field(default_factory=list)
    told: list[Exception] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.stop.is_set():
            exam = f"e{len(self.done)}"
            path = write_exam(self.folder / f"{exam}.csv", seed=len(self.done))
            request = request_for(path, exam=exam, day=len(self.done))
            while (number := self._import(request)) is None:
                time.sleep(0.05)
            self.done.append((exam, number))

    def _import(self, request: ImportRequest) -> int | None:
        try:
            report = import_scores(self.store, request, is_dry_run=False, actor="test")
        except Exception as error:  # noqa: BLE001  judged by the test
            self.told.append(error)
            return None
        return report.release


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server that flushes to disk, as a real one does."""
    with postgresql_server(is_durable=True) as server:
        yield server


def kill_the_server(server: Server, tmp_path: Path, *, kills: int) -> list[Exception]:
    chance = random.Random(20261122)  # noqa: S311
    url = parse_database_url(server.url_of(server.new_database()))
    client = Client(open_store_at(Home(tmp_path / "store", url)), tmp_path)
    thread = threading.Thread(target=client.run)
    thread.start()
    for _ in range(kills):
        wait_for_another(client, n=1)
        time.sleep(chance.uniform(0, 0.6))
        server.kill()
        time.sleep(chance.uniform(0, 0.5))
        server.start()
    wait_for_another(client, n=2)
    client.stop.set()
    thread.join(60)
    client.store.close()
    check_after(client)
    return client.told


def wait_for_another(client: Client, *, n: int) -> None:
    """Wait until further imports were acknowledged."""
    wanted, patience = len(client.done) + n, time.monotonic() + 120
    while len(client.done) < wanted:
        assert time.monotonic() < patience, client.told[-3:]
        time.sleep(0.02)


def check_after(client: Client) -> None:
    for error in client.told:
        assert isinstance(error, StorageError), repr(error)
        assert "Nothing was changed" in error.message or "not known" in error.message
        assert "SELECT" not in str(error)
    store = open_store_at(client.store.home)
    assert faults_of(store) == []
    assert published(store) == {exam: [1] for exam, _ in client.done}
    assert {number for _, number in client.done} == {1}
    store.close()


def test_a_killed_server_loses_nothing_and_the_client_is_told(
    server: Server, tmp_path: Path
) -> None:
    kill_the_server(server, tmp_path, kills=FEW_KILLS)


@pytest.mark.slow
def test_twenty_kills_of_the_server_lose_nothing(server: Server, tmp_path: Path) -> None:
    assert len(kill_the_server(server, tmp_path, kills=KILLS)) > KILLS / 4
