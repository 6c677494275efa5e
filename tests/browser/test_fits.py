"""Every page fits its screen, has a glyph for every letter, and speaks one language."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Error, Page

from tests.browser.wire import Wire, open_drawn, reading
from ui.registry import METHODS, PAGES

pytestmark = pytest.mark.browser
PATHS = {entry.code: entry.path for entry in PAGES}
SETTLES_MS, MOST_TRIES = 5_000, 10
SCREENS = ((1366, 768), (1920, 1080), (390, 844))
# Streamlit's own, which cannot be translated; and the names of public data, their sources and
# licences, which are quoted.
QUOTED = re.compile(
    r"Skip to main content|\d+MB per file|• XLSX, CSV, XLS, ET, TXT|Goldstein, Rasbash.*"
    r"|Inner London[^，。]*?\(age \d+\)"
)
ENGLISH = re.compile(r"(?:[A-Za-z][A-Za-z'’-]*[ ,.:;]+){2,}[A-Za-z][A-Za-z'’-]+")
CHINESE = re.compile(r"[\u4e00-\u9fff].*[，。；？！]")
HAN = re.compile(r"[\u4e00-\u9fff]")
SIDEWAYS = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const keeps = ['auto', 'scroll', 'hidden', 'clip'];
  const moves = element => {
    for (let e = element.parentElement; e && e !== main; e = e.parentElement)
      if (keeps.includes(getComputedStyle(e).overflowX)) return true;
    return false;
  };
  const wide = [...main.querySelectorAll('*')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && !moves(element)
      && (box.right > innerWidth + 1 || box.left < -1);
  });
  return [main.scrollWidth - main.clientWidth,
    document.documentElement.scrollWidth - innerWidth,
    wide.map(element => element.outerHTML.slice(0, 120))];
}"""
FITS = f"() => ({SIDEWAYS})().every(found => found === 0 || found.length === 0)"
CLIPPED = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
  .filter(element => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const has = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    return has && box.width > 1 && ['hidden', 'clip'].includes(style.overflowX)
      && element.scrollWidth > element.clientWidth + 1;
  }).map(element => element.innerText)"""
LETTERED = "[data-testid=stMain] :is(h1, h2, h3, p, label, text)"
OWN_TEXT = """selector => [...document.querySelectorAll(selector)].map(element =>
  element.checkVisibility() ? [...element.childNodes].filter(node => node.nodeType === 3)
    .map(node => node.data).join('') : '')"""
# Text that is read: not the names of icons, not code, not formulas; tables are read in full.
TEXT = """() => {
  const copy = document.querySelector('[data-testid=stApp]').cloneNode(true);
  const left_out = 'code, pre, .katex, style, script, [data-testid=stIconMaterial]';
  copy.querySelectorAll(left_out).forEach(element => element.remove());
  const parts = [];
  const walk = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) parts.push(walk.currentNode.textContent.trim());
  return parts.filter(Boolean);
}"""


@pytest.fixture(scope="module")
def reader(chromium: Browser) -> Iterator[tuple[Page, Wire]]:
    """Give one page for all tests."""
    with reading(chromium) as page_and_wire:
        yield page_and_wire


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", PATHS)
def test_a_page_speaks_one_language_in_letters_that_can_be_drawn_and_fits_every_screen(
    reader: tuple[Page, Wire], app_url: str, code: str, language: str
) -> None:
    page, wire = reader
    _resize(page, *SCREENS[0])
    open_drawn(page, wire, f"{app_url}/{PATHS[code]}?subject=math&lang={language}")
    texts: list[str] = page.evaluate(TEXT)
    foreign = ENGLISH if language == "zh" else CHINESE
    read = texts if code != METHODS.code else texts[: _start_of_method(texts)]
    assert [text for text in read if foreign.search(QUOTED.sub("", text))] == []
    assert {letter for text in texts for letter in text if not _is_drawable(letter)} == set()
    assert undrawn_chinese(page) == []
    for width, height in SCREENS:
        _resize(page, width, height)
        with suppress(Error):  # a chart is drawn anew a moment after the window has changed
            page.wait_for_function(FITS, timeout=SETTLES_MS)
        main, window, wide = page.evaluate(SIDEWAYS)
        assert (main, window, wide) == (0, 0, []), width
        assert page.evaluate(CLIPPED) == [], width


def _resize(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})


def _start_of_method(texts: list[str]) -> int:
    """Return where a page about methods begins: it is in English, as the page says."""
    return next((k for k, text in enumerate(texts) if "方法文档用英文写成" in text), len(texts))


def undrawn_chinese(page: Page) -> list[str]:
    """Return texts of which Chromium took Chinese letters from a font that has none."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    for _ in range(MOST_TRIES):
        texts: list[str] = page.evaluate(OWN_TEXT, LETTERED)
        with suppress(Error):  # what was asked about may have been drawn anew meanwhile
            drawn = _drawn_in_chinese(session)
            if page.evaluate(OWN_TEXT, LETTERED) == texts and len(drawn) == len(texts):
                session.detach()
                both = zip(texts, drawn, strict=True)
                return [text for text, n in both if n < len(HAN.findall(text))]
        page.wait_for_timeout(SETTLES_MS / MOST_TRIES)
    raise AssertionError("The page did not come to rest.")


def _drawn_in_chinese(session: CDPSession) -> list[int]:
    """Return how many letters of each text stand there in a Chinese font."""
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": LETTERED})
    drawn = []
    for node in found["nodeIds"]:
        used: list[dict[str, Any]] = session.send(
            "CSS.getPlatformFontsForNode", {"nodeId": node}
        )["fonts"]
        drawn.append(sum(font["glyphCount"] for font in used if "CJK" in font["familyName"]))
    return drawn


@cache
def _ranges() -> tuple[tuple[int, int], ...]:
    """Return the letters for which some font of this machine has a glyph."""
    listed = subprocess.run(
        ["fc-list", ":", "charset"], capture_output=True, text=True, check=True
    ).stdout
    ends = (part.partition("-") for part in re.findall(r"[0-9a-f]+(?:-[0-9a-f]+)?", listed))
    return tuple({(int(low, 16), int(high or low, 16)) for low, _, high in ends})


@cache
def _is_drawable(letter: str) -> bool:
    place = ord(letter)
    return place < 0x20 or any(low <= place <= high for low, high in _ranges())


def test_the_checks_see_what_is_wrong(reader: tuple[Page, Wire], app_url: str) -> None:
    page, wire = reader
    open_drawn(page, wire, f"{app_url}/methods?lang=zh")
    page.evaluate(
        "() => document.querySelector('[data-testid=stMainBlockContainer]').insertAdjacentHTML("
        "'beforeend', '<p style=\"width:5000px\">This is not Chinese</p>"
        '<p style="width:9px;overflow:hidden;white-space:nowrap">剪掉的文字</p>\')'
    )
    main, _, wide = page.evaluate(SIDEWAYS)
    assert main > 0
    assert wide
    assert "剪掉的文字" in page.evaluate(CLIPPED)
    assert any(ENGLISH.search(QUOTED.sub("", text)) for text in page.evaluate(TEXT))
    assert CHINESE.search("缺考的学生不计入，见下表。")
    assert not _is_drawable("\U0010fffd")
