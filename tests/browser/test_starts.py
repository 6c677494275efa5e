"""How the server starts and fails: an empty store is filled in sight, a bug shows a number."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import serve

pytestmark = pytest.mark.browser
BUILD_SECONDS = 180_000


@pytest.mark.slow
def test_an_empty_store_is_filled_in_sight_and_a_reload_does_not_break_it(
    chromium: Browser, tmp_path: Path
) -> None:
    with serve(tmp_path / "store", tmp_path / "server.log") as url:
        page = chromium.new_page()
        page.goto(f"{url}/leadership?subject=math")
        expect(page.get_by_text("正在生成演示数据")).to_be_visible()
        expect(page.get_by_text("正在发布")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="关键指标")).to_be_visible(
            timeout=BUILD_SECONDS
        )
        expect(page.locator(".st-key-subject")).to_be_visible()
        page.close()


def test_a_server_without_its_store_shows_a_number_and_logs_the_reason(
    chromium: Browser, tmp_path: Path
) -> None:
    blocked = tmp_path / "store"
    blocked.write_text("a file where the folder should be")
    log = tmp_path / "server.log"
    with serve(blocked, log) as url:
        page = chromium.new_page()
        page.goto(f"{url}/?lang=en")
        alert = page.get_by_test_id("stAlert")
        expect(alert).to_contain_text("Event number")
        shown = alert.inner_text()
        page.close()
    found = re.search(r"Event number: (\w{8})", shown)
    assert found is not None
    assert "Error" not in shown
    assert str(tmp_path) not in shown
    assert f"event {found.group(1)}" in log.read_text(encoding="utf-8")
