"""The lake: bundles of Parquet files, written once, made visible by one rename.

A bundle is a folder with a random name. It is written in the staging folder of the same file
system, every file and the folder are flushed to disk, then the folder is renamed into the lake.
Only the catalogue makes it visible: a crash leaves at most a bundle that nobody names, which
the next start sweeps away: it left a marker in the staging area before it was renamed.
"""

import hashlib
import io
import os
import re
import shutil
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import DataError
from data.home import Home
from data.locks import PUBLICATION_KEY, database_lock, file_lock
from data.storage_faults import told

_CHUNK = 1 << 20
_ROW_GROUP = 131_072  # rows: small enough to read one school, large enough for all
_NAME = re.compile(r"[0-9a-f]{32}")
_WAITING = ".waiting"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a bundle: its path relative to the lake, its SHA-256 and its rows."""

    path: str
    sha256: str
    n_rows: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle being written; ``folder`` lies in the staging area until it is sealed."""

    name: str
    folder: Path

    @told()
    def add_table(self, file_name: str, table: pa.Table) -> StoredFile:
        """Write a table as Parquet and flush it to disk."""
        path = self.folder / file_name
        with path.open("wb") as stream:
            pq.write_table(table, stream, compression="zstd", row_group_size=_ROW_GROUP)
            _flush(stream.fileno())
        return StoredFile(f"{self.name}/{file_name}", _sha256(path), table.num_rows)

    @told()
    def add_bytes(self, file_name: str, content: bytes) -> None:
        """Write bytes and flush them to disk."""
        with (self.folder / file_name).open("wb") as stream:
            stream.write(content)
            stream.flush()
            _flush(stream.fileno())

    @told()
    def seal(self, home: Home) -> None:
        """Rename the folder into the lake; from here on its files never change.

        A marker in the staging area says that the bundle waits for the catalogue, so that a
        sweep after a crash knows what it may remove, and nothing else.
        """
        flush_folder(self.folder)
        marker = home.staging / f"{self.name}{_WAITING}"
        marker.touch(mode=0o600)
        flush_folder(home.staging)
        self.folder.rename(home.lake / self.name)
        flush_folder(home.lake)


@contextmanager
def publishing(home: Home) -> Iterator[None]:
    """Hold the store's publication lock; it is freed when the process dies.

    Wait for it outside of any transaction of the catalogue, never inside of one.

    Raises
    ------
    StorageError
        When the disk or the database cannot be used.
    """
    with _publication_lock(home, is_patient=True):
        yield


@contextmanager
def publishing_if_idle(home: Home) -> Iterator[bool]:
    """Give whether nobody was publishing; if so, hold the publication lock."""
    with _publication_lock(home, is_patient=False) as is_idle:
        yield is_idle


@contextmanager
def new_bundle(home: Home) -> Iterator[Bundle]:
    """Give an empty bundle in the staging area; seal it and name it inside the block."""
    name = uuid.uuid4().hex
    folder = home.staging / name
    with told():
        folder.mkdir(mode=0o700)
    try:
        yield Bundle(name, folder)
        # By now the catalogue may name the bundle: what stands is no failure because a marker
        # is left, and the next sweep removes that.
        with suppress(OSError):
            (home.staging / f"{name}{_WAITING}").unlink(missing_ok=True)
    finally:
        # A sealed bundle is left to the sweep, which asks the catalogue whether it is named.
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def removing(home: Home, names: Collection[str]) -> Iterator[None]:
    """Remove bundles that the block drops from the catalogue; a crash leaves them to the sweep.

    Call it only while nobody else can need them, such as drafts that end.

    Raises
    ------
    StorageError
        When the disk takes no marker; nothing was changed.
    """
    with told():
        for name in names:
            (home.staging / f"{name}{_WAITING}").touch(mode=0o600)
    yield
    for name in names:
        with suppress(OSError):  # what the catalogue dropped is dropped; the sweep comes back
            _discard(home, name)


def sweep(home: Home, *, known: Collection[str]) -> list[str]:
    """Remove what killed publications left; call it only while holding ``publishing``.

    Only bundles whose own marker stands in the staging area are touched: a lake beside an
    older or empty catalogue, as after a restore, keeps every file.

    Parameters
    ----------
    known : collection of str
        Names of the bundles that the catalogue refers to.

    Returns
    -------
    list of str
        Names of the bundles that were removed.
    """
    waiting = {path.name.removesuffix(_WAITING) for path in home.staging.glob(f"*{_WAITING}")}
    half = {path.name for path in home.staging.iterdir() if path.is_dir()}
    removed = sorted(name for name in (waiting - set(known)) | half if _NAME.fullmatch(name))
    for name in removed:
        _discard(home, name)
    for name in waiting & set(known):
        (home.staging / f"{name}{_WAITING}").unlink()
    return removed


def read_table(home: Home, path: str, *, sha256: str) -> pd.DataFrame:
    """Read a stored table of the lake, after comparing it with what was published.

    Raises
    ------
    DataError
        When the file is missing or was changed.
    """
    # Read once: what is compared is what is parsed.
    try:
        content = (home.lake / path).read_bytes()
    except FileNotFoundError:
        raise _damaged(path, is_missing=True) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _damaged(path, is_missing=False)
    frame: pd.DataFrame = pq.read_table(io.BytesIO(content)).to_pandas()
    return frame


def verify(home: Home, path: str, *, sha256: str) -> None:
    """Compare a file of the lake with the hash that was published.

    Raises
    ------
    DataError
        When the file is missing or was changed.
    """
    file = home.lake / path
    if not file.is_file():
        raise _damaged(path, is_missing=True)
    if _sha256(file) != sha256:
        raise _damaged(path, is_missing=False)


def _damaged(path: str, *, is_missing: bool) -> DataError:
    found, found_zh = (
        ("is missing", "缺失")
        if is_missing
        else ("was changed after it was published", "在发布后被改动")
    )
    return DataError(
        f"The stored file {path} {found}. No figure is shown from it. Restore the store's "
        "folder lake/ from a backup.",
        f"已存文件 {path} {found_zh}，不显示由它得出的任何数字。"
        "请从备份恢复库中的 lake/ 文件夹。",
    )


@contextmanager
def _publication_lock(home: Home, *, is_patient: bool) -> Iterator[bool]:
    """Lock out this machine, then whoever else shares the database and perhaps the lake."""
    with file_lock(home.root / "publish.lock", is_patient=is_patient) as is_mine:
        if home.database_url is None or not is_mine:
            yield is_mine
            return
        with database_lock(
            home.database_url, PUBLICATION_KEY, is_patient=is_patient
        ) as is_ours:
            yield is_ours


def _discard(home: Home, name: str) -> None:
    for folder in (home.staging, home.lake):
        shutil.rmtree(folder / name, ignore_errors=True)
    if not (home.lake / name).exists():  # else the marker stays for the next sweep
        (home.staging / f"{name}{_WAITING}").unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _flush(descriptor: int) -> None:
    os.fsync(descriptor)


def flush_folder(folder: Path) -> None:
    """Flush the names of a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _flush(descriptor)
    finally:
        os.close(descriptor)
