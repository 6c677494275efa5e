"""A real server with a small demonstration store, and a real Chromium that looks at it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    Response,
    expect,
    sync_playwright,
)

from ui.pictures import browser_path

ROOT = Path(__file__).resolve().parents[2]
_FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
_START_SECONDS = 60.0
expect.set_options(timeout=20_000)


def require_browser() -> str:
    """Return the path of Chromium; without one skip, but fail where CI must have it."""
    path = browser_path()
    if path is None and os.environ.get("CI"):
        pytest.fail("Chromium is missing on CI: install it (apt-get install chromium).")
    if path is None:
        pytest.skip("no Chromium on this machine (chromium or google-chrome in PATH)")
    return path


@contextmanager
def serve(home: Path, log: Path) -> Iterator[str]:
    """Serve the app on the store in ``home`` on a free port; give its address."""
    port = _free_port()
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "ZHUNSHENG_HOME": str(home)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/api/health", server, log)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def app_url(
    demonstration_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve the app with a small demonstration store and give its address."""
    require_browser()
    home = tmp_path_factory.mktemp("home") / "store"
    shutil.copytree(demonstration_home, home)
    with serve(home, tmp_path_factory.mktemp("server") / "server.log") as url:
        yield url


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    """Give the driver of the browser; it holds an event loop, so it ends with its module."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def chromium(driver: Playwright) -> Iterator[Browser]:
    """Give a started Chromium."""
    launched = driver.chromium.launch(executable_path=require_browser(), args=_FLAGS)
    yield launched
    launched.close()


@pytest.fixture
def visitor(chromium: Browser, app_url: str) -> Iterator[Page]:
    """Give a page of a new reader; it must ask no other server and log no error."""
    context = chromium.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1366, "height": 768},
        accept_downloads=True,
    )
    page = context.new_page()
    strangers: list[str] = []
    complaints: list[str] = []
    own = (app_url, app_url.replace("http", "ws", 1), "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else strangers.append(r.url))
    page.on(
        "response", lambda r: complaints.append(f"{r.status} {r.url}") if _fails(r) else None
    )
    page.on("console", lambda m: complaints.append(m.text) if _complains(m) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert strangers == []
    assert complaints == []


def _fails(response: Response) -> bool:
    """Whether a request failed; Streamlit asks below a page first where its server is."""
    is_search = re.search(r"/\w+/_stcore/(health|host-config)$", response.url)
    return response.status >= 400 and not is_search


def _complains(message: ConsoleMessage) -> bool:
    """Whether the console shows an error; failed requests are judged by their addresses."""
    is_request = message.text.startswith("Failed to load resource")
    return message.type == "error" and not is_request


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  own server
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The server did not start within {_START_SECONDS} s:\n{log.read_text()}")
