"""A store: its folder, the two database engines, the query engine and the sweep at start."""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import SettingsError, StorageError
from data import lake, leftovers
from data.audit import UNPUBLISHED, is_chained
from data.database import Database, engines_of
from data.engine.engine import Engine
from data.engine.open import engine_from_environment
from data.home import Home
from data.pseudonym import AUDIT_KEY, KEY_NAMES, PUPIL_KEYS, make_keys, read_key
from data.records import AuditEvent, Dataset, ImportBatch, Release, StatisticSet
from data.schema import bring_up_to_date, has_catalogue, is_current
from data.storage_faults import RepeatableError, told

Result = TypeVar("Result")

_MOST_ATTEMPTS = 6
_FIRST_PAUSE_SECONDS = 0.02
_UNIQUE_VIOLATION = "23505"


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that outlives a call; safe to share between threads."""

    home: Home
    database: Database
    engine: Engine

    def read(self) -> Session:
        """Return a session that can only read."""
        return Session(self.database.reading)

    def write(self) -> Session:
        """Return a session that takes the write lock at its first statement."""
        return Session(self.database.writing, info={"home": self.home})

    def change(self, work: Callable[[Session], Result]) -> Result:
        """Do a unit of work in one transaction and return what it returns.

        Parameters
        ----------
        work : callable
            Reads and writes through the session it is given, and nothing else: it is done
            again from its start when the database says that only the moment was wrong.

        Raises
        ------
        StorageError
            When disk or database cannot do it; unless the text says otherwise, nothing was
            changed.
        """
        for attempt in range(_MOST_ATTEMPTS - 1):
            try:
                return self._change_once(work)
            except (RepeatableError, IntegrityError) as error:
                if not _may_succeed_again(error):
                    raise
            # Two that collided must not meet again.
            time.sleep(random.uniform(0, _FIRST_PAUSE_SECONDS * 2**attempt))  # noqa: S311
        return self._change_once(work)

    def close(self) -> None:
        """Close what the store holds open; it opens again when it is used again."""
        self.database.close()

    def _change_once(self, work: Callable[[Session], Result]) -> Result:
        with self.write() as session, session.begin():
            result = work(session)
        leftovers.clear_log(self.home)
        return result

    def version(self) -> int:
        """Return a number that rises with every change of what is published or decided.

        Attempts to import and agendas are no such change: a refused file, or a view that is put
        on an agenda, must not empty anyone's caches.
        """
        newest = select(func.coalesce(func.max(AuditEvent.id), 0))
        with self.read() as session:
            return session.scalar(newest.where(AuditEvent.action.not_in(UNPUBLISHED))) or 0


def open_store_at(home: Home, *, may_be_new: bool = True) -> Store:
    """Open the store in a folder, making it at first use; sweep what a crash may have left.

    Nothing is written where nothing needs it: a store on a full or read-only disk can be read.

    Parameters
    ----------
    may_be_new : bool
        Whether a folder without a store becomes one; otherwise it is refused untouched.

    Raises
    ------
    SettingsError
        When there is no store, a key is missing, or the catalogue or its server does not fit
        this program.
    StorageError
        When disk or database cannot be used.
    """
    engine = engine_from_environment(lake=home.lake, staging=home.staging)
    store = Store(home, engines_of(home), engine)
    try:
        if not may_be_new:
            require_store(store)
        if not _stands(store):
            _make(store)
        elif _has_leftovers(home):
            _tidy(store)
        for name in KEY_NAMES:
            read_key(home, name)
    except BaseException:
        store.close()
        raise
    return store


def require_store(store: Store) -> None:
    """Refuse a place that holds no store: most often another one was meant.

    Raises
    ------
    SettingsError
        When the catalogue is missing, or the folder beside a database of its own.
    """
    home = store.home
    if home.database_url is None:
        missing, stands = home.database.name, home.database.is_file()
    else:
        missing, stands = f"{home.lake.name}/", home.lake.is_dir()
    if stands and has_catalogue(store.database.reading):
        return
    raise SettingsError(
        f"The folder {home.root} holds no store{'' if stands else f': {missing} is missing'}. "
        "Nothing was made there. Check that ZHUNSHENG_HOME names the right folder and that its "
        "disk is mounted, or restore a backup. A new store is made by import, roster, dataset, "
        "demo and restore.",
        f"文件夹 {home.root} 中没有库{'' if stands else f'：缺少 {missing}'}。"
        "未在其中建立任何内容。"
        "请检查 ZHUNSHENG_HOME 是否指向正确的文件夹、磁盘是否已挂载，或从备份恢复。"
        "新库由 import、roster、dataset、demo、restore 命令建立。",
    )


def _stands(store: Store) -> bool:
    """Whether folders, schema and keys are there."""
    home = store.home
    folders = (home.lake, home.staging, home.keys)
    if not all(folder.is_dir() for folder in folders):
        return False
    if home.database_url is None and not home.database.exists():
        return False
    keys = [home.keys / f"{name}.key" for name in KEY_NAMES]
    return is_current(store.database.reading) and all(key.exists() for key in keys)


def _make(store: Store) -> None:
    with told():
        store.home.make_folders()
    with lake.publishing(store.home):
        bring_up_to_date(store.home)
        known = _known_bundles(store)
        lake.sweep(store.home, known=known)
        _make_keys(store, is_used=bool(known))


def _has_leftovers(home: Home) -> bool:
    return bool(
        any(home.staging.iterdir())
        or leftovers.uploads(home, is_old=True)
        or leftovers.key_drafts(home)
    )


def _tidy(store: Store) -> None:
    """Sweep, unless somebody is publishing or the disk takes no change: it can wait."""
    home = store.home
    leftovers.clear_log(home)
    with suppress(StorageError), told(), lake.publishing_if_idle(home) as is_idle:
        leftovers.remove(leftovers.uploads(home, is_old=True))
        if is_idle:
            leftovers.remove(leftovers.key_drafts(home))
            lake.sweep(home, known=_known_bundles(store))


def _make_keys(store: Store, *, is_used: bool) -> None:
    """Make the keys that nothing stored depends on yet; a lost one is never replaced."""
    if not is_used:
        make_keys(store.home, PUPIL_KEYS)
    with store.read() as session:
        if not is_chained(session):
            make_keys(store.home, (AUDIT_KEY,))


def _known_bundles(store: Store) -> set[str]:
    with store.read() as session:
        bundles = {
            bundle
            for record in (Release, Dataset, ImportBatch)
            for bundle in session.scalars(select(record.bundle))
            if bundle is not None
        }
        paths = session.scalars(select(StatisticSet.path)).all()
    return bundles | {path.split("/")[0] for path in paths}


def _may_succeed_again(error: RepeatableError | IntegrityError) -> bool:
    """Whether the moment was wrong: on PostgreSQL a foreign writer may take a number first."""
    if isinstance(error, RepeatableError):
        return True
    return getattr(error.orig, "sqlstate", None) == _UNIQUE_VIOLATION
