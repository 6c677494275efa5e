"""The lake: bundles of Parquet files, written once, made visible by one rename.

A bundle is a folder with a random name. It is written in the staging folder of the same file
system, every file and the folder are flushed to disk, then the folder is renamed into the lake.
Only the catalogue makes it visible: a crash leaves at most a bundle that nobody names, which
the next publication or start sweeps away.
"""

import fcntl
import hashlib
import os
import shutil
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.home import Home

_CHUNK = 1 << 20


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

    def add_table(self, file_name: str, table: pa.Table) -> StoredFile:
        """Write a table as Parquet and flush it to disk."""
        path = self.folder / file_name
        with path.open("wb") as stream:
            pq.write_table(table, stream, compression="zstd")
            _flush(stream.fileno())
        return StoredFile(f"{self.name}/{file_name}", _sha256(path), table.num_rows)

    def add_bytes(self, file_name: str, content: bytes) -> None:
        """Write bytes and flush them to disk."""
        with (self.folder / file_name).open("wb") as stream:
            stream.write(content)
            stream.flush()
            _flush(stream.fileno())

    def seal(self, home: Home) -> None:
        """Rename the folder into the lake; from here on its files never change."""
        _flush_folder(self.folder)
        self.folder.rename(home.lake / self.name)
        _flush_folder(home.lake)


@contextmanager
def publishing(home: Home) -> Iterator[None]:
    """Hold the store's publication lock; the system frees it when the process dies."""
    with (home.root / "publish.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


@contextmanager
def new_bundle(home: Home) -> Iterator[Bundle]:
    """Give an empty bundle in the staging area; what was not sealed is removed."""
    name = uuid.uuid4().hex
    folder = home.staging / name
    folder.mkdir(mode=0o700)
    try:
        yield Bundle(name, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(home: Home, *, known: Collection[str]) -> list[str]:
    """Remove what crashed publications left; call it only while holding ``publishing``.

    Parameters
    ----------
    known : collection of str
        Names of the bundles that the catalogue refers to.

    Returns
    -------
    list of str
        Names of the folders that were removed.
    """
    orphans = [folder for folder in home.lake.iterdir() if folder.name not in known]
    leftovers = [*orphans, *home.staging.iterdir()]
    for folder in leftovers:
        shutil.rmtree(folder)
    return sorted(folder.name for folder in leftovers)


def read_table(home: Home, path: str) -> pd.DataFrame:
    """Read a stored table of the lake."""
    frame: pd.DataFrame = pq.read_table(home.lake / path).to_pandas()
    return frame


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _flush(descriptor: int) -> None:
    os.fsync(descriptor)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _flush(descriptor)
    finally:
        os.close(descriptor)
