"""Common ground of all tests: one BLAS thread, a private store for each test."""

import os

# Set before numpy is imported: the last digits depend on the order of summation.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

from pathlib import Path

import hypothesis
import pytest

from data.home import Home
from data.store import Store, open_store_at

# A busy machine is no fault of the code: benchmarks measure time, tests do not.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Give the folders of an empty store."""
    home = Home(tmp_path / "store")
    home.make_folders()
    return home


@pytest.fixture
def store(home: Home) -> Store:
    """Give an empty store."""
    return open_store_at(home)
