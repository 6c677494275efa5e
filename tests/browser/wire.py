"""All that passes between a page and its server, and every look that the page offers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from google.protobuf.message import DecodeError
from playwright.sync_api import Browser, Page, Response, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.test_journeys import wait_until_idle

_LANGUAGE = "lang"
_PATIENCE_MS, _STEP_MS = 60_000, 25
_RADIOS = """() => [...document.querySelectorAll('[role=radiogroup]')].map(group => [
  group.closest('[class*=st-key-]').className.match(/st-key-(\\w+)/)[1],
  [...group.querySelectorAll('[role=radio]')].map(
    radio => [radio.innerText, radio.getAttribute('aria-checked') === 'true'])])"""

_LISTS = """() => [...document.querySelectorAll('[data-testid=stMain] [role=combobox]')]
  .filter(box => !box.disabled).map(box => box.closest('[class*=st-key-]'))
  .filter(Boolean).map(element => element.className.match(/st-key-(\\w+)/)[1])"""


@dataclass(slots=True)
class Wire:
    """What a page received and sent: frames, answers, addresses; and how often it was drawn."""

    contents: list[bytes] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    n_runs: int = 0

    @classmethod
    def of(cls, page: Page) -> "Wire":
        """Listen to a page from now on; Playwright cannot hold a method of an own class."""
        wire = cls()
        page.on("websocket", lambda socket: wire._listen(socket))  # noqa: PLW0108
        page.on("response", lambda response: wire.responses.append(response))  # noqa: PLW0108
        return wire

    def take(self) -> list[bytes]:
        """Return what has passed since the last call.

        The files of the installed Streamlit are left out: they are the same for every store.
        """
        responses = [r for r in self.responses if "/static/" not in r.url]
        bodies = [body for r in responses if (body := _body(r)) is not None]
        taken = [*self.contents, *bodies, *(r.url.encode() for r in responses)]
        self.contents.clear()
        self.responses.clear()
        return taken

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self._receive(frame))  # noqa: PLW0108
        socket.on("framesent", lambda frame: self.contents.append(_bytes(frame)))

    def _receive(self, frame: bytes | str) -> None:
        content = _bytes(frame)
        self.contents.append(content)
        message = ForwardMsg()
        try:
            message.ParseFromString(content)
        except DecodeError:
            return
        self.n_runs += message.WhichOneof("type") == "script_finished"


@contextmanager
def reading(
    chromium: Browser, *, color_scheme: Literal["light", "dark"] = "light"
) -> Iterator[tuple[Page, Wire]]:
    """Give one page for many tests, so that the browser loads Streamlit once."""
    with chromium.new_context(
        locale="zh-CN",
        viewport={"width": 1366, "height": 768},
        color_scheme=color_scheme,
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        yield page, Wire.of(page)


def open_drawn(page: Page, wire: Wire, address: str) -> None:
    """Open a page and wait until the server has drawn it."""
    n_runs = wire.n_runs
    page.goto(address)
    wait_for_run(page, wire, n_runs)


def every_look(page: Page, wire: Wire) -> Iterator[str]:
    """Press every button of every row of buttons, those that appear as well; name each look.

    The last row comes first: what it offers may go when a row above it changes.
    """
    yield "as it opens"
    seen: set[tuple[str, str]] = set()
    while (following := _not_seen(page, seen)) is not None:
        key, name = following
        n_runs = wire.n_runs
        page.locator(f".st-key-{key}").get_by_role("radio", name=name, exact=True).click()
        wait_for_run(page, wire, n_runs)
        seen.add(following)
        yield f"{key}: {name}"


def every_option(page: Page, wire: Wire) -> Iterator[str]:
    """Choose every option of every list, then again what was chosen before; name each."""
    keys: list[str] = page.evaluate(_LISTS)
    for key in keys:
        box = page.locator(f".st-key-{key}").get_by_role("combobox")
        box.click()
        options = page.get_by_role("option").all_inner_texts()
        page.keyboard.press("Escape")
        before = box.input_value()
        for option in [*(o for o in options if o != before), before][: len(options)]:
            if option == box.input_value():
                continue
            n_runs = wire.n_runs
            box.click()
            # Typed, because of a long list only what is in sight is in the page.
            box.fill(option)
            page.get_by_role("option", name=option, exact=True).first.click()
            wait_for_run(page, wire, n_runs)
            yield f"{key}: {option}"


def _not_seen(page: Page, seen: set[tuple[str, str]]) -> tuple[str, str] | None:
    groups = [(key, radios) for key, radios in page.evaluate(_RADIOS) if key != _LANGUAGE]
    seen |= {(key, name) for key, radios in groups for name, is_on in radios if is_on}
    left = [
        (key, name)
        for key, radios in reversed(groups)
        for name, _ in radios
        if (key, name) not in seen
    ]
    return left[0] if left else None


def wait_for_run(page: Page, wire: Wire, n_runs: int) -> None:
    """Wait until the server has run once more than ``n_runs`` times, and is idle."""
    for _ in range(_PATIENCE_MS // _STEP_MS):
        if wire.n_runs > n_runs:
            wait_until_idle(page)
            return
        page.wait_for_timeout(_STEP_MS)
    raise AssertionError("The page was not drawn again after a button was pressed.")


def _body(response: Response) -> bytes | None:
    """Return what an answer holds; of a file that is saved nothing, tests read it."""
    is_saved = "attachment" in response.headers.get("content-disposition", "")
    return response.body() if response.status == 200 and not is_saved else None


def _bytes(frame: bytes | str) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame
