"""Which backups are kept: the newest of each of the last days, weeks and months."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

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
