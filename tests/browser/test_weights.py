"""The bench of weights in a real browser: what moves at once, and a scheme that lasts."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import serve
from tests.browser.test_journeys import (
    PICTURE_SECONDS,
    expect_chart,
    open_page,
    wait_until_idle,
)

pytestmark = pytest.mark.browser
THREE = [["total.z", 30], ["total.value_added", 40], ["total.low_rate", 30]]
NAME = "增值为主"
GROUP = f"group={quote('junior/镇初中')}"
SCHEME = f"方案“{NAME}”第 1 版"


@pytest.fixture(scope="module")
def official_url(
    chromium: Browser, demonstration_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve an own store in which one person made a scheme and another approved it."""
    home = tmp_path_factory.mktemp("weights") / "store"
    shutil.copytree(demonstration_home, home)
    with serve(home, home.parent / "server.log") as url:
        for work in (build_in_pairs, approve):
            context = chromium.new_context(
                locale="zh-CN", viewport={"width": 1366, "height": 768}
            )
            work(context.new_page(), url)
            context.close()
        yield url


@pytest.fixture
def another_person(chromium: Browser) -> Iterator[Page]:
    """Give a page of a reader with a browser of his own."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


def weights_of(page: Page) -> dict[str, float]:
    """Return the weights of the address, in per cent."""
    return weights_in(page.url)


def weights_in(url: str) -> dict[str, float]:
    (text,) = parse_qs(urlsplit(url).query)["weights"]
    return {key: weight for key, weight, *_ in json.loads(text)}


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True).get_by_role("slider")


def ask(page: Page, key: str, text: str) -> None:
    """Fill in a text and let the server know."""
    page.locator(f".st-key-{key} input").fill(text)
    page.keyboard.press("Tab")
    wait_until_idle(page)


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").first.click()
    wait_until_idle(page)


def build_in_pairs(page: Page, url: str) -> None:
    """Set weights by judgements in pairs, keep them and hand them in."""
    open_page(page, f"{url}/weights?entry=pairs&weights={quote(json.dumps(THREE))}")
    for name, key in (("标准分 z 与 增值", "ArrowRight"), ("增值 与 低分率", "ArrowLeft")):
        for _ in range(3):
            slider(page, name).press(key)
    expect(page.get_by_text("一致性比率").first).to_be_visible()
    wait_until_idle(page)
    press(page, "weights_use_pairs")
    weights = weights_of(page)
    assert weights["total.value_added"] == max(weights.values())
    ask(page, "scheme_actor", "张三")
    ask(page, "scheme_name", NAME)
    ask(page, "scheme_reason", "三年行动计划")
    press(page, "scheme_save")
    expect(page.get_by_text("已存为")).to_be_visible()
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_text("已提交，")).to_be_visible()


def approve(page: Page, url: str) -> None:
    """Approve what waits for it, for exams from long ago on."""
    open_page(page, f"{url}/weights")
    ask(page, "scheme_actor", "李四")
    page.get_by_role("spinbutton", name="year, 自此日起的考试采用").press_sequentially("2020")
    page.keyboard.press("Tab")
    wait_until_idle(page)
    page.get_by_role("button", name="批准", exact=True).click()
    expect(page.get_by_text("由李四批准；自 2020年")).to_be_visible()


def test_a_moved_slider_changes_ranks_and_effective_weights(
    visitor: Page, another_person: Page, app_url: str
) -> None:
    open_page(visitor, f"{app_url}/weights?{GROUP}&weights={quote(json.dumps(THREE))}")
    expect_chart(visitor, "weights_ranks", "抽样 10,000 次")
    told = visitor.locator(".st-key-weights_effective_caption").inner_text()
    drawn = visitor.locator(".st-key-weights_ranks .main-svg").first.inner_html()
    for _ in range(40):
        slider(visitor, "低分率").press("ArrowRight")
    # A slider tells its value when it has come to rest.
    visitor.wait_for_url(lambda url: weights_in(url)["total.low_rate"] == 50.0)
    wait_until_idle(visitor)
    expect(visitor.locator(".st-key-weights_effective_caption")).not_to_have_text(told)
    expect_chart(visitor, "weights_ranks", "未保存的权重")
    wait_until_idle(visitor)
    assert visitor.locator(".st-key-weights_ranks .main-svg").first.inner_html() != drawn
    found = weights_of(visitor)
    assert sum(found.values()) == pytest.approx(100, abs=0.01)

    open_page(another_person, visitor.url)
    for key in ("weights_ranks", "weights_effective"):
        expect_chart(another_person, key, "")
        captions = [
            p.locator(f".st-key-{key}_caption").inner_text() for p in (visitor, another_person)
        ]
        assert captions[0] == captions[1]


def test_pages_and_pictures_name_the_official_scheme(
    another_person: Page, official_url: str, tmp_path: Path
) -> None:
    page = another_person
    open_page(page, f"{official_url}/weak_schools")
    expect_chart(page, "weak_doubt", SCHEME)
    page.locator(".st-key-weak_doubt_save").get_by_role("button").click()
    with page.expect_download(timeout=PICTURE_SECONDS) as waiting:
        page.locator(".st-key-weak_doubt_vector").get_by_role("button").click()
    waiting.value.save_as(tmp_path / "picture.svg")
    assert SCHEME in (tmp_path / "picture.svg").read_text(encoding="utf-8")


def test_the_former_scheme_opens_with_its_own_name(
    another_person: Page, official_url: str
) -> None:
    open_page(another_person, f"{official_url}/weak_schools?scheme=0")
    expect_chart(another_person, "weak_doubt", "默认权重")
    expect(another_person.get_by_text("并非考试当日生效的方案")).to_be_visible()
