"""What disks and databases report becomes words in both languages; the rest stays a bug."""

import errno
import sqlite3

import psycopg.errors
import pytest

from core.errors import StorageError
from data.storage_faults import ReadOnlyError, RepeatableError, storage_error, told


def sqlite_fault(code: int, name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError("disk text with /a/path")
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (sqlite_fault(5, "SQLITE_BUSY"), "writing for more than 30 seconds"),
        (sqlite_fault(517, "SQLITE_BUSY_SNAPSHOT"), "writing for more than 30 seconds"),
        (sqlite_fault(8, "SQLITE_READONLY"), "can only be read"),
        (sqlite_fault(10, "SQLITE_IOERR"), "disk of the store fails"),
        (sqlite_fault(4874, "SQLITE_IOERR_SHMSIZE"), "disk of the store is full"),
        (sqlite_fault(11, "SQLITE_CORRUPT"), "catalogue is damaged"),
        (sqlite_fault(13, "SQLITE_FULL"), "disk of the store is full"),
        (sqlite_fault(14, "SQLITE_CANTOPEN"), "cannot be opened"),
        (sqlite_fault(26, "SQLITE_NOTADB"), "catalogue is damaged"),
        (psycopg.errors.SerializationFailure(), "same rows at the same time"),
        (psycopg.errors.DeadlockDetected(), "same rows at the same time"),
        (psycopg.errors.DiskFull(), "disk of the store is full"),
        (psycopg.errors.TooManyConnections(), "than it has connections"),
        (psycopg.errors.LockNotAvailable(), "writing for more than 30 seconds"),
        (psycopg.errors.AdminShutdown(), "does not answer"),
        (psycopg.errors.CannotConnectNow(), "does not answer"),
        (psycopg.errors.ReadOnlySqlTransaction(), "can only be read"),
        (psycopg.errors.InvalidPassword(), "refuses this program"),
        (psycopg.errors.InvalidCatalogName(), "refuses this program"),
        (psycopg.errors.IoError(), "disk of the store fails"),
        (psycopg.errors.DataCorrupted(), "catalogue is damaged"),
        (OSError(errno.ENOSPC, "x"), "disk of the store is full"),
        (OSError(errno.EROFS, "x"), "can only be read"),
        (OSError(errno.EIO, "x"), "disk of the store fails"),
    ],
    ids=lambda value: getattr(value, "sqlite_errorname", type(value).__name__),
)
def test_a_known_fault_says_what_happened_and_that_nothing_was_changed(
    error: Exception, message: str
) -> None:
    found = storage_error(error)
    assert found is not None
    assert message in found.message
    assert "Nothing was changed" in found.message
    assert "未作任何改动" in found.message_zh
    assert "/a/path" not in str(found)


@pytest.mark.parametrize(
    "error",
    [
        sqlite_fault(1, "SQLITE_ERROR"),
        sqlite_fault(2067, "SQLITE_CONSTRAINT_UNIQUE"),
        psycopg.errors.SyntaxError(),
        psycopg.errors.UniqueViolation(),
        psycopg.OperationalError("without a code"),
        FileNotFoundError(errno.ENOENT, "x"),
        ValueError("x"),
    ],
    ids=repr,
)
def test_a_fault_of_the_program_stays_what_it_was(error: Exception) -> None:
    assert storage_error(error) is None


def test_a_lost_connection_may_have_confirmed_what_it_was_confirming() -> None:
    lost = psycopg.OperationalError("server closed the connection")
    before = storage_error(lost, is_lost=True)
    after = storage_error(lost, is_lost=True, is_committing=True)
    assert isinstance(before, RepeatableError)
    assert after is not None
    assert not isinstance(after, RepeatableError)
    assert "Whether the change stands is not known" in after.message


def test_a_disk_that_fails_while_confirming_leaves_it_unsure() -> None:
    found = storage_error(sqlite_fault(1034, "SQLITE_IOERR_FSYNC"), is_committing=True)
    assert found is not None
    assert "is not known" in found.message


def test_errors_of_the_file_system_are_told() -> None:
    with pytest.raises(ReadOnlyError, match="EROFS") as caught, told():
        raise OSError(errno.EROFS, "Read-only file system", "/a/path")
    assert isinstance(caught.value, StorageError)
    assert isinstance(caught.value.__cause__, OSError)
    with pytest.raises(FileNotFoundError), told():
        raise FileNotFoundError(errno.ENOENT, "No such file")
