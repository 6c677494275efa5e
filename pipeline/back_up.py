"""Backups: write one, thin out the old ones, restore to a new place, and practise it."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.errors import SettingsError
from core.findings import Finding
from data.audit import now
from data.backup.restore import Restored, restore_backup
from data.backup.retention import backup_name, expired_in
from data.backup.write import Backup, write_backup
from data.home import Home
from data.store import Store, open_store_at
from pipeline.verify import verify_store


@dataclass(frozen=True, slots=True)
class Drill:
    """What a practised restore found.

    Attributes
    ----------
    findings : tuple of Finding
        What ``verify`` says of the restored store; empty when it is whole.
    """

    restored: Restored
    findings: tuple[Finding, ...]


def back_up(store: Store, folder: Path, *, actor: str, thin_out: bool) -> tuple[Backup, int]:
    """Write a backup into a folder; return it and how many old ones were removed.

    Parameters
    ----------
    thin_out : bool
        Keep the newest backup of 7 days, 4 weeks and 12 months, and remove the others; one
        without releases counts only among its like.

    Raises
    ------
    SettingsError
        When the folder lies inside the store: it would be lost with it.
    """
    if folder.resolve().is_relative_to(store.home.root):
        raise SettingsError(
            "The folder of backups lies inside the store and would be lost with it. Name a "
            "folder on another disk.",
            "备份文件夹位于库的内部，会与库一同丢失。请指定另一块磁盘上的文件夹。",
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    backup = write_backup(store, folder / backup_name(now()), actor=actor)
    old = expired_in(folder) if thin_out else []
    for path in old:
        path.unlink()
    return backup, len(old)


def restore(backup: Path, home: Home, *, keys: Path) -> Drill:
    """Restore a backup to a new place and verify what came of it."""
    restored = restore_backup(backup, home, keys=keys)
    store = open_store_at(home)
    try:
        return Drill(restored, verify_store(store).findings)
    finally:
        store.close()


def drill(backup: Path, *, keys: Path) -> Drill:
    """Restore a backup into a temporary folder, verify it, and remove it again."""
    with tempfile.TemporaryDirectory(prefix="zhunsheng-drill-") as folder:
        return restore(backup, Home(Path(folder) / "store"), keys=keys)
