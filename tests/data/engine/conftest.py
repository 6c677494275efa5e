"""A Sail server for the tests of the engines: the same texts over Spark Connect."""

import importlib.util
import os
from collections.abc import Iterator

import pytest

from bench.engine.sail_server import SailServer, sail_server


@pytest.fixture(scope="session")
def sail() -> Iterator[SailServer]:
    """Give a running server; without Sail the tests are skipped, but never where CI is set."""
    missing = [name for name in ("pysail", "pyspark") if importlib.util.find_spec(name) is None]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"{', '.join(missing)} not installed: see requirements-spark.txt")
    with sail_server() as server:
        yield server
