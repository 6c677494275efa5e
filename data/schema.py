"""The catalogue's schema: brought to the newest revision once, by one process, or not at all.

A step that fails leaves the schema as it was: all steps run in one transaction, which both
databases can roll back whole.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from core.errors import SettingsError, StorageError
from data.database import migrating_engine
from data.home import Home
from data.locks import MIGRATION_KEY

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST_REVISION = "0006"
"""Newest migration; compared before Alembic is imported, which takes half a second."""

_OLDEST_SERVER = 150_000
# Signs whose order differs between languages; text sorts by code point, as on SQLite.
_SORTED = ("-1", "A", "B", "a", "a b", "ab", "b", "é", "一", "中", "准", "Ａ", "𠀀")


def migration_config() -> "Config":
    """Return Alembic's configuration for the migrations beside this file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def is_current(engine: Engine) -> bool:
    """Whether the catalogue has the newest schema; only reads.

    Raises
    ------
    SettingsError
        When a PostgreSQL server is too old or sorts text by the rules of a language.
    """
    with engine.connect() as connection:
        _check_server(connection)
        return _revision(connection) == NEWEST_REVISION


def has_catalogue(engine: Engine) -> bool:
    """Whether there is a catalogue, of whatever schema; only reads."""
    with engine.connect() as connection:
        return _revision(connection) is not None


def bring_up_to_date(home: Home, *, revision: str = NEWEST_REVISION) -> None:
    """Make or migrate the catalogue; processes that start together do it one after the other.

    Parameters
    ----------
    revision : str
        An older one only to fill it from a backup.

    Raises
    ------
    SettingsError
        When the catalogue was made by a newer program, or the server does not fit this one.
    """
    engine = migrating_engine(home)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                lock = text("SELECT pg_advisory_xact_lock(:key)")
                connection.execute(lock, {"key": MIGRATION_KEY})
            _check_server(connection)
            _upgrade(connection, to=revision)
    finally:
        engine.dispose()


def _upgrade(connection: Connection, *, to: str) -> None:
    """Run the missing migrations inside the transaction of ``connection``."""
    found = _revision(connection)
    if found == to:
        return
    from alembic import command
    from alembic.script import ScriptDirectory

    config = migration_config()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    unknown = next((r for r in (found, to) if r is not None and r not in known), None)
    if unknown is not None:
        raise SettingsError(
            f"The catalogue has the schema {unknown!r}, this program knows schemas up to "
            f"{NEWEST_REVISION!r}. Nothing was changed. Start the newer program that made it, "
            "or restore the backup from before its installation.",
            f"目录库的结构版本是“{unknown}”，本程序只支持到“{NEWEST_REVISION}”。未作任何改动。"
            "请启动建立它的较新程序，或恢复安装较新程序之前的备份。",
        )
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    _check_references(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _check_server(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    version, encoding, ordered = connection.execute(
        text(
            "SELECT current_setting('server_version_num')::int, "
            "current_setting('server_encoding'), "
            "array_agg(sign ORDER BY sign) FROM unnest(CAST(:signs AS text[])) AS sign"
        ),
        {"signs": list(reversed(_SORTED))},
    ).one()
    if version < _OLDEST_SERVER:
        raise SettingsError(
            f"The PostgreSQL server has version {version // 10_000}; 15 or newer is required. "
            "Upgrade it, or leave ZHUNSHENG_DATABASE_URL empty for SQLite.",
            f"PostgreSQL 服务器版本为 {version // 10_000}，须为 15 或更高。"
            "请升级，或将 ZHUNSHENG_DATABASE_URL 留空以使用 SQLite。",
        )
    if encoding != "UTF8" or list(ordered) != sorted(_SORTED):
        raise SettingsError(
            f"The database has the encoding {encoding} or sorts text by the rules of a "
            "language; names would stand in another order than on SQLite. Make it anew: CREATE "
            "DATABASE ... TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'.",
            f"数据库的编码为 {encoding}，或按某种语言规则排序，名称的次序将与 SQLite 不同。"
            "请重新建立：CREATE DATABASE ... TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'。",
        )


def _check_references(connection: Connection) -> None:
    """Look after what SQLite did not watch while tables were rebuilt."""
    if connection.dialect.name != "sqlite":
        return
    broken = len(connection.execute(text("pragma foreign_key_check")).all())
    if broken:
        raise StorageError(
            f"Rows of the catalogue that refer to rows which do not exist: {broken}. Nothing "
            "was changed. Restore the catalogue from a backup.",
            f"目录库中有 {broken} 行引用了不存在的行。未作任何改动。请从备份恢复目录库。",
        )
