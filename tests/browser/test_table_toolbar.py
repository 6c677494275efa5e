"""Cells are taken along by the project's own ways, which quote names and carry the source."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journeys import open_page

pytestmark = pytest.mark.browser


def test_a_table_offers_no_file_of_streamlits_own(visitor: Page, app_url: str) -> None:
    open_page(visitor, f"{app_url}/warning_board?lang=en&subject=math")
    table = visitor.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    table.hover()
    toolbar = visitor.get_by_test_id("stElementToolbar").first
    expect(toolbar.get_by_role("button").first).to_be_attached()
    expect(visitor.get_by_role("button", name="Download as CSV")).to_have_count(0)
