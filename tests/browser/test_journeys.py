"""What a reader does in a real browser: look, change, share a link, take a picture home."""

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from ui.registry import SCHOOL
from ui.text import Words

pytestmark = pytest.mark.browser
LONDON = "Inner London 1990 · GCSE (age 16)"
PICTURE_SECONDS = 60_000
A4_ACROSS_PX = (297 - 2 * 12) / 25.4 * 96


def selection_of(page: Page) -> dict[str, str]:
    """Return the selection that the address holds."""
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def wait_until_idle(page: Page) -> None:
    page.wait_for_selector(
        '[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000
    )
    page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')")


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    wait_until_idle(page)


def expect_chart(page: Page, key: str, text: str) -> None:
    """Wait for a chart whose caption holds the text, and for its picture."""
    expect(page.locator(f".st-key-{key}_caption", has_text=text)).to_be_visible()
    expect(page.locator(f".st-key-{key} .main-svg").first).to_be_visible()


def choose(page: Page, key: str, option: str) -> None:
    """Choose an option of the picker with this key."""
    page.locator(f".st-key-{key}").get_by_role("combobox").click()
    page.get_by_role("option", name=option, exact=True).click()


def choose_fourth_school(page: Page) -> None:
    """Choose a school and wait until the page is about it."""
    page.locator(".st-key-school").get_by_role("combobox").click()
    option = page.get_by_role("option").nth(3)
    name = option.inner_text()
    option.click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    wait_until_idle(page)


def test_the_start_page_opens_in_chinese_and_is_not_translated(
    visitor: Page, app_url: str
) -> None:
    open_page(visitor, app_url)
    expect(visitor.get_by_role("heading", name="系统中的考试")).to_be_visible()
    assert visitor.locator("html").get_attribute("lang") == "zh-CN"
    assert visitor.locator("html").get_attribute("translate") == "no"


def test_the_county_shows_figures_and_charts_with_their_stamp(
    visitor: Page, app_url: str
) -> None:
    for look, text in (("quadrant", "演示数据"), ("caterpillar", "数学")):
        open_page(visitor, f"{app_url}/leadership?subject=math&look={look}")
        expect_chart(visitor, look, text)
    expect(visitor.get_by_text("演示数据：学校和学生均为模拟生成")).to_be_visible()


def test_language_changes_words_and_keeps_the_selection(visitor: Page, app_url: str) -> None:
    open_page(visitor, f"{app_url}/leadership?subject=math&method=contextual&lang=zh")
    expect(visitor.get_by_role("heading", name="全县总览")).to_be_visible()
    before = selection_of(visitor)
    visitor.get_by_role("radio", name="English").click()
    expect(visitor.get_by_role("heading", name="County overview")).to_be_visible()
    wait_until_idle(visitor)
    assert selection_of(visitor) == {**before, "lang": "en"}


def test_another_school_is_shown_and_named_in_the_address(visitor: Page, app_url: str) -> None:
    open_page(visitor, f"{app_url}/school?subject=english")
    before = selection_of(visitor)["school"]
    choose_fourth_school(visitor)
    assert selection_of(visitor)["school"] != before
    assert selection_of(visitor)["subject"] == "english"


def test_a_shared_link_opens_the_same_view_for_another_reader(
    visitor: Page, app_url: str, chromium: Browser
) -> None:
    open_page(visitor, f"{app_url}/leadership?look=caterpillar")
    choose(visitor, "subject", "物理")
    expect_chart(visitor, "caterpillar", "物理")
    wait_until_idle(visitor)
    context = chromium.new_context()
    other = context.new_page()
    open_page(other, visitor.url)
    expect_chart(other, "caterpillar", "物理")
    assert selection_of(other) == selection_of(visitor)
    charts = [
        p.locator(".st-key-caterpillar_caption", has_text="物理") for p in (visitor, other)
    ]
    titles = [chart.text_content() for chart in charts]
    assert titles[0] == titles[1]
    context.close()


def test_the_selection_survives_a_change_of_page(visitor: Page, app_url: str) -> None:
    open_page(visitor, f"{app_url}/leadership?subject=chemistry")
    before = selection_of(visitor)
    words = Words("zh")
    visitor.get_by_test_id("stHeader").get_by_text(words(SCHOOL.group), exact=True).click()
    visitor.get_by_role("menuitem", name=words(SCHOOL.title)).click()
    expect(visitor.locator(".st-key-school")).to_be_visible()
    wait_until_idle(visitor)
    after = selection_of(visitor)
    of_the_page = {"look"}
    shared = {key: value for key, value in before.items() if key not in of_the_page}
    assert {"exam", "baseline", "subject", "method"} <= shared.keys()
    assert {key: after[key] for key in shared} == shared


def test_a_row_of_the_county_leads_to_its_school(visitor: Page, app_url: str) -> None:
    open_page(visitor, f"{app_url}/leadership?subject=math")
    table = visitor.locator(".st-key-school_table canvas").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 20, "y": 60}, force=True)
    visitor.wait_for_url(re.compile(r"/school\?"))
    wait_until_idle(visitor)
    assert selection_of(visitor)["subject"] == "math"
    assert "school" in selection_of(visitor)


