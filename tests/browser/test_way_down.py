"""The way of a leader: county, school, township, school, subject, a picture, its link."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journeys import (
    PICTURE_SECONDS,
    choose,
    open_page,
    selection_of,
    wait_until_idle,
)
from ui.registry import SUBJECT
from ui.text import Language, Words
from ui.vocabulary import METHODS

pytestmark = pytest.mark.browser
KEPT = ("exam", "baseline", "subject", "method", "lang")
# What a reader sees: headings, captions, and the cells of tables as a screen reader has them.
SEEN = """() => ['h1, h2, h3', '[class*=_caption]', 'canvas[data-testid=data-grid-canvas] td']
  .map(selector => [...document.querySelectorAll(`[data-testid=stMain] :is(${selector})`)]
    .map(element => element.textContent.trim()))"""


def press_row(page: Page, key: str, page_name: str) -> None:
    """Tick the first row of a table and wait for the page that it leads to."""
    table = page.locator(f".st-key-{key} canvas").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 20, "y": 60}, force=True)
    arrive(page, page_name)


def arrive(page: Page, page_name: str) -> None:
    page.wait_for_url(re.compile(rf"/{page_name}\?"))
    wait_until_idle(page)


def save(page: Page, figure: str, shape: str) -> bytes:
    """Save a figure as a picture of this shape; the menu stays open."""
    with page.expect_download(timeout=PICTURE_SECONDS) as waiting:
        page.locator(f".st-key-{figure}_{shape}").get_by_role("button").click()
    return Path(waiting.value.path()).read_bytes()


def seen_on(page: Page) -> list[list[str]]:
    seen: list[list[str]] = page.evaluate(SEEN)
    return seen


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_the_county_down_to_a_picture_whose_link_opens_the_same_view(
    visitor: Page, app_url: str, chromium: Browser, language: Language
) -> None:
    words = Words(language)
    open_page(visitor, f"{app_url}/leadership?subject=math&lang={language}")
    choose(visitor, "method", words(METHODS["contextual"]))
    visitor.wait_for_url(re.compile("method=contextual"))
    wait_until_idle(visitor)
    kept = kept_by(visitor)
    school = go_down(visitor, words)
    assert kept_by(visitor) == kept
    expect(visitor.locator(".st-key-school").get_by_role("combobox")).to_have_value(school)

    finding = visitor.locator(".st-key-standing_caption p").first.inner_text()
    visitor.locator(".st-key-standing_save").get_by_role("button").click()
    link = link_in(save(visitor, "standing", "slide"))
    assert squeezed(finding) in squeezed(words_of(save(visitor, "standing", "vector")))
    visitor.keyboard.press("Escape")
    expect_same_view(visitor, link, chromium)

    press_row(visitor, "gap_table", "school")
    visitor.locator(".st-key-breadcrumb a").first.click()
    arrive(visitor, "leadership")
    assert kept_by(visitor) == kept


def go_down(page: Page, words: Words) -> str:
    """Go from the county to a school, up to its township, down again, and to the subject."""
    press_row(page, "school_table", "school")
    page.locator(".st-key-breadcrumb a").nth(1).click()
    arrive(page, "township")
    press_row(page, "township_schools", "school")
    school = page.locator(".st-key-breadcrumb strong").inner_text()
    menu = page.get_by_test_id("stHeader")
    menu.get_by_text(words(SUBJECT.group), exact=True).click()
    page.get_by_role("menuitem", name=words(SUBJECT.title)).click()
    arrive(page, "subject")
    return school


def kept_by(page: Page) -> dict[str, str]:
    """Return what the pickers of all pages have chosen."""
    return {key: selection_of(page)[key] for key in KEPT}


def expect_same_view(page: Page, link: str, chromium: Browser) -> None:
    """Open a link as another reader: the same headings, captions and tables."""
    context = chromium.new_context(viewport=page.viewport_size)
    other = context.new_page()
    open_page(other, link)
    expect(other.locator(".st-key-standing .main-svg").first).to_be_visible()
    assert selection_of(other) == selection_of(page)
    here = seen_on(page)
    assert all(here)
    # Tables are drawn a moment after the page.
    other.wait_for_function(f"n => ({SEEN})()[2].length === n", arg=len(here[2]))
    assert seen_on(other) == here
    context.close()


def link_in(png: bytes) -> str:
    """Return the link that a slide carries as a code to be scanned."""
    with Image.open(BytesIO(png)) as picture:
        assert (picture.width, picture.height * 16) == (3200, picture.width * 9)
        (code,) = zxingcpp.read_barcodes(picture.convert("RGB"))
    return str(code.text)


def words_of(svg: bytes) -> str:
    """Return all words of a drawing."""
    return "".join(ET.fromstring(svg).itertext())  # noqa: S314  the own server's


def squeezed(text: str) -> str:
    """Return a text without blanks: a drawing breaks its lines elsewhere."""
    return re.sub(r"\s+", "", text)
