"""What an address says is shown as text: no link of a stranger stands in our own message."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journeys import open_page

pytestmark = pytest.mark.browser
STRANGERS = (
    "http://evil.example/login",
    "HTTPS://evil.example",
    "www.evil.example",
    "a@evil.example",
    "mailto:a@evil.example",
)


@pytest.mark.parametrize("code", STRANGERS)
def test_a_code_that_looks_like_an_address_is_no_link(
    visitor: Page, app_url: str, code: str
) -> None:
    asked = urlencode({"lang": "en", "exam": code})
    open_page(visitor, f"{app_url}/leadership?{asked}")
    message = visitor.get_by_test_id("stAlert").filter(has_text="evil.example")
    expect(message).to_have_count(1)
    expect(message.locator("a")).to_have_count(0)
    expect(visitor.locator("a[href*='evil']")).to_have_count(0)
