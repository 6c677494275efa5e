"""Common ground of all tests: one BLAS thread, a private store for each test."""

import os

# Set before numpy is imported: the last digits depend on the order of summation.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
# Whoever runs the tests beside a deployment must not test in its database.
os.environ.pop("ZHUNSHENG_DATABASE_URL", None)

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from data.database_url import parse_database_url
from data.home import Home
from data.schema import bring_up_to_date
from data.store import Store, open_store_at
from tests.demonstration import build_small_demonstration
from tests.null_order import check_null_order
from tests.postgresql import Server, postgresql_server

# A busy machine is no fault of the code: benchmarks measure time, tests do not.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

# pyspark takes a process without a main file, as those of pytest-xdist are, for a doctest of
# its own and leaves it.
if not hasattr(sys.modules["__main__"], "__file__"):
    sys.modules["__main__"].__file__ = pytest.__file__

DATA_LAYER = Path(__file__).parent / "data"
# Verbs that write the catalogue; the others compute, whatever the database.
WRITING_VERBS = {
    "test_decide.py",
    "test_delete_pupil.py",
    "test_drafts.py",
    "test_import_roster.py",
    "test_publish.py",
    "test_tampered_files.py",
    "test_tampering.py",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let every test of the data layer that uses ``store`` run on both databases."""
    path = Path(metafunc.module.__file__ or "")
    is_of_both = DATA_LAYER in path.parents or path.name in WRITING_VERBS
    if is_of_both and "store" in metafunc.fixturenames:
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def own_main_module() -> Iterator[None]:
    """Give the main module back, which a page under test leaves replaced by its script.

    A process that is started afterwards would run that script again.
    """
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def demonstration_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a small demonstration store once for all tests that only read."""
    folder = tmp_path_factory.mktemp("demonstration")
    build_small_demonstration(folder)
    return folder


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """Give the kind of database of this test's store."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def home(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Home:
    """Give the folders of an empty store."""
    url = None
    if database == "postgresql":
        url = parse_database_url(request.getfixturevalue("postgresql_database"))
    home = Home(tmp_path / "store", url)
    home.make_folders()
    return home


@pytest.fixture
def store(home: Home, empty_catalogue: Path) -> Iterator[Store]:
    """Give an empty store; in tests of the data layer once on each database."""
    if home.database_url is None:
        shutil.copy(empty_catalogue, home.database)
    store = open_store_at(home)
    event.listen(Engine, "before_execute", check_null_order)
    yield store
    event.remove(Engine, "before_execute", check_null_order)
    store.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """Give an empty store on SQLite, for tests that look at the file itself."""
    store = open_store_at(Home(tmp_path / "sqlite store"))
    yield store
    store.close()


@pytest.fixture
def postgresql_store(postgresql_database: str, tmp_path: Path) -> Iterator[Store]:
    """Give an empty store on PostgreSQL, for tests of what only a server does."""
    url = parse_database_url(postgresql_database)
    store = open_store_at(Home(tmp_path / "postgresql store", url))
    yield store
    store.close()


@pytest.fixture(scope="session")
def empty_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite catalogue that holds nothing: copied faster than migrated."""
    home = Home(tmp_path_factory.mktemp("empty"))
    bring_up_to_date(home)
    with sqlite3.connect(home.database) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    return home.database


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """Give the private PostgreSQL server of this run."""
    with postgresql_server() as server:
        yield server


@pytest.fixture(scope="session")
def empty_database(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the name of a PostgreSQL catalogue that holds nothing, a template for others."""
    name = postgresql.new_database()
    url = parse_database_url(postgresql.url_of(name))
    bring_up_to_date(Home(tmp_path_factory.mktemp("empty"), url))
    return name


@pytest.fixture
def postgresql_database(postgresql: Server, empty_database: str) -> Iterator[str]:
    """Give the address of a fresh, migrated database; closed to everybody at the end."""
    opened = []

    def note(connection: Any, _entry: object) -> None:
        opened.append(connection)

    event.listen(Pool, "connect", note)
    name = postgresql.new_database(template=empty_database)
    yield postgresql.url_of(name)
    event.remove(Pool, "connect", note)
    for connection in opened:
        connection.close()
    postgresql.drop_database(name)
