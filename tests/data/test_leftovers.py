"""What a crash leaves behind goes: uploads, drafts of keys, deleted rows in the log."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, text
from sqlalchemy.orm import Session

from data import leftovers
from data.records import Unit
from data.store import Store, open_store_at

SECRET = "secret" * 20
DAY = 86_400


def add(session: Session) -> None:
    row = {"county": "c", "code": "u", "name": SECRET, "level": "school"}
    session.execute(insert(Unit), [row])


def remove(session: Session) -> None:
    session.execute(delete(Unit).where(Unit.code == "u"))


def files_with_secret(store: Store) -> list[str]:
    root = store.home.root
    files = [path for path in root.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if SECRET.encode() in path.read_bytes())


def test_what_was_deleted_is_in_no_file_while_others_hold_the_store_open(
    sqlite_store: Store,
) -> None:
    other = open_store_at(sqlite_store.home)
    sqlite_store.change(add)
    with other.read() as session:
        session.execute(text("SELECT 1"))
    assert files_with_secret(sqlite_store) == ["catalogue.sqlite-wal"]
    leftovers.expect_deletion(sqlite_store.home)
    sqlite_store.change(remove)
    assert leftovers.clear_log(sqlite_store.home)
    assert files_with_secret(sqlite_store) == []
    assert list(sqlite_store.home.staging.iterdir()) == []
    other.close()


@pytest.mark.parametrize("is_reopened", [True, False])
def test_a_log_that_a_reader_kept_is_emptied_at_the_next_start_or_change(
    sqlite_store: Store, is_reopened: bool
) -> None:
    home = sqlite_store.home
    sqlite_store.change(add)
    with closing(sqlite3.connect(home.database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM unit").fetchone()
        leftovers.expect_deletion(home)
        sqlite_store.change(remove)
        assert not leftovers.clear_log(home)
        assert "catalogue.sqlite-wal" in files_with_secret(sqlite_store)
        reader.execute("COMMIT")
        if is_reopened:
            open_store_at(home).close()
        else:
            sqlite_store.change(lambda session: session.execute(text("SELECT 1")) and None)
        assert files_with_secret(sqlite_store) == []
        assert leftovers.clear_log(home)


def test_a_database_server_has_no_log_of_ours(postgresql_store: Store) -> None:
    leftovers.expect_deletion(postgresql_store.home)
    assert leftovers.clear_log(postgresql_store.home)


def aged(path: Path, *, seconds: float) -> Path:
    path.write_text("示例甲", encoding="utf-8")
    moment = time.time() - seconds
    os.utime(path, (moment, moment))
    return path


def test_an_upload_of_yesterday_is_removed_at_the_next_start(sqlite_store: Store) -> None:
    folder = sqlite_store.home.uploads
    folder.mkdir(mode=0o700)
    old = aged(folder / f"{'a' * 32}.csv", seconds=DAY + 60)
    new = aged(folder / f"{'b' * 32}.csv", seconds=DAY - 60)
    os.utime(folder, (0, 0))  # the age of the folder says nothing
    open_store_at(sqlite_store.home).close()
    assert (old.exists(), new.exists()) == (False, True)


def test_a_key_that_was_being_made_leaves_no_draft(sqlite_store: Store) -> None:
    keys = sqlite_store.home.keys
    drafts = [keys / ".audit.0a1b2c3d", keys / ".roster.0a1b2c3d"]
    kept = {path.name for path in keys.iterdir()}
    for draft in drafts:
        draft.write_bytes(b"k" * 32)
    open_store_at(sqlite_store.home).close()
    assert {path.name for path in keys.iterdir()} == kept
