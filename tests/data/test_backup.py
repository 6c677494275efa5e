"""A backup of a live store comes back whole, to either database; a damaged one is refused."""

import io
import json
import tarfile
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.errors import DataError, SettingsError
from data.backup.manifest import MANIFEST
from data.backup.restore import restore_backup
from data.backup.retention import DAYS, MONTHS, WEEKS, backup_name, expired
from data.backup.rows import TABLES, dumped
from data.backup.write import write_backup
from data.catalogue import list_exams, read_statistic
from data.home import Home
from data.scope import OPERATOR
from data.store import Store, open_store_at
from pipeline.publish import publish
from pipeline.release_rows import stored_rows
from tests.builders import make_submission


@pytest.fixture
def filled(store: Store) -> Store:
    """Give a store with two exams of one cohort."""
    publish(store, make_submission("入学", day=date(2023, 9, 4), grade=7, seed=2), actor="test")
    publish(store, make_submission("期末"), actor="test")
    return store


@pytest.fixture
def backup(filled: Store, tmp_path: Path) -> Path:
    """Give a backup of it."""
    return write_backup(filled, tmp_path / backup_name(datetime(2026, 7, 1)), actor="test").path


def rows(store: Store, *, but: tuple[str, ...] = ()) -> dict[str, list[str]]:
    with store.read() as session:
        return {t.name: list(dumped(session, t)) for t in TABLES if t.name not in but}


