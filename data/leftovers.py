"""What a crash or a reader leaves behind where nobody looks, and its removal.

* Uploads whose check was killed.
* Drafts of keys whose maker was killed: they hold the key.
* What was deleted from a SQLite catalogue: ``secure_delete`` overwrites it in the file, but the
  log beside it (``catalogue.sqlite-wal``) keeps the rows until it is emptied, which a reader in
  the midst of a transaction prevents. A marker in the staging area says that it waits.
"""

import re
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from data.home import Home
from data.pseudonym import KEY_NAMES
from data.storage_faults import told

UPLOAD_SECONDS = 86_400
"""Age at which an upload is none that is being checked."""

_LOG_WAITS = "catalogue-log"
_KEY_DRAFT = re.compile(rf"\.({'|'.join(KEY_NAMES)})\.[0-9a-f]{{8}}")
_EMPTY_LOG = "pragma wal_checkpoint(truncate)"


def uploads(home: Home, *, is_old: bool) -> list[Path]:
    """Return the uploads on the disk: those that were left behind, or those of today."""
    if not home.uploads.is_dir():
        return []
    before = time.time() - UPLOAD_SECONDS
    found = []
    for path in home.uploads.iterdir():
        with suppress(FileNotFoundError):  # its check has just ended
            if (path.stat().st_mtime < before) == is_old:
                found.append(path)
    return found


def key_drafts(home: Home) -> list[Path]:
    """Return the drafts of keys; only under the publication lock is none of them being made."""
    return [path for path in home.keys.iterdir() if _KEY_DRAFT.fullmatch(path.name)]


@told()
def remove(paths: list[Path]) -> None:
    """Remove files that were left behind."""
    for path in paths:
        path.unlink(missing_ok=True)


@told()
def expect_deletion(home: Home) -> None:
    """Note that the log must be emptied; call it before rows are deleted that must be gone."""
    if home.database_url is None:
        (home.staging / _LOG_WAITS).touch(mode=0o600)


def is_log_waiting(home: Home) -> bool:
    """Whether deleted rows may still stand in the log of the catalogue."""
    return (home.staging / _LOG_WAITS).exists()


def clear_log(home: Home, *, seconds: float = 0) -> bool:
    """Empty the log if deleted rows wait in it; return whether none does any more.

    Never raises: what was deleted is deleted, and the next start or change tries again.

    Parameters
    ----------
    seconds : float
        How long to wait for those who read.
    """
    if not is_log_waiting(home):
        return True
    try:
        with closing(sqlite3.connect(home.database, timeout=seconds)) as connection:
            is_busy, _, _ = connection.execute(_EMPTY_LOG).fetchone()
        if not is_busy:
            (home.staging / _LOG_WAITS).unlink(missing_ok=True)
    except (sqlite3.Error, OSError):
        return False
    return not is_busy
