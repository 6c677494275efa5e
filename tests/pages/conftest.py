"""A small demonstration store for the tests of pages, and pages opened on it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.home import HOME_VARIABLE, Home
from data.store import Store, open_store_at

MAIN = Path(__file__).resolve().parents[2] / "ui" / "main.py"
OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session")
def demonstration_store(demonstration_home: Path) -> Store:
    """Open the store once, so that what is remembered of it serves all tests."""
    return open_store_at(Home(demonstration_home))


@pytest.fixture
def open_page(
    demonstration_store: Store, demonstration_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenPage]:
    """Give a function that opens a page with an address on the demonstration store."""
    # The banner about the storage looks at the folder itself, which a new clone does not have.
    monkeypatch.setenv(HOME_VARIABLE, str(demonstration_home))
    monkeypatch.setattr("ui.state.answers.open_store", lambda **_: demonstration_store)
    st.cache_resource.clear()
    yield _open
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def meeting(
    open_page: OpenPage,
    demonstration_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> OpenPage:
    """Give what opens a page on an own copy of the demonstration, which may be changed."""
    shutil.copytree(demonstration_home, tmp_path / "own")
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "own"))
    own = open_store_at(Home(tmp_path / "own"))
    monkeypatch.setattr("ui.state.answers.open_store", lambda **_: own)
    return open_page


@pytest.fixture
def open_page_without_exams(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenPage]:
    """Give a function that opens a page on a store that holds no exam."""
    open_store_at(home)
    monkeypatch.setenv(HOME_VARIABLE, str(home.root))
    monkeypatch.setattr("ui.state.first_start.needs_demonstration", lambda _store: False)
    st.cache_resource.clear()
    yield _open
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def own_store(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Give an empty store that the page uses, and that no kept answer outlives."""
    monkeypatch.setenv(HOME_VARIABLE, str(home.root))
    monkeypatch.setattr("ui.state.first_start.needs_demonstration", lambda _store: False)
    st.cache_resource.clear()
    yield open_store_at(home)
    st.cache_data.clear()
    st.cache_resource.clear()


def _open(page: str, /, **address: str) -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    app.run()
    if page != "home":
        app.switch_page(f"../pages/{page}.py")
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()
