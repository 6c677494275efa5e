"""A meeting in a real browser: an agenda is made, walked through, shared and left."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journeys import expect_chart, open_page, selection_of, wait_until_idle

pytestmark = pytest.mark.browser
NAME = "9 月教学质量分析会"


def press(page: Page, key: str) -> None:
    """Press the button with this key; one with a hint stands twice, once for touch screens."""
    page.locator(f".st-key-{key} button:visible").first.click()


def expect_step(page: Page, text: str) -> None:
    expect(page.locator(".st-key-agenda_place button:visible").first).to_contain_text(text)


def add_view(page: Page, address: str, title: str) -> None:
    """Open a page and put what it shows on the agenda."""
    open_page(page, address)
    page.locator(".st-key-reader").get_by_role("button", name="显示").click()
    page.get_by_label("议程中的标题").fill(title)
    page.get_by_label("操作人姓名（留痕）").fill("王")
    press(page, "agenda_add")
    expect(page.get_by_text(f"已加入“{NAME}”")).to_be_visible()
    wait_until_idle(page)


@pytest.fixture(scope="module")
def agenda_url(chromium: Browser, app_url: str) -> str:
    """Make an agenda of two views from two pages; give the address of its page."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    open_page(page, f"{app_url}/meeting")
    page.get_by_label("操作人姓名（留痕）").fill("王")
    page.keyboard.press("Enter")
    wait_until_idle(page)
    page.locator(".st-key-agenda_name_new input").fill(NAME)
    press(page, "agenda_make")
    expect(page.get_by_text("该议程尚无视图")).to_be_visible()
    wait_until_idle(page)
    url = page.url
    add_view(page, f"{app_url}/leadership?subject=physics&look=quadrant", "全县物理")
    add_view(page, f"{app_url}/school?subject=english&school=J003", "一所学校的英语")
    context.close()
    return url


def start(page: Page, agenda_url: str) -> None:
    """Start the meeting and wait for its first view."""
    open_page(page, agenda_url)
    press(page, "agenda_start")
    expect_step(page, "1 / 2：全县物理")
    expect_chart(page, "quadrant", "物理")
    wait_until_idle(page)


def go_on(page: Page) -> None:
    """Go to the second view with the key of its button."""
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/school\?"))
    expect_step(page, "2 / 2：一所学校的英语")
    wait_until_idle(page)


def test_a_meeting_goes_on_and_back_and_ends(visitor: Page, agenda_url: str) -> None:
    start(visitor, agenda_url)
    assert selection_of(visitor)["meeting"] == "1"
    go_on(visitor)
    here = selection_of(visitor)
    assert (here["school"], here["subject"], here["at"]) == ("J003", "english", "1")
    assert here["meeting"] == "1"
    press(visitor, "agenda_back")
    expect_step(visitor, "1 / 2：全县物理")
    expect_chart(visitor, "quadrant", "物理")
    wait_until_idle(visitor)
    press(visitor, "agenda_end")
    visitor.wait_for_url(re.compile(r"/meeting\?"))
    expect(visitor.locator(".st-key-agenda_bar")).to_have_count(0)
    wait_until_idle(visitor)
    assert selection_of(visitor)["agenda"] == here["agenda"]
    assert not {"at", "meeting"} & selection_of(visitor).keys()


def test_the_link_of_a_step_opens_the_same_step_for_another_reader(
    visitor: Page, agenda_url: str, chromium: Browser
) -> None:
    start(visitor, agenda_url)
    go_on(visitor)
    context = chromium.new_context()
    other = context.new_page()
    open_page(other, visitor.url)
    expect_step(other, "2 / 2：一所学校的英语")
    wait_until_idle(other)
    assert selection_of(other) == selection_of(visitor)
    context.close()


def test_a_letter_in_a_text_field_is_no_key_of_the_bar(visitor: Page, agenda_url: str) -> None:
    start(visitor, agenda_url)
    visitor.locator(".st-key-reader").get_by_role("button", name="显示").click()
    visitor.get_by_label("议程中的标题").press_sequentially("nnpn")
    visitor.wait_for_timeout(500)
    wait_until_idle(visitor)
    assert selection_of(visitor)["at"] == "0"
    expect(visitor.get_by_label("议程中的标题")).to_have_value(re.compile("nnpn"))


def test_the_bar_covers_nothing_and_the_menu_does_not_end_the_meeting(
    visitor: Page, agenda_url: str
) -> None:
    start(visitor, agenda_url)
    main = visitor.locator('[data-testid="stMain"]')
    main.evaluate("element => element.scrollTo(0, element.scrollHeight)")
    last = visitor.locator('[data-testid="stMainBlockContainer"]').bounding_box()
    bar = visitor.locator('[data-testid="stBottom"]').bounding_box()
    assert last is not None
    assert bar is not None
    assert last["y"] + last["height"] <= bar["y"] + 1
    visitor.locator(".st-key-reader").get_by_role("button", name="显示").click()
    visitor.locator(".st-key-meeting label").first.click()
    wait_until_idle(visitor)
    visitor.keyboard.press("Escape")
    visitor.locator('[data-testid="stHeader"]').get_by_text("首页").click()
    expect(visitor.get_by_role("heading", name="系统中的考试")).to_be_visible()
    expect_step(visitor, "1 / 2")
    press(visitor, "agenda_place")
    expect_chart(visitor, "quadrant", "物理")
