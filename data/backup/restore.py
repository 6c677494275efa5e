"""Restore a backup to a new place: checked file by file, put in place only when whole."""

import hashlib
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table

from core.errors import DataError, SettingsError
from data.audit_anchor import Anchor
from data.audit_anchor import replace as set_anchor
from data.backup.manifest import MANIFEST, Manifest, key_fingerprints, read_manifest
from data.backup.rows import continue_numbers, fill, rows_file
from data.database import migrating_engine
from data.home import Home
from data.pseudonym import KEY_NAMES
from data.schema import bring_up_to_date
from data.storage_faults import told


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought back."""

    home: Home
    made_at: str
    n_files: int
    n_rows: int


def restore_backup(backup: Path, home: Home, *, keys: Path) -> Restored:
    """Restore a backup into an empty place.

    Parameters
    ----------
    home : Home
        Its folder must be empty or not exist; with PostgreSQL its database must be empty.
    keys : Path
        Folder with the key files that belong to the backup.

    Raises
    ------
    SettingsError
        When the place is not empty, or the keys are missing or others.
    DataError
        When the backup is damaged; nothing of it stays in the place.
    """
    if home.root.exists() and any(home.root.iterdir()):
        raise SettingsError(
            f"The folder {home.root.name!r} is not empty. A backup is restored into an "
            "empty place only, so that nothing is overwritten; name another folder.",
            f"文件夹“{home.root.name}”不是空的。备份只能恢复到空文件夹，以免覆盖任何内容；"
            "请换一个文件夹。",
        )
    with told():
        try:
            return _restore(backup, home, keys=keys)
        except BaseException:
            shutil.rmtree(home.root, ignore_errors=True)
            raise


def _restore(backup: Path, home: Home, *, keys: Path) -> Restored:
    home.make_folders()
    _copy_keys(keys, home)
    with _opened(backup) as archive:
        manifest = read_manifest(_content(archive, MANIFEST))
        _require_fit(manifest, home)
        for name in manifest.files:
            content = _checked(archive, manifest, name)
            if name.startswith("lake/"):
                _put(home.lake, name.removeprefix("lake/"), content)
        n_rows = _fill_catalogue(archive, manifest, home)
    if manifest.anchor:
        set_anchor(home, Anchor(int(manifest.anchor["id"]), str(manifest.anchor["digest"])))
    return Restored(home, manifest.made_at, len(manifest.files), n_rows)


def _opened(backup: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(backup, "r:")
    except (tarfile.TarError, OSError) as damage:
        raise DataError(
            f"{backup.name!r} is no backup, or it is damaged. Use another.",
            f"“{backup.name}”不是备份，或已损坏。请换用另一份备份。",
        ) from damage


def _copy_keys(keys: Path, home: Home) -> None:
    for name in KEY_NAMES:
        file = keys / f"{name}.key"
        if not file.is_file():
            raise SettingsError(
                f"The folder of keys has no {file.name}; {len(KEY_NAMES)} are required: "
                f"{', '.join(KEY_NAMES)}. A backup holds no keys: name the folder that has "
                "them (--keys).",
                f"密钥文件夹中没有 {file.name}；共需 {len(KEY_NAMES)} 个密钥："
                f"{'、'.join(KEY_NAMES)}。备份不含密钥，请用 --keys 指明保存密钥的文件夹。",
            )
        target = home.keys / file.name
        target.touch(mode=0o600)
        target.write_bytes(file.read_bytes())


def _require_fit(manifest: Manifest, home: Home) -> None:
    others = [
        name
        for name, found in key_fingerprints(home).items()
        if manifest.keys.get(name) != found
    ]
    if others:
        raise SettingsError(
            f"Keys that do not belong to this backup: {', '.join(others)}. With them no pupil "
            "could be linked or named. Name the folder with the keys of that store (--keys).",
            f"以下密钥不属于这份备份：{'、'.join(others)}。使用它们将无法关联或识别学生。"
            "请用 --keys 指明该库的密钥文件夹。",
        )


def _checked(archive: tarfile.TarFile, manifest: Manifest, name: str) -> bytes:
    content = _content(archive, name)
    if hashlib.sha256(content).hexdigest() != manifest.files[name]:
        raise _damaged(name)
    return content


def _content(archive: tarfile.TarFile, name: str) -> bytes:
    try:
        stream = archive.extractfile(name)
        if stream is not None:
            return stream.read()
    except (KeyError, tarfile.TarError, OSError) as damage:
        raise _damaged(name) from damage
    raise _damaged(name)


def _damaged(name: str) -> DataError:
    return DataError(
        f"The backup is damaged: {name} is missing or changed. Nothing was restored. Use "
        "another backup.",
        f"备份已损坏：{name} 缺失或被改动。未恢复任何内容。请换用另一份备份。",
    )


def _put(folder: Path, name: str, content: bytes) -> None:
    target = folder / name
    if not target.resolve().is_relative_to(folder.resolve()):
        raise _damaged(name)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    target.write_bytes(content)


def _fill_catalogue(archive: tarfile.TarFile, manifest: Manifest, home: Home) -> int:
    """Make the schema that the backup was made with, fill it, and bring it up to date."""
    bring_up_to_date(home, revision=manifest.revision)
    engine = migrating_engine(home)
    count = 0
    try:
        with engine.begin() as connection:
            for table in _tables(connection, manifest):
                _require_empty(connection, table)
                lines = _checked(archive, manifest, rows_file(table.name))
                found = fill(connection, table, lines.decode().splitlines())
                if found != manifest.rows[table.name]:
                    raise _damaged(rows_file(table.name))
                continue_numbers(connection, table)
                count += found
    finally:
        engine.dispose()
    bring_up_to_date(home)
    return count


def _tables(connection: Connection, manifest: Manifest) -> list[Table]:
    """Return the tables as the backup's schema has them, each after those it refers to."""
    schema = MetaData()
    schema.reflect(connection)
    tables = [table for table in schema.sorted_tables if table.name != "alembic_version"]
    missing = {table.name for table in tables} ^ set(manifest.rows)
    if missing:
        raise _damaged(rows_file(min(missing)))
    return tables


def _require_empty(connection: Connection, table: Table) -> None:
    if connection.execute(table.select().limit(1)).first() is not None:
        raise SettingsError(
            f"The database is not empty: table {table.name} has rows. A backup is restored "
            "into an empty database only.",
            f"数据库不是空的：表 {table.name} 已有记录。备份只能恢复到空数据库。",
        )
