"""The catalogue's two engines: one that only reads, one that writes in immediate transactions.

Python's SQLite driver opens a transaction only before the first change, so that two writers who
read first lose updates without an error. The writing engine takes BEGIN away from the driver
and asks for the write lock at once (docs/adr/0003).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, inspect, text

from data.home import Home

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST_REVISION = "0003"
"""Newest migration; compared before Alembic is imported, which takes half a second."""

_PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",
    "foreign_keys=on",
    "busy_timeout=30000",
    "trusted_schema=off",
    "cell_size_check=on",
    "secure_delete=on",
    "journal_size_limit=67108864",
)


@dataclass(frozen=True, slots=True)
class Database:
    """The reading and the writing engine of one catalogue."""

    reading: Engine
    writing: Engine


def open_database(home: Home) -> Database:
    """Bring the catalogue to the newest schema and return its engines."""
    writing = _engine(home.database, read_only=False)
    _migrate(writing)
    return Database(reading=_engine(home.database, read_only=True), writing=writing)


def migration_config() -> "Config":
    """Return Alembic's configuration for the migrations beside this file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _migrate(engine: Engine) -> None:
    with engine.begin() as connection:
        if inspect(connection).has_table("alembic_version"):
            found = connection.scalar(text("SELECT version_num FROM alembic_version"))
            if found == NEWEST_REVISION:
                return
        from alembic import command

        config = migration_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _engine(path: Path, *, read_only: bool) -> Engine:
    engine = create_engine(f"sqlite+pysqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}")
        if read_only:
            connection.execute("pragma query_only=on")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine
