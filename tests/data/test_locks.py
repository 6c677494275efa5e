"""Locks: turns in the order of asking, one holder, freed when the holder dies."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from core.errors import StorageError
from data import lake
from data.database_url import parse_database_url
from data.home import Home
from data.locks import PUBLICATION_KEY, Turns, database_lock, file_lock
from data.store import Store, open_store_at
from tests.postgresql import Server

ROOT = Path(__file__).resolve().parents[2]


def test_a_turn_that_does_not_come_is_not_taken_later() -> None:
    turns = Turns()
    assert turns.take(seconds=0)
    assert not turns.take(seconds=0.01)
    assert turns.n_waiting == 0
    turns.give()
    assert turns.take(seconds=0)


def test_a_busy_thread_cannot_overtake_those_who_wait() -> None:
    turns, order = Turns(), []
    assert turns.take(seconds=1)

    def wait(number: int) -> None:
        assert turns.take(seconds=10)
        order.append(number)
        turns.give()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while turns.n_waiting <= number:
            time.sleep(0.001)
    turns.give()
    assert turns.take(seconds=10)
    order.append(5)
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4, 5]


def test_an_impatient_publisher_is_told_that_another_publishes(store: Store) -> None:
    with lake.publishing(store.home), lake.publishing_if_idle(store.home) as is_idle:
        assert not is_idle
    with lake.publishing_if_idle(store.home) as is_idle:
        assert is_idle


def test_homes_that_share_a_database_share_its_publication_lock(
    postgresql_store: Store, tmp_path: Path
) -> None:
    """As two machines with a lake on a network disk whose file locks do not reach across."""
    other = Home(tmp_path / "other machine", postgresql_store.home.database_url)
    other.make_folders()
    with (
        lake.publishing(postgresql_store.home),
        lake.publishing_if_idle(other) as is_idle,
    ):
        assert not is_idle


def test_a_publisher_that_is_killed_holds_no_lock(store: Store) -> None:
    url = store.home.database_url
    command = [sys.executable, "-c", _HOLD, str(store.home.root)]
    if url is not None:
        command.append(url.render_as_string(hide_password=False))
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with lake.publishing_if_idle(store.home) as is_idle:
            assert not is_idle
        holder.kill()
    with lake.publishing(store.home):
        pass


_HOLD = """
import sys, time
from pathlib import Path
from data import lake
from data.database_url import parse_database_url
from data.home import Home
with lake.publishing(Home(Path(sys.argv[1]), parse_database_url("".join(sys.argv[2:])))):
    print("held", flush=True)
    time.sleep(600)
"""


def test_opening_a_store_does_not_wait_for_a_publisher(store: Store) -> None:
    with lake.publishing(store.home), lake.new_bundle(store.home) as bundle:
        open_store_at(store.home).close()
        assert bundle.folder.is_dir()


def test_a_lock_file_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.mkdir()
    with pytest.raises(IsADirectoryError), file_lock(blocked):
        pass


def test_a_lock_inside_a_database_that_is_away_is_told(postgresql: Server) -> None:
    url = parse_database_url(postgresql.url_of("absent"))
    assert url is not None
    with (
        pytest.raises(StorageError, match="does not let this program in"),
        database_lock(url, PUBLICATION_KEY),
    ):
        pass
