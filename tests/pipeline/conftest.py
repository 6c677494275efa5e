"""A small demonstration store, built once by the real pipeline, for tests that only read."""

import pytest

from data.home import Home
from data.store import Store, open_store_at
from tests.demonstration import build_small_demonstration


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give the store of a small simulated county and the public data."""
    folder = tmp_path_factory.mktemp("demonstration")
    build_small_demonstration(folder)
    return open_store_at(Home(folder))
