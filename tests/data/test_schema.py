"""Migrations: whole or not at all on both databases, once, there and back, never backwards."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, inspect, text

from core.errors import SettingsError
from data.database import engines_of, migrating_engine
from data.database_url import parse_database_url
from data.home import Home
from data.records import Record
from data.schema import NEWEST_REVISION, bring_up_to_date, is_current, migration_config
from data.store import Store, open_store_at
from tests.postgresql import Server

ROOT = Path(__file__).resolve().parents[2]
REVISIONS = [
    script.revision
    for script in reversed(
        list(ScriptDirectory.from_config(migration_config()).walk_revisions())
    )
]
Migrate = Callable[[str], None]


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """Give a home whose database has no table at all."""
    home = Home(tmp_path / "bare")
    home.make_folders()
    if request.param == "sqlite":
        yield home
        return
    server: Server = request.getfixturevalue("postgresql")
    name = server.new_database()
    yield Home(home.root, parse_database_url(server.url_of(name)))
    server.drop_database(name)


@contextmanager
def migrating(home: Home) -> Iterator[Engine]:
    """Give the engine that migrates, closed at the end."""
    engine = migrating_engine(home)
    try:
        yield engine
    finally:
        engine.dispose()


def migrate(engine: Engine, target: str, *, is_up: bool = True) -> None:
    """Move the schema to a revision in one transaction, as a start of the program does."""
    with engine.begin() as connection:
        config = migration_config()
        config.attributes["connection"] = connection
        (command.upgrade if is_up else command.downgrade)(config, target)


def stored_schema(engine: Engine) -> list[str]:
    """Return the schema as the database itself keeps it."""
    with engine.connect() as connection:
        return sorted(connection.scalars(text(_STORED[engine.dialect.name])))


_STORED = {
    "sqlite": "SELECT coalesce(sql, name) FROM sqlite_master",
    "postgresql": """
        SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length,
                         is_nullable, column_default)
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT conrelid || pg_get_constraintdef(oid) FROM pg_constraint
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace""",
}


def described_schema(engine: Engine) -> object:
    """Return every table with columns, keys and indexes, and every trigger."""
    with engine.connect() as connection:
        inspector = inspect(connection)
        tables = {
            name: (
                [(c["name"], str(c["type"]), c["nullable"], c["default"])
                 for c in inspector.get_columns(name)],
                inspector.get_pk_constraint(name),
                sorted(inspector.get_foreign_keys(name), key=str),
                sorted(inspector.get_unique_constraints(name), key=str),
                sorted(inspector.get_indexes(name), key=str),
            )
            for name in inspector.get_table_names()
        }  # fmt: skip
        return tables, sorted(connection.scalars(text(_TRIGGERS[engine.dialect.name])))


_TRIGGERS = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}


def test_migrations_make_exactly_the_declared_tables(store: Store) -> None:
    with store.database.reading.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Record.metadata) == []


def test_the_newest_migration_is_the_one_that_a_start_looks_for() -> None:
    script = ScriptDirectory.from_config(migration_config())
    assert script.get_current_head() == NEWEST_REVISION


@pytest.mark.parametrize("step", range(len(REVISIONS)), ids=REVISIONS)
def test_a_step_that_fails_at_any_statement_leaves_the_old_schema_whole(
    bare_home: Home, step: int
) -> None:
    with migrating(bare_home) as engine:
        if step:
            migrate(engine, REVISIONS[step - 1])
        before = stored_schema(engine)
        at = calls = 0

        def fail(*_arguments: object) -> None:
            nonlocal calls
            calls += 1
            if calls == at:
                raise RuntimeError("the machine stopped")

        event.listen(engine, "before_cursor_execute", fail)
        for at in range(1, 200):  # noqa: B007
            calls = 0
            try:
                migrate(engine, REVISIONS[step])
            except RuntimeError:
                calls = -1000
                assert stored_schema(engine) == before
            else:
                break
        assert at > 3
        calls = -1000
        assert stored_schema(engine) != before


def test_up_down_and_up_again_gives_the_same_schema(bare_home: Home) -> None:
    with migrating(bare_home) as engine:
        steps = []
        for revision in REVISIONS:
            migrate(engine, revision)
            steps.append(described_schema(engine))
        for revision, expected in zip(REVISIONS[-2::-1], steps[-2::-1], strict=True):
            migrate(engine, revision, is_up=False)
            assert described_schema(engine) == expected
        migrate(engine, "head")
        assert described_schema(engine) == steps[-1]


def test_a_step_down_and_up_keeps_the_rows(store: Store) -> None:
    with store.write() as session, session.begin():
        fill(session.connection())
    store.close()
    with migrating(store.home) as engine:
        migrate(engine, REVISIONS[0], is_up=False)
        migrate(engine, "head")
        with engine.connect() as connection:
            kept = text("SELECT id, supersedes_id, n_deleted FROM release ORDER BY id")
            assert connection.execute(kept).all() == [(1, None, 0), (2, 1, 0)]


def fill(connection: Connection) -> None:
    """Add an exam with two releases, the second of which names the first."""
    connection.execute(
        text(
            "INSERT INTO exam (id, county, name, held_on, grade, stage, cohort, "
            "is_demonstration) VALUES (1, 'c', 'e', '2026-01-01', 7, 'junior', 2019, FALSE)"
        )
    )
    for number in (1, 2):
        connection.execute(
            text(
                "INSERT INTO release (id, exam_id, number, bundle, fingerprint, scores_sha256, "
                "n_rows, n_schools, rule_version, published_at, supersedes_id) VALUES (:n, 1, "
                ":n, :b, 'f', 's', 1, 1, 'r', '2026-01-01 00:00:00', :s)"
            ),
            {"n": number, "b": f"bundle {number}", "s": number - 1 or None},
        )


def test_processes_that_start_together_migrate_once(bare_home: Home) -> None:
    command_line = [sys.executable, "-c", _OPEN, str(bare_home.root)]
    if bare_home.database_url is not None:
        command_line.append(bare_home.database_url.render_as_string(hide_password=False))
    starts = [
        subprocess.Popen(command_line, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for start in starts:
        errors = start.communicate(timeout=120)[1]
        assert (start.returncode, errors) == (0, "")
    with migrating(bare_home) as engine:
        assert is_current(engine)


_OPEN = """
import sys
from pathlib import Path
from data.database_url import parse_database_url
from data.home import Home
from data.schema import bring_up_to_date
bring_up_to_date(Home(Path(sys.argv[1]), parse_database_url("".join(sys.argv[2:]))))
"""


def test_a_catalogue_of_a_newer_program_is_refused_and_left_alone(store: Store) -> None:
    with store.database.writing.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SettingsError, match="has the schema '9999', this program knows"):
        open_store_at(store.home)
    with store.database.reading.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_a_database_that_sorts_like_a_language_is_refused(
    postgresql: Server, tmp_path: Path
) -> None:
    name = f"sorted_{tmp_path.name[-8:]}".lower().replace("-", "_")
    postgresql.execute(
        f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh'"
    )
    home = Home(tmp_path / "store", parse_database_url(postgresql.url_of(name)))
    try:
        with pytest.raises(SettingsError, match="sorts text by the rules of a language"):
            open_store_at(home)
    finally:
        postgresql.drop_database(name)


def test_bringing_a_current_catalogue_up_to_date_writes_nothing(store: Store) -> None:
    statements: list[str] = []
    with migrating(store.home) as engine:
        before = described_schema(engine)
    bring_up_to_date(store.home)
    engines = engines_of(store.home)
    event.listen(
        engines.reading,
        "before_cursor_execute",
        lambda *arguments: statements.append(arguments[2]),
    )
    assert is_current(engines.reading)
    engines.close()
    assert [
        s for s in statements if not s.lstrip().startswith(("SELECT", "BEGIN", "PRAGMA"))
    ] == []
    with migrating(store.home) as engine:
        assert described_schema(engine) == before
