"""Every point at which the store touches disk or database, where a test may break the work."""

import contextlib
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from sqlalchemy import Engine, event

Tell = Callable[[str], None]
"""Called with the name of a point before its work is done; what it raises, the work raises."""

_FILE_CALLS = ("mkdir", "rename", "replace", "link", "unlink", "rmdir", "fsync", "open")


@contextmanager
def watched(root: Path, tell: Tell) -> Iterator[None]:
    """Call ``tell`` before each statement, commit and file operation below ``root``.

    A Parquet file is half written before its point is told, as when a disk fills up.
    """
    with pytest.MonkeyPatch.context() as patch, _statements(tell):
        for name in _FILE_CALLS:
            patch.setattr(os, name, _watched_call(name, getattr(os, name), root, tell))
        patch.setattr(io, "open", _watched_call("create", io.open, root, tell))
        patch.setattr(pq, "write_table", _torn(pq.write_table, tell))
        yield


@contextmanager
def _statements(tell: Tell) -> Iterator[None]:
    def statement(_connection: Any, _cursor: Any, text: str, *_more: Any) -> None:
        tell("statement " + " ".join(text.split()[:3]))

    def commit(_connection: Any) -> None:
        tell("commit")

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", commit)


def _watched_call(name: str, call: Callable[..., Any], root: Path, tell: Tell) -> Any:
    def told(target: Any, *arguments: Any, **options: Any) -> Any:
        path = _path_of(target, options.get("dir_fd"))
        if _changes(name, arguments, options) and path.is_relative_to(root):
            tell(f"{name} {_kind_of(path, root)}")
        return call(target, *arguments, **options)

    return told


def _changes(name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> bool:
    """Whether a call may change the disk; opening a file to read it does not."""
    if name == "create":
        return set("wax+") & set(str((*arguments, options.get("mode", ""), "")[0])) != set()
    if name == "open":
        return bool(arguments and arguments[0] & (os.O_WRONLY | os.O_RDWR))
    return True


def _path_of(target: Any, folder: int | None) -> Path:
    if isinstance(target, int):
        target = Path(f"/proc/self/fd/{target}").readlink()
    path = Path(os.fsdecode(target))
    if folder is not None:
        path = Path(f"/proc/self/fd/{folder}").readlink() / path
    return path


def _kind_of(path: Path, root: Path) -> str:
    """Name the place without the random name of its bundle."""
    parts = path.relative_to(root).parts or ("store",)
    named = [f"bundle{Path(p).suffix}" if len(Path(p).stem) == 32 else p for p in parts]
    return "/".join(named)


def _torn(write: Callable[..., Any], tell: Tell) -> Callable[..., Any]:
    def told(table: Any, stream: Any, **options: Any) -> Any:
        whole = io.BytesIO()
        write(table, whole, **options)
        content = whole.getvalue()
        try:
            tell("write_table")
        except BaseException:
            with contextlib.suppress(ValueError):
                stream.write(content[: len(content) // 2])
            raise
        return stream.write(content)

    return told
