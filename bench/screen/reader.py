"""A reader in a real Chromium: opens pages, changes pickers, counts what is sent to him."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

_WATCH = Path(__file__).with_name("watch.js")
_FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
_MOST_MS, _PAUSE_MS = 180_000, 400


@dataclass(frozen=True, slots=True)
class Waited:
    """What a reader waited for, in milliseconds, and what was sent to him.

    Attributes
    ----------
    picture : float or None
        Until the first chart was drawn, or one was drawn anew; None where none was.
    ended : float
        Until nothing changed any more.
    """

    picture: float | None
    ended: float
    n_bytes: int

    @property
    def seen(self) -> float:
        """Until the picture, or the end of a page that shows none."""
        return self.ended if self.picture is None else self.picture


@dataclass
class Received:
    """Bytes sent to a page: over its websocket, and by HTTP beside Streamlit's own files."""

    n_bytes: int = 0
    asked: dict[str, str] = field(default_factory=dict)

    def frame(self, event: dict[str, Any]) -> None:
        """Count a frame of the websocket; what is binary comes in base64."""
        text, is_text = event["response"]["payloadData"], event["response"]["opcode"] == 1
        self.n_bytes += len(text.encode()) if is_text else len(base64.b64decode(text))

    def response(self, event: dict[str, Any]) -> None:
        """Remember which address an answer belongs to."""
        self.asked[event["requestId"]] = event["response"]["url"]

    def finished(self, event: dict[str, Any]) -> None:
        """Count a file unless it is one of Streamlit's own."""
        if is_of_page(self.asked.get(event["requestId"], "")):
            self.n_bytes += int(event["encodedDataLength"])


def is_of_page(url: str) -> bool:
    """Whether what lies at the address belongs to a page and not to Streamlit's own files."""
    return urlsplit(url).path.startswith(("/media/", "/component/"))


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Start a Chromium."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


def new_reader(browser: Browser) -> BrowserContext:
    """Return a reader whose browser knows nothing yet."""
    reader = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    reader.add_init_script(path=_WATCH)
    return reader


@dataclass(frozen=True, slots=True)
class Tab:
    """A page in the reader's browser, which is a session of its own."""

    page: Page
    received: Received

    def open(self, url: str) -> Waited:
        """Open an address and wait until it shows all it has."""
        before = self.received.n_bytes
        self.page.goto(url, wait_until="commit")
        return self._waited(before, what="first")

    def options(self, key: str) -> list[str]:
        """Return the options of a picker that its open list shows at once."""
        self._picker(key).click()
        shown = self.page.get_by_role("option")
        shown.first.wait_for()
        names = shown.all_inner_texts()
        self.page.keyboard.press("Escape")
        return names

    def choose(self, key: str, option: str) -> Waited:
        """Choose an option and wait until the page shows what it changes."""
        before = self.received.n_bytes
        self._picker(key).fill(option)
        self.page.get_by_role("option", name=option, exact=True).click()
        return self._waited(before, what="changed")

    def move(self, place: int) -> Waited:
        """Move the slider at a place one step to the right and wait as after a choice."""
        before = self.received.n_bytes
        self.page.get_by_role("slider").nth(place).press("ArrowRight")
        return self._waited(before, what="changed")

    def close(self) -> None:
        """End the session."""
        self.page.close()

    def _picker(self, key: str) -> Any:
        return self.page.locator(f".st-key-{key}").get_by_role("combobox")

    def _waited(self, before: int, *, what: str) -> Waited:
        quiet = "(pause) => benchWatch.isQuiet(pause)"
        self.page.wait_for_function(quiet, arg=_PAUSE_MS, timeout=_MOST_MS)
        told = self.page.evaluate("benchWatch.told()")
        return Waited(told[what], told["ended"], self.received.n_bytes - before)


def new_tab(reader: BrowserContext) -> Tab:
    """Open a tab whose traffic is counted."""
    page, received = reader.new_page(), Received()
    network = reader.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.webSocketFrameReceived", received.frame)
    network.on("Network.responseReceived", received.response)
    network.on("Network.loadingFinished", received.finished)
    return Tab(page, received)
