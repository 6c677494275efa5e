"""A store: its folder, the two database engines, the query engine and the sweep at start."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data import lake
from data.database import Database, open_database
from data.engine.duckdb_engine import DuckDBEngine
from data.engine.engine import Engine
from data.home import Home
from data.pseudonym import KEY_NAMES, make_keys, read_key
from data.records import AuditEvent, Release, StatisticSet


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

    def version(self) -> int:
        """Return a number that rises with every change of the catalogue."""
        with self.read() as session:
            return session.scalar(select(func.coalesce(func.max(AuditEvent.id), 0))) or 0


def open_store_at(home: Home) -> Store:
    """Open or make the store in a folder, and sweep what a crash may have left."""
    home.make_folders()
    with lake.publishing(home):
        database = open_database(home)
        store = Store(home, database, DuckDBEngine())
        known = _known_bundles(store)
        lake.sweep(home, known=known)
        if not known:
            make_keys(home)
    for name in KEY_NAMES:
        read_key(home, name)
    return store


def _known_bundles(store: Store) -> set[str]:
    with store.read() as session:
        releases = session.scalars(select(Release.bundle)).all()
        paths = session.scalars(select(StatisticSet.path)).all()
    return {*releases, *(path.split("/")[0] for path in paths)}