def rewritten(backup: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Return a copy of a backup in which ``change`` replaced or dropped files."""
    copy = backup.with_name("changed.tar")
    with tarfile.open(backup) as old, tarfile.open(copy, "w") as new:
        for entry in old:
            stream = old.extractfile(entry)
            assert stream is not None
            content = change(entry.name, stream.read())
            if content is not None:
                entry.size = len(content)
                new.addfile(entry, io.BytesIO(content))
    return copy


def test_a_restored_store_equals_the_one_that_was_backed_up(
    filled: Store, backup: Path, tmp_path: Path
) -> None:
    home = Home(tmp_path / "new" / "store")
    restore_backup(backup, home, keys=filled.home.keys)
    again = open_store_at(home)
    # The event of the backup itself came after it.
    assert rows(again, but=("audit_event",)) == rows(filled, but=("audit_event",))
    assert rows(again)["audit_event"] == rows(filled)["audit_event"][:-1]
    release = list_exams(OPERATOR, again)[0]
    assert read_statistic(OPERATOR, again, release.release_id, "score_histogram") is not None
    assert len(stored_rows(again, release).roster) == 36
    assert publish(again, make_submission("期中", seed=5), actor="test").release_id == 3


def test_a_backup_names_no_pupil_and_holds_no_key(filled: Store, backup: Path) -> None:
    content = backup.read_bytes()
    assert b"T00007" not in content
    assert "示例学生7".encode() not in content
    for key in filled.home.keys.glob("*.key"):
        assert key.read_bytes() not in content


def test_a_backup_while_others_publish_is_of_one_moment(filled: Store, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        seed = 10
        while not stop.is_set():
            publish(filled, make_submission(f"测验 {seed}", seed=seed), actor="writer")
            seed += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backups = [
            write_backup(filled, tmp_path / f"{k}.tar", actor="test").path for k in range(4)
        ]
    finally:
        stop.set()
        writer.join()
    for k, path in enumerate(backups):
        home = Home(tmp_path / f"restored-{k}")
        restore_backup(path, home, keys=filled.home.keys)
        again = open_store_at(home)
        exams = list_exams(OPERATOR, again)
        assert len(exams) >= 2
        for exam in exams:
            statistic = read_statistic(OPERATOR, again, exam.release_id, "score_histogram")
            assert statistic is not None
        again.close()


def test_a_place_that_is_not_empty_is_left_alone(backup: Path, filled: Store) -> None:
    before = sorted(filled.home.root.rglob("*"))
    with pytest.raises(SettingsError, match="not empty"):
        restore_backup(backup, filled.home, keys=filled.home.keys)
    assert sorted(filled.home.root.rglob("*")) == before


def test_foreign_keys_are_refused(backup: Path, tmp_path: Path) -> None:
    stranger = open_store_at(Home(tmp_path / "stranger"))
    with pytest.raises(SettingsError, match="do not belong"):
        restore_backup(backup, Home(tmp_path / "new"), keys=stranger.home.keys)
    assert not (tmp_path / "new").exists()
    with pytest.raises(SettingsError, match=r"no pseudonym\.key"):
        restore_backup(backup, Home(tmp_path / "new"), keys=tmp_path)


@pytest.mark.parametrize("name", ["catalogue/unit.jsonl", "lake/", MANIFEST])
@pytest.mark.parametrize("how", ["changed", "missing"])
def test_a_damaged_backup_restores_nothing(
    backup: Path, filled: Store, tmp_path: Path, name: str, how: str
) -> None:
    done: list[str] = []

    def damage(own: str, content: bytes) -> bytes | None:
        if done or not own.startswith(name):
            return content
        done.append(own)
        return None if how == "missing" else b"{}" + content[2:] + b"x"

    damaged = rewritten(backup, damage)
    assert done
    with pytest.raises(DataError):
        restore_backup(damaged, Home(tmp_path / "new"), keys=filled.home.keys)
    assert not (tmp_path / "new").exists()


def test_a_path_that_leads_out_of_the_lake_is_refused(
    backup: Path, filled: Store, tmp_path: Path
) -> None:
    def rename(own: str, content: bytes) -> bytes | None:
        if own != MANIFEST:
            return content
        values = json.loads(content)
        name = next(n for n in values["files"] if n.startswith("lake/"))
        values["files"]["lake/../../evil"] = values["files"].pop(name)
        return json.dumps(values).encode()

    with pytest.raises(DataError):
        restore_backup(rewritten(backup, rename), Home(tmp_path / "new"), keys=filled.home.keys)
    assert not (tmp_path / "evil").exists()


def test_what_is_no_backup_is_refused(tmp_path: Path, filled: Store) -> None:
    other = tmp_path / "x.tar"
    other.write_bytes(b"no archive at all")
    with pytest.raises(DataError, match="no backup"):
        restore_backup(other, Home(tmp_path / "new"), keys=filled.home.keys)


def test_a_store_with_a_changed_file_is_not_backed_up(filled: Store, tmp_path: Path) -> None:
    release = list_exams(OPERATOR, filled)[0]
    file = filled.home.lake / release.bundle / "scores.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(DataError, match="changed after it was published"):
        write_backup(filled, tmp_path / "b.tar", actor="test")
    assert not list(tmp_path.glob("b.tar*"))


def test_every_table_of_the_catalogue_is_in_a_backup(filled: Store, backup: Path) -> None:
    with tarfile.open(backup) as archive, filled.read() as session:
        names = set(archive.getnames())
        for table in TABLES:
            assert f"catalogue/{table.name}.jsonl" in names
            session.execute(select(table).limit(1))


def stamps() -> st.SearchStrategy[list[datetime]]:
    start = datetime(2024, 1, 1)
    minutes = st.integers(0, 3 * 365 * 24 * 60)
    return st.lists(minutes.map(lambda m: start + timedelta(minutes=m)), max_size=60)


@given(stamps())
def test_thinning_out_keeps_the_newest_and_one_a_period(moments: list[datetime]) -> None:
    paths = {Path(backup_name(at)): at for at in moments}
    gone = expired([*paths, Path("notes.txt"), Path("zhunsheng-old.tar")])
    kept = set(paths) - set(gone)
    assert len(kept) <= DAYS + WEEKS + MONTHS
    assert set(gone) <= set(paths)
    if paths:
        assert max(paths, key=lambda p: paths[p]) in kept
        months = {(at.year, at.month) for at in moments}
        assert len({(paths[p].year, paths[p].month) for p in kept}) >= min(len(months), MONTHS)
    assert expired(kept) == []
