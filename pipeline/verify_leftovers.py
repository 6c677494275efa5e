"""The part of a verification that looks for what a crash or a reader left behind."""

from collections.abc import Callable, Iterator
from functools import partial

from core.findings import Finding, Severity
from data import leftovers
from data.store import Store

_HOURS = leftovers.UPLOAD_SECONDS // 3600


def leftover_checks(store: Store) -> Iterator[Callable[[], Iterator[Finding]]]:
    """Look for uploads, drafts of keys and deleted rows that should be gone."""
    for check in (_uploads, _key_drafts, _log):
        yield partial(check, store)


def _uploads(store: Store) -> Iterator[Finding]:
    old, new = (len(leftovers.uploads(store.home, is_old=is_old)) for is_old in (True, False))
    if old:
        yield _left(
            "warning",
            f"uploads/ 中有 {old} 个上传文件超过 {_HOURS} 小时仍未删除，内含学生姓名和成绩。"
            "请重新启动本程序，它会删除它们；若仍在，请检查文件夹权限。",
            f"Uploads that are older than {_HOURS} hours and still there: {old}. They hold "
            "names and scores. Start this program again, which removes them; if they stay, "
            "check the rights of the folder uploads/.",
        )
    if new:
        yield _left(
            "note",
            f"uploads/ 中有 {new} 个上传文件：可能正在检查，也可能是程序中断时留下的；"
            f"满 {_HOURS} 小时后自动删除。",
            f"Uploads on the disk: {new}. They are being checked, or a crash left them; after "
            f"{_HOURS} hours they are removed.",
        )


def _key_drafts(store: Store) -> Iterator[Finding]:
    if n := len(leftovers.key_drafts(store.home)):
        yield _left(
            "warning",
            f"keys/ 中有 {n} 个生成密钥时中断而留下的文件，内含密钥。"
            "请重新启动本程序，它会删除它们。",
            f"Drafts of keys that a crash left in keys/: {n}. They hold a key. Start this "
            "program again, which removes them.",
        )


def _log(store: Store) -> Iterator[Finding]:
    if leftovers.is_log_waiting(store.home):
        yield _left(
            "warning",
            "已删除学生的加密身份仍可能留在 catalogue.sqlite-wal 中，因为当时有程序正在读取。"
            "请停止其他程序，再执行任一命令（如 exams），即可清除。",
            "The sealed identity of a deleted pupil may still stand in catalogue.sqlite-wal, "
            "since a program was reading. Stop the others and run any command, such as exams.",
        )


def _left(severity: Severity, chinese: str, english: str) -> Finding:
    return Finding(severity, "leftovers", None, None, None, chinese, english)
