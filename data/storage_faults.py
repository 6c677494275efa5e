"""What disks and databases report, told in words a person can act on.

Driver errors name codes, files and statements. Here each known one becomes a StorageError that
says what happened, that nothing was changed, and what to do; any other stays what it was, for
it is a fault of this program.

References
----------
SQLite, Result and Error Codes. PostgreSQL 15, Appendix A. Error Codes.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import StorageError

PATIENCE_SECONDS = 30
"""Longest wait for other writers before one is told to try again."""


class RepeatableError(StorageError):
    """Nothing was changed, and the same unit of work may succeed when it is done again."""


class ReadOnlyError(StorageError):
    """Nothing can be written here; what is published can be read."""


_WORDS = {
    "busy": (
        f"Others have been writing for more than {PATIENCE_SECONDS} seconds ({{code}}). "
        "Nothing was changed. Wait a moment and do it again.",
        f"其他写入已持续超过 {PATIENCE_SECONDS} 秒（{{code}}）。未作任何改动。请稍后重做。",
    ),
    "full": (
        "The disk of the store is full ({code}). Nothing was changed, and what is published "
        "can still be read. Free space on it and do it again.",
        "库所在的磁盘已满（{code}）。未作任何改动，已发布的内容仍可查看。请腾出空间后重做。",
    ),
    "read_only": (
        "The store can only be read ({code}). Nothing was changed, and what is published can "
        "still be read. Make its disk or database writable and do it again.",
        "库目前只能读取（{code}）。未作任何改动，已发布的内容仍可查看。"
        "请恢复磁盘或数据库的写入权限后重做。",
    ),
    "disk": (
        "The disk of the store fails ({code}). Nothing was changed. Check the disk; if the "
        "fault stays, restore the store from a backup.",
        "库所在的磁盘读写失败（{code}）。未作任何改动。请检查磁盘；若仍失败，请从备份恢复。",
    ),
    "damaged": (
        "The catalogue is damaged ({code}). Nothing was changed. Restore it from a backup.",
        "目录库已损坏（{code}）。未作任何改动。请从备份恢复。",
    ),
    "unopened": (
        "The catalogue file cannot be opened ({code}). Nothing was changed. See that it is "
        "there, that its disk is mounted and that this program may read and write it.",
        "无法打开目录库文件（{code}）。未作任何改动。请确认文件存在、磁盘已挂载、本程序有读写权限。",
    ),
    "crowded": (
        "More requests wait for the database than it has connections ({code}). Nothing was "
        "changed. Wait a moment and do it again.",
        "等待数据库的请求超过其连接数（{code}）。未作任何改动。请稍后重做。",
    ),
    "unreachable": (
        "The database does not answer, or does not let this program in ({code}). Nothing was "
        "changed. See that it runs, can be reached from here, and that role, password and name "
        "in ZHUNSHENG_DATABASE_URL are right; then do it again.",
        "数据库没有应答，或拒绝本程序登录（{code}）。未作任何改动。请确认数据库正在运行、可从本机连接，"
        "且 ZHUNSHENG_DATABASE_URL 中的角色、密码和数据库名正确，然后重做。",
    ),
    "refused": (
        "The database refuses this program ({code}). Nothing was changed. Check role, password "
        "and name of the database in ZHUNSHENG_DATABASE_URL, and the role's rights.",
        "数据库拒绝本程序（{code}）。未作任何改动。请检查 ZHUNSHENG_DATABASE_URL 中的角色、"
        "密码、数据库名以及该角色的权限。",
    ),
    "collided": (
        "Another program changed the same rows at the same time ({code}). Nothing was changed. "
        "Do it again.",
        "另一个程序同时改动了相同的内容（{code}）。未作任何改动。请重做。",
    ),
    "unsure": (
        "The database was lost while it confirmed a change ({code}). Whether the change stands "
        "is not known. Look whether it does before you do it again.",
        "数据库在确认改动时中断（{code}），尚不知改动是否生效。请先查看是否已生效，再决定是否重做。",
    ),
}
_CLASSES: dict[str, type[StorageError]] = {
    "collided": RepeatableError,
    "unreachable": RepeatableError,
    "read_only": ReadOnlyError,
}

# SQLite: the low byte is the primary code, the whole code the exact cause.
_SQLITE = {
    5: "busy",  # BUSY
    6: "busy",  # LOCKED
    8: "read_only",  # READONLY
    10: "disk",  # IOERR
    11: "damaged",  # CORRUPT
    13: "full",  # FULL
    14: "unopened",  # CANTOPEN
    26: "damaged",  # NOTADB
}
_SQLITE_EXACT = {4874: "full"}  # IOERR_SHMSIZE: no room for the index of the log
# IOERR_FSYNC, IOERR_DIR_FSYNC: written, but whether it will outlast the power is not known.
_NOT_FLUSHED = (1034, 1290)

# PostgreSQL: a whole code goes before its class, the first two signs.
_POSTGRESQL = {
    "08": "unreachable",  # connection exceptions
    "25006": "read_only",  # a standby, or a database set to read only
    "25P03": "unreachable",  # idle in transaction for too long
    "28": "refused",  # wrong role or password
    "3D000": "refused",  # no such database
    "40001": "collided",  # serialization failure
    "40P01": "collided",  # deadlock
    "42501": "refused",  # a right is missing
    "53": "crowded",  # out of memory or of connections
    "53100": "full",
    "55P03": "busy",  # lock timeout
    "57P": "unreachable",  # shut down, crashed, starting
    "58": "disk",
    "58030": "disk",
    "XX001": "damaged",
    "XX002": "damaged",
}

_SYSTEM = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EIO: "disk",
}


def storage_error(
    error: BaseException, *, is_lost: bool = False, is_committing: bool = False
) -> StorageError | None:
    """Return the error in words, or None for one that is no fault of disk or database.

    Parameters
    ----------
    is_lost : bool
        Whether there is no connection: none came about, or it broke.
    is_committing : bool
        Whether it happened while the database confirmed the transaction: it may then have
        been confirmed although the answer did not come.
    """
    kind, code = _diagnosis(error, is_lost=is_lost)
    if kind is None:
        return None
    is_flushed = getattr(error, "sqlite_errorcode", None) not in _NOT_FLUSHED
    if is_committing and (kind == "unreachable" or not is_flushed):
        kind = "unsure"
    return fault(kind, code)


def fault(kind: str, code: str) -> StorageError:
    """Return the error of a kind, with the code that whoever repairs it looks up."""
    english, chinese = _WORDS[kind]
    return _CLASSES.get(kind, StorageError)(
        english.format(code=code), chinese.format(code=code)
    )


@contextmanager
def told() -> Iterator[None]:
    """Turn errors of the file system inside the block into StorageErrors."""
    try:
        yield
    except OSError as error:
        translated = storage_error(error)
        if translated is None:
            raise
        raise translated from error


def _diagnosis(error: BaseException, *, is_lost: bool) -> tuple[str | None, str]:
    sqlite_code = getattr(error, "sqlite_errorcode", None)
    if sqlite_code is not None:
        kind = _SQLITE_EXACT.get(sqlite_code) or _SQLITE.get(sqlite_code & 0xFF)
        return kind, str(getattr(error, "sqlite_errorname", sqlite_code))
    if isinstance(error, OSError):
        number = error.errno or 0
        return _SYSTEM.get(number), errno.errorcode.get(number, str(number))
    state = getattr(error, "sqlstate", None)
    if state is None:
        return ("unreachable" if is_lost else None), "no connection"
    found = (_POSTGRESQL[key] for key in (state, state[:3], state[:2]) if key in _POSTGRESQL)
    return next(found, "unreachable" if is_lost else None), state
