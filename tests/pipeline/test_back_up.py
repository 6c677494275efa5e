"""A drill in one piece: a live store is backed up during writes, restored, verified clean."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import SettingsError
from data.audit import now
from data.backup.retention import backup_name
from data.backup.write import write_backup
from data.home import Home
from data.store import Store, open_store_at
from pipeline.back_up import back_up, drill, restore
from pipeline.publish import publish
from tests.builders import make_scores, make_submission

MIB = 1 << 20


def size_of(store: Store) -> int:
    return sum(path.stat().st_size for path in store.home.lake.rglob("*") if path.is_file())


def fill(store: Store, *, megabytes: int, n_schools: int) -> None:
    """Publish releases of one large exam until the store has this size."""
    seed = 0
    while size_of(store) < megabytes * MIB:
        seed += 1
        scores = make_scores(n_schools=n_schools, n_pupils=400, seed=seed)
        submission = replace(make_submission("期末"), scores=scores, fingerprint=f"{seed:064d}")
        publish(store, submission, actor="test")


@pytest.mark.parametrize(
    ("megabytes", "n_schools"), [(1, 3), pytest.param(50, 100, marks=pytest.mark.slow)]
)
def test_a_live_store_is_backed_up_during_writes_and_comes_back_whole(
    store: Store, tmp_path: Path, megabytes: int, n_schools: int
) -> None:
    fill(store, megabytes=megabytes, n_schools=n_schools)
    stop = threading.Event()
    published: list[str] = []

    def write() -> None:
        while not stop.is_set():
            name = f"测验 {len(published)}"
            published.append(publish(store, make_submission(name), actor="writer").name)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backup, _ = back_up(store, tmp_path / "backups", actor="test", thin_out=True)
    finally:
        stop.set()
        writer.join()
    assert backup.n_bytes >= megabytes * MIB
    done = restore(backup.path, Home(tmp_path / "restored"), keys=store.home.keys)
    assert done.findings == ()
    assert drill(backup.path, keys=store.home.keys).findings == ()


def test_the_backup_of_an_empty_store_displaces_none_that_holds_releases(
    sqlite_store: Store, tmp_path: Path
) -> None:
    """Two backups of one day: only the newest of its kind is kept."""
    folder, empty = tmp_path / "backups", open_store_at(Home(tmp_path / "other"))
    publish(sqlite_store, make_submission("期末"), actor="test")
    folder.mkdir()
    old = folder / backup_name(now() - timedelta(seconds=2))
    write_backup(sqlite_store, old, actor="test")
    _, n_removed = back_up(empty, folder, actor="test", thin_out=True)
    assert (n_removed, old.exists(), len(list(folder.iterdir()))) == (0, True, 2)


def test_a_folder_inside_the_store_takes_no_backup(store: Store) -> None:
    with pytest.raises(SettingsError, match="inside the store"):
        back_up(store, store.home.root / "backups", actor="test", thin_out=False)
