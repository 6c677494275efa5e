"""One store for all cases of a module: it holds the good file already."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.home import Home
from data.store import Store, open_store_at
from tests.corpus.attempt import attempt
from tests.corpus.container_cases import GOOD


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, empty_catalogue: Path) -> Iterator[Store]:
    """Give a store in which the good file is published as the exam ``good``."""
    folder = tmp_path_factory.mktemp("corpus")
    home = Home(folder / "store")
    home.make_folders()
    shutil.copy(empty_catalogue, home.database)
    store = open_store_at(home)
    attempt(store, GOOD, folder=folder, exam="good")
    yield store
    store.close()