def test_back_leads_to_the_page_before_as_it_was(visitor: Page, app_url: str) -> None:
    open_page(visitor, f"{app_url}/leadership")
    open_page(visitor, f"{app_url}/leadership?subject=math")
    picker = visitor.locator(".st-key-subject").get_by_role("combobox")
    picker.fill("英语")
    visitor.get_by_role("option", name="英语", exact=True).click()
    visitor.wait_for_url(re.compile("subject=english"))
    wait_until_idle(visitor)
    table = visitor.locator(".st-key-school_table canvas").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 20, "y": 60}, force=True)
    visitor.wait_for_url(re.compile(r"/school\?"))
    wait_until_idle(visitor)
    visitor.go_back()
    visitor.wait_for_url(re.compile(r"/leadership\?.*subject=english"))
    expect(visitor.get_by_role("heading", name="全县总览", exact=True)).to_be_visible()
    wait_until_idle(visitor)
    expect(picker).to_have_value("英语")


def test_nothing_is_cut_on_paper(visitor: Page, app_url: str) -> None:
    width = 1920
    visitor.set_viewport_size({"width": width, "height": 900})
    open_page(visitor, f"{app_url}/leadership?subject=math&look=quadrant")
    chart = visitor.locator(".st-key-quadrant .main-svg").first
    expect(chart).to_be_visible()
    on_screen = float(chart.get_attribute("width") or 0)
    assert on_screen > 0.7 * width
    visitor.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    zoom = visitor.evaluate(
        "() => parseFloat(document.documentElement.style.getPropertyValue('--print-zoom'))"
    )
    assert 0.3 < zoom <= 1
    assert zoom * on_screen <= A4_ACROSS_PX


NOTE_WIDTHS = """key => {
  window.widths = new Set();
  const note = () => {
    const chart = document.querySelector(`.st-key-${key} .js-plotly-plot`);
    if (chart && chart.layout) window.widths.add(chart.layout.width ?? "not known");
  };
  new MutationObserver(note).observe(document.body, { subtree: true, childList: true });
}"""


def test_a_changed_chart_has_its_width_from_the_first_drawing_on(
    visitor: Page, app_url: str
) -> None:
    address = f"{app_url}/school?school=J003"
    open_page(visitor, address)
    visitor.wait_for_function("() => document.cookie.includes('chart_width=')")
    open_page(visitor, address)
    visitor.evaluate(NOTE_WIDTHS, "subject_effects")
    choose_fourth_school(visitor)
    seen = visitor.evaluate("[...window.widths]")
    assert len(seen) == 1
    assert seen != ["not known"]


def test_a_point_of_a_chart_leads_to_its_school(visitor: Page, app_url: str) -> None:
    open_page(visitor, f"{app_url}/leadership?subject=math&look=caterpillar")
    point = visitor.locator(".st-key-caterpillar .scatterlayer .point").first
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visitor.mouse.move(x, y)
    visitor.wait_for_timeout(300)
    visitor.mouse.down()
    visitor.mouse.up()
    visitor.wait_for_url(re.compile(r"/school\?"))


def test_a_picture_comes_home_as_a_png_with_something_on_it(
    visitor: Page, app_url: str, tmp_path: Path
) -> None:
    open_page(visitor, f"{app_url}/leadership?subject=math&look=quadrant")
    visitor.locator(".st-key-quadrant_save").get_by_role("button").click()
    button = visitor.locator(".st-key-quadrant_page").get_by_role("button")
    with visitor.expect_download(timeout=PICTURE_SECONDS) as waiting:
        button.click()
    download = waiting.value
    assert re.fullmatch(r"quadrant_.+_数学_[0-9a-f]{8}\.png", download.suggested_filename)
    target = tmp_path / "picture.png"
    download.save_as(target)
    with Image.open(BytesIO(target.read_bytes())) as picture:
        assert picture.format == "PNG"
        assert picture.width == 3200
        assert picture.height > 1500
        colours = picture.convert("RGB").getcolors(maxcolors=1_000_000)
        assert colours is not None
        assert len(colours) > 50


def test_an_unknown_exam_in_a_link_is_explained(visitor: Page, app_url: str) -> None:
    open_page(visitor, f"{app_url}/leadership?exam=nowhere&look=quadrant")
    expect(visitor.get_by_text("链接中的考试不在本系统中：nowhere")).to_be_visible()
    choose(visitor, "exam", LONDON)
    expect(visitor.locator(".st-key-quadrant")).to_be_visible()
    assert selection_of(visitor)["exam"] == LONDON


def test_public_data_name_their_source_in_the_chart(visitor: Page, app_url: str) -> None:
    open_page(visitor, f"{app_url}/leadership?exam={LONDON}&lang=en&look=quadrant")
    caption = visitor.locator(".st-key-quadrant_caption")
    expect(caption.get_by_text("Source: Goldstein")).to_be_visible()
