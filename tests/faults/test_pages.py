"""Pages while the storage fails: figures stay, a banner says what works, never a traceback."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.database_url import DATABASE_VARIABLE, parse_database_url
from data.home import HOME_VARIABLE, Home
from data.store import open_store_at
from pipeline.publish import publish
from tests.builders import make_submission
from tests.postgresql import postgresql_server
from ui.error_screen import show_error
from ui.registry import PAGES
from ui.text import Language, Words
from ui.widgets.storage_banner import Seen

MAIN = Path(__file__).resolve().parents[2] / "ui" / "main.py"
CODES = [entry.code for entry in PAGES]
BANNERS = {
    "full": "存储空间已满：剩余 1.0 MB，至少需要 16 MB",
    "read_only": "The storage can only be read. Everything published can be read.",
}

CANNOT_BE_USED = (
    "The storage cannot be used, so no figure can be shown just now. Try again in a minute, "
    "and tell whoever runs this system; work goes on by itself once the cause is gone."
)


@pytest.fixture(autouse=True)
def _as_the_server_does(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let errors of a page go through the app's error screen, and forget caches."""

    def handled(error: Exception, _hook: object) -> None:
        assert show_error(error)

    name = "streamlit.runtime.scriptrunner.exec_code.handle_user_script_exception"
    monkeypatch.setattr(name, handled)
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def home_with_exams(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Give a store with exams, as the one that the environment names."""
    fill(home)
    monkeypatch.setenv(HOME_VARIABLE, str(home.root))
    return home


def fill(home: Home) -> None:
    """Publish two linked exams of three schools."""
    store = open_store_at(home)
    publish(store, make_submission("入学", day=date(2023, 9, 4), grade=7), actor="test")
    publish(store, make_submission("期末", seed=2), actor="test")
    store.close()


def open_page(code: str, language: str) -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    if code != "home":
        app.switch_page(f"../pages/{code}.py")
        app.run()
    return app


def make(condition: str, monkeypatch: pytest.MonkeyPatch, home: Home) -> None:
    """Let the disk of the store be full, or refuse to be written."""
    if condition == "full":
        usage = shutil.disk_usage(home.root)._replace(free=1 << 20)
        monkeypatch.setattr("data.free_space.shutil.disk_usage", lambda _path: usage)
    else:
        monkeypatch.setattr("data.free_space.os.access", lambda _path, _mode: False)


@pytest.mark.parametrize(("condition", "language"), [("full", "zh"), ("read_only", "en")])
@pytest.mark.parametrize("code", CODES)
def test_a_page_shows_its_figures_and_says_that_nothing_can_be_written(
    home_with_exams: Home,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    condition: str,
    language: str,
) -> None:
    make(condition, monkeypatch, home_with_exams)
    app = open_page(code, language)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    banners = [w.value for w in app.warning if w.value.startswith(BANNERS[condition])]
    assert len(banners) == 1


@pytest.mark.usefixtures("home_with_exams")
def test_a_store_that_can_be_written_has_no_banner() -> None:
    app = open_page("home", "en")
    assert not [warning for warning in app.warning if "storage" in warning.value]


def test_pages_of_a_database_that_goes_away_say_so_and_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgresql_server() as server:
        url = server.url_of(server.new_database())
        fill(Home(tmp_path / "store", parse_database_url(url)))
        monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "store"))
        monkeypatch.setenv(DATABASE_VARIABLE, url)
        assert not open_page("leadership", "en").error
        server.kill()
        for code in CODES:
            check_gone(code, "zh")
        check_gone_unseen("leadership", "en")
        server.start()
        st.cache_data.clear()
        app = open_page("leadership", "en")
        assert not app.error
        assert app.metric


def check_gone(code: str, language: Language) -> None:
    """Open a page: it ends with the banner."""
    st.cache_data.clear()
    app = open_page(code, language)
    [error] = app.error
    assert error.value.startswith(Words(language)(CANNOT_BE_USED))
    assert re.search(r"[0-9a-f]{8}", error.value)
    assert "没有应答" in app.caption[0].value
    assert not app.exception
    assert not app.title


def check_gone_unseen(code: str, language: Language) -> None:
    """Open a page when the database went away after the banner had looked."""
    st.cache_data.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.widgets.storage_banner._seen", lambda _scope: Seen("writable"))
        app = open_page(code, language)
    assert not app.exception
    assert len(app.error) == 1
    assert "does not answer" in app.error[0].value
    assert re.search(r"Event number: [0-9a-f]{8}\.", app.error[0].value)
