"""Full, read-only and vanished storage: clear words, nothing half-done, pages still read."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pyarrow as pa
import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from core.errors import StorageError
from data import lake
from data.database import engines_of
from data.database_url import parse_database_url
from data.engine.duckdb_engine import DuckDBEngine
from data.home import Home
from data.records import Unit
from data.storage_faults import ReadOnlyError, RepeatableError
from data.store import Store, open_store_at
from tests.postgresql import Server
from tests.small_disk import SmallDisk, small_disk

ROOT = Path(__file__).resolve().parents[2]
BATCH = 400


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


def add_batch(session: Session) -> None:
    """Add four hundred units with long names."""
    first = session.scalar(select(func.count()).select_from(Unit)) or 0
    rows = [
        {"county": "c", "code": str(first + i), "name": "x" * 100, "level": "school"}
        for i in range(BATCH)
    ]
    session.execute(insert(Unit), rows)


def add_for_ever(store: Store) -> NoReturn:
    while True:
        store.change(add_batch)


def n_units(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Unit)) or 0


def store_on(disk: SmallDisk) -> Store:
    """Give a store with one batch of units on the small disk."""
    store = open_store_at(Home(disk.path / "store"))
    store.change(add_batch)
    return store


def test_a_full_disk_refuses_whole_batches_reads_on_and_recovers(disk: SmallDisk) -> None:
    store = store_on(disk)
    with pytest.raises(StorageError, match=r"is full \(SQLITE_FULL\).*can still be read"):
        add_for_ever(store)
    disk.fill()
    done = n_units(store) // BATCH
    assert n_units(store) == done * BATCH > BATCH
    with pytest.raises(StorageError, match="is full"):
        store.change(add_batch)
    assert n_units(store) == done * BATCH
    store.close()
    store = open_store_at(store.home)
    assert n_units(store) == done * BATCH
    disk.grow()
    store.change(add_batch)
    assert n_units(store) == (done + 1) * BATCH
    store.close()


def test_a_store_opens_for_reading_on_a_full_disk_and_writes_when_space_returns(
    disk: SmallDisk,
) -> None:
    store = store_on(disk)
    store.close()
    disk.fill()
    store = open_store_at(store.home)
    assert n_units(store) == BATCH
    with pytest.raises(StorageError, match="is full"):
        store.change(add_batch)
    with pytest.raises(StorageError, match="is full"), lake.new_bundle(store.home) as bundle:
        bundle.add_table("t.parquet", pa.table({"n": list(range(1000))}))
    assert n_units(store) == BATCH
    disk.free()
    store.change(add_batch)
    assert n_units(store) == 2 * BATCH
    store.close()


def test_a_store_opens_for_reading_on_a_read_only_disk_and_writes_when_it_may(
    disk: SmallDisk,
) -> None:
    store = store_on(disk)
    store.close()
    disk.make_read_only()
    store = open_store_at(store.home)
    assert n_units(store) == BATCH
    with pytest.raises(ReadOnlyError, match="can only be read"):
        store.change(add_batch)
    with pytest.raises(ReadOnlyError, match="can only be read"), lake.publishing(store.home):
        pass
    with pytest.raises(ReadOnlyError, match="can only be read"), lake.new_bundle(store.home):
        pass
    disk.make_writable()
    store.change(add_batch)
    assert n_units(store) == 2 * BATCH
    store.close()


def test_a_read_only_disk_shows_what_a_killed_program_had_confirmed(disk: SmallDisk) -> None:
    home = killed_after_a_batch(disk)
    disk.make_read_only()
    store = open_store_at(home)
    assert n_units(store) == 2 * BATCH
    store.close()
    disk.make_writable()


def test_a_log_that_cannot_be_read_is_told_and_never_left_out(disk: SmallDisk) -> None:
    """The second batch stands in the log alone: without it the figures would be old."""
    home = killed_after_a_batch(disk)
    home.database.with_name("catalogue.sqlite-shm").unlink()
    disk.make_read_only()
    with pytest.raises(StorageError, match="cannot be opened"):
        open_store_at(home)
    disk.make_writable()
    store = open_store_at(home)
    assert n_units(store) == 2 * BATCH
    store.close()


def killed_after_a_batch(disk: SmallDisk) -> Home:
    """Give the home of a program that was killed right after its second batch."""
    store = store_on(disk)
    store.close()
    command = [sys.executable, "-c", _ADD_AND_WAIT, str(store.home.root)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "confirmed\n"
        program.kill()
    return store.home


_ADD_AND_WAIT = """
import sys, time
from pathlib import Path
from typing import NoReturn
from data.home import Home
from data.store import open_store_at
from tests.data.test_store_faults import add_batch
store = open_store_at(Home(Path(sys.argv[1])))
store.change(add_batch)
print("confirmed", flush=True)
time.sleep(600)
"""


def test_opening_a_store_that_stands_writes_nothing(sqlite_store: Store) -> None:
    sqlite_store.change(add_batch)
    sqlite_store.close()
    root = sqlite_store.home.root
    before = moments_of_writing(root)
    store = open_store_at(sqlite_store.home)
    assert n_units(store) == BATCH
    store.close()
    after = moments_of_writing(root)
    assert len(before) >= 3
    assert after == before


def moments_of_writing(root: Path) -> dict[Path, tuple[int, int]]:
    """Return when each file was last written, and its size."""
    files = {path: path.stat() for path in root.rglob("*") if path.is_file()}
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in files.items()}


def test_a_file_that_may_not_grow_is_told_as_a_failing_disk(sqlite_store: Store) -> None:
    sqlite_store.change(add_batch)
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = sqlite_store.home.database.with_name("catalogue.sqlite-wal")
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 8192, hard))
        with pytest.raises(StorageError, match="disk of the store fails"):
            sqlite_store.change(add_batch)
        assert n_units(sqlite_store) == BATCH
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_soft, hard))
    sqlite_store.change(add_batch)
    assert n_units(sqlite_store) == 2 * BATCH


def test_a_damaged_catalogue_is_told(sqlite_store: Store) -> None:
    sqlite_store.change(add_batch)
    sqlite_store.close()
    file = sqlite_store.home.database
    content = bytearray(file.read_bytes())
    content[:16] = b"\0" * 16
    file.write_bytes(content)
    with pytest.raises(StorageError, match=r"is damaged \(SQLITE_NOTADB\)"):
        open_store_at(sqlite_store.home)


def test_a_database_set_to_read_only_is_read_and_says_so(
    postgresql: Server, postgresql_store: Store
) -> None:
    postgresql_store.change(add_batch)
    postgresql_store.close()
    url = postgresql_store.home.database_url
    assert url is not None
    postgresql.execute(f"ALTER DATABASE {url.database} SET default_transaction_read_only = on")
    store = open_store_at(postgresql_store.home)
    assert n_units(store) == BATCH
    with pytest.raises(ReadOnlyError, match=r"can only be read \(25006\)"):
        store.change(add_batch)
    store.close()


def test_a_server_that_is_not_there_is_told_by_every_door(tmp_path: Path) -> None:
    url = parse_database_url(f"postgresql:///zhunsheng?host={tmp_path}")
    store = Store(
        Home(tmp_path / "store", url), engines_of(Home(tmp_path, url)), DuckDBEngine()
    )
    store.home.make_folders()
    for door in (
        lambda: n_units(store),
        lambda: store.change(add_batch),
        lambda: open_store_at(store.home),
        lambda: lake.publishing(store.home).__enter__(),
    ):
        with pytest.raises(RepeatableError, match="does not answer") as caught:
            door()
        assert str(tmp_path) not in str(caught.value)


def test_a_folder_without_rights_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write wherever the disk does; the small disk stands for it")
    tmp_path.chmod(0o500)
    with pytest.raises(ReadOnlyError, match="can only be read"):
        open_store_at(Home(tmp_path / "store"))
