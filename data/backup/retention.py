"""Which backups are kept: the newest of each of the last days, weeks and months.

A backup of an empty store displaces none that holds releases: each kind is counted by itself.
"""

import re
import tarfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from data.backup.rows import rows_file
from data.records import Release

PREFIX, SUFFIX, _STAMP = "zhunsheng-", ".tar", "%Y%m%dT%H%M%SZ"
_NAME = re.compile(rf"{PREFIX}(\d{{8}}T\d{{6}}Z){re.escape(SUFFIX)}")
DAYS, WEEKS, MONTHS = 7, 4, 12


def backup_name(at: datetime) -> str:
    """Return the file name of a backup made at a moment, UTC.

    Examples
    --------
    >>> backup_name(datetime(2026, 6, 28, 3, 5))
    'zhunsheng-20260628T030500Z.tar'
    """
    return f"{PREFIX}{at.strftime(_STAMP)}{SUFFIX}"


def expired_in(folder: Path) -> list[Path]:
    """Return the expired backups of a folder: of those with releases, and of the others."""
    holding: dict[bool, list[Path]] = {True: [], False: []}
    for path in folder.iterdir():
        if _at(path) is not None:
            holding[_holds_releases(path)].append(path)
    return [*expired(holding[True]), *expired(holding[False])]


def expired(paths: Iterable[Path]) -> list[Path]:
    """Return the backups that are not the newest of a day, week or month to be kept.

    Counted are days, weeks and months that have a backup, so that a long pause loses none.
    Files with other names are never touched.
    """
    dated = {path: _at(path) for path in paths}
    own = sorted(((at, path) for path, at in dated.items() if at is not None), reverse=True)
    kept: set[Path] = set()
    periods: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    )
    for most, period in periods:
        newest: dict[object, Path] = {}
        for at, path in own:
            newest.setdefault(period(at), path)
        kept |= set(list(newest.values())[:most])
    return [path for _, path in own if path not in kept]


def _at(path: Path) -> datetime | None:
    match = _NAME.fullmatch(path.name)
    return datetime.strptime(match[1], _STAMP) if match else None


def _holds_releases(path: Path) -> bool:
    """Whether the backup has rows of releases; they stand among its first entries."""
    name = rows_file(Release.__tablename__)
    try:
        with tarfile.open(path, "r:") as archive:
            return any(entry.name == name and entry.size > 0 for entry in archive)
    except (tarfile.TarError, OSError):
        return False
