"""A small demonstration store, built once by the real pipeline, for tests that only read."""

from pathlib import Path

import pytest

from data.home import Home
from data.store import Store, open_store_at


@pytest.fixture(scope="session")
def demonstration(demonstration_home: Path) -> Store:
    """Give the store of a small simulated county and the public data."""
    return open_store_at(Home(demonstration_home))
