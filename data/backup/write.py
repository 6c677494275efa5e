"""Write a backup of a live store: rows of one moment, and the files that they name."""

import hashlib
import io
import os
import tarfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from core.errors import DataError, SettingsError
from data import lake
from data.audit import now, record_event
from data.audit_anchor import anchor_path, read_anchor
from data.backup.manifest import FORMAT, MANIFEST, Manifest, key_fingerprints
from data.backup.rows import TABLES, dumped, rows_file
from data.bundles import named_bundles, published_hashes
from data.roster_keys import is_changing
from data.schema import NEWEST_REVISION
from data.storage_faults import told
from data.store import Store

_ATTEMPTS = 3
_PARTIAL = ".partial"


@dataclass(frozen=True, slots=True)
class Backup:
    """A written backup."""

    path: Path
    n_files: int
    n_bytes: int


@dataclass(slots=True)
class _Contents:
    """What has been written so far."""

    files: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


def write_backup(store: Store, path: Path, *, actor: str) -> Backup:
    """Write a backup beside a running store; nobody waits for it.

    Every file is compared with the hash that was published while it is copied. The backup
    appears under its name only when it is whole and on the disk.

    Raises
    ------
    SettingsError
        While the change of a key is unfinished.
    DataError
        When a file of the lake is missing or changed: that must be mended first.
    StorageError
        When the disk cannot take it.
    """
    if is_changing(store.home):
        raise SettingsError(
            "The change of the roster's key was cut short, so that 2 keys are in use; 1 is "
            "required for a backup. Run rotate-keys again, then make the backup.",
            "更换名册密钥的操作没有完成，目前有 2 个密钥在用，备份要求只有 1 个。"
            "请先重新运行 rotate-keys，再做备份。",
        )
    for attempt in range(_ATTEMPTS):
        try:
            with told():
                backup = _write(store, path)
            break
        except (FileNotFoundError, DataError):
            # A draft that ended, or a pupil's deletion, took a bundle away meanwhile.
            if attempt == _ATTEMPTS - 1:
                raise
    detail = f"files {backup.n_files}, bytes {backup.n_bytes}"
    store.change(
        lambda session: record_event(
            session, actor=actor, action="backup", what=path.name, detail=detail
        )
    )
    return backup


def _write(store: Store, path: Path) -> Backup:
    draft = path.with_name(path.name + _PARTIAL)
    contents = _Contents()
    try:
        with tarfile.open(draft, "w") as archive:
            # The anchor first: the trail that is read after it holds it in any case.
            anchor = read_anchor(anchor_path(store.home))
            with store.read() as session:
                _add_rows(archive, contents, session)
                bundles = named_bundles(session)
                hashes = published_hashes(session)
            for bundle in sorted(bundles):
                _add_bundle(archive, contents, store.home.lake / bundle, hashes)
            manifest = Manifest(
                format=FORMAT,
                revision=NEWEST_REVISION,
                made_at=now().isoformat(timespec="seconds"),
                rows=contents.rows,
                files=contents.files,
                keys=key_fingerprints(store.home),
                anchor=asdict(anchor) if anchor else {},
            )
            _add(archive, MANIFEST, manifest.written())
        with draft.open("rb") as stream:
            os.fsync(stream.fileno())
        draft.rename(path)
        lake.flush_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)
    return Backup(path, len(contents.files), path.stat().st_size)


def _add_rows(archive: tarfile.TarFile, contents: _Contents, session: Session) -> None:
    for table in TABLES:
        lines = list(dumped(session, table))
        contents.rows[table.name] = len(lines)
        content = "".join(f"{line}\n" for line in lines).encode()
        name = rows_file(table.name)
        contents.files[name] = hashlib.sha256(content).hexdigest()
        _add(archive, name, content)


def _add_bundle(
    archive: tarfile.TarFile, contents: _Contents, folder: Path, hashes: dict[str, str]
) -> None:
    for file in sorted(folder.iterdir()):
        content = file.read_bytes()
        own = f"{folder.name}/{file.name}"
        digest = hashlib.sha256(content).hexdigest()
        if hashes.get(own, digest) != digest:
            raise DataError(
                f"The stored file {own} was changed after it was published. The backup was not "
                "made. Restore the file from an earlier backup first; see the command verify.",
                f"已存文件 {own} 在发布后被改动，未生成备份。"
                "请先从更早的备份恢复该文件；参见 verify 命令。",
            )
        contents.files[f"lake/{own}"] = digest
        _add(archive, f"lake/{own}", content)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))
