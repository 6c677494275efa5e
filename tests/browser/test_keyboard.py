"""Without a mouse: Tab goes from the pickers to chart, table and pictures, and is seen."""

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import FloatRect, Page, expect

from tests.browser.test_journeys import open_page

pytestmark = pytest.mark.browser
STOPS = (
    "lang",
    "exam",
    "baseline",
    "subject",
    "method",
    "look",
    "quadrant_save",
    "quadrant_made",
    "school_table",
    "school_table_save",
)
WHERE = """() => document.activeElement.closest('[class*=st-key-]')
  ?.className.match(/st-key-(\\w+)/)[1] ?? ''"""
BOX = """() => {
  const box = document.activeElement.closest('[class*=st-key-]').getBoundingClientRect();
  return {x: box.x - 6, y: box.y - 6, width: box.width + 12, height: box.height + 12};
}"""
MOST_TABS = 90


def test_tab_reaches_pickers_table_and_pictures_in_the_order_of_the_page(
    visitor: Page, app_url: str
) -> None:
    open_page(visitor, f"{app_url}/leadership?subject=math&look=quadrant")
    expect(visitor.locator(".st-key-school_table canvas").first).to_be_attached()
    first: dict[str, int] = {}
    for place in range(MOST_TABS):
        visitor.keyboard.press("Tab")
        key = visitor.evaluate(WHERE)
        if key not in first and key in STOPS:
            first[key] = place
            assert is_seen(visitor), key
        if key == STOPS[-1]:
            break
    assert tuple(first) == STOPS
    assert all(a < b for a, b in pairwise(first.values()))


def is_seen(page: Page) -> bool:
    """Whether what has the focus looks otherwise than without it."""
    page.evaluate("() => document.activeElement.scrollIntoView({block: 'center'})")
    box = page.evaluate(BOX)
    size = page.viewport_size
    assert size is not None
    clip: FloatRect = {
        "x": max(box["x"], 0),
        "y": max(box["y"], 0),
        "width": min(box["width"], size["width"] - max(box["x"], 0)),
        "height": min(box["height"], size["height"] - max(box["y"], 0)),
    }
    with_focus = picture(page, clip)
    page.evaluate("() => {window.focused = document.activeElement; window.focused.blur()}")
    without = picture(page, clip)
    page.evaluate("() => window.focused.focus({focusVisible: true})")
    return ImageChops.difference(with_focus, without).getbbox() is not None


def picture(page: Page, clip: FloatRect) -> Image.Image:
    """Return what a part of the screen shows, when nothing moves any more."""
    png = page.screenshot(clip=clip, animations="disabled", caret="hide")
    return Image.open(BytesIO(png)).convert("RGB")


def test_a_picture_can_be_asked_for_by_keys(visitor: Page, app_url: str) -> None:
    open_page(visitor, f"{app_url}/leadership?subject=math&look=quadrant")
    visitor.locator(".st-key-quadrant_save button").first.focus()
    visitor.keyboard.press("Enter")
    button = visitor.locator(".st-key-quadrant_slide").get_by_role("button")
    expect(button).to_be_visible()
    # Streamlit puts what opens at the end of the page, so Tab comes to it after the rest.
    for _ in range(MOST_TABS):
        visitor.keyboard.press("Tab")
        if visitor.evaluate(WHERE) == "quadrant_slide":
            break
    expect(button).to_be_focused()
    visitor.keyboard.press("Escape")
    expect(button).to_be_hidden()
    expect(visitor.locator(".st-key-quadrant_save button").first).to_be_focused()
