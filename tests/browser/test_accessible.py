"""Every page is checked by axe-core, in light and in dark: no serious or critical violation."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.wire import Wire, every_look, open_drawn, reading
from ui.registry import PAGES

pytestmark = pytest.mark.browser
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
GRAVE = {"serious", "critical"}
PATHS = {entry.code: entry.path for entry in PAGES}

# All pages share one dark palette: every day some of them are looked at in it.
_DARK = ("home", "leadership", "school", "import_scores")
LOOKS = [
    pytest.param(
        scheme, code, marks=[pytest.mark.slow] if scheme == "dark" and code not in _DARK else []
    )
    for scheme in ("light", "dark")
    for code in PATHS
]

# What Streamlit's own widgets break and no page can change: rule, part of the element, why.
FOREIGN: tuple[tuple[str, str, str], ...] = ()


@pytest.fixture(scope="module", params=["light", "dark"])
def reader(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[tuple[Page, Wire]]:
    """Give one page of a reader whose system is light or dark."""
    with reading(chromium, color_scheme=request.param) as page_and_wire:
        yield page_and_wire


@pytest.mark.parametrize(("reader", "code"), LOOKS, indirect=["reader"])
def test_a_page_has_no_grave_violation(
    reader: tuple[Page, Wire], app_url: str, code: str
) -> None:
    page, wire = reader
    open_drawn(page, wire, f"{app_url}/{PATHS[code]}?subject=math&lang=zh")
    assert grave_violations(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("code", PATHS)
def test_no_look_of_a_page_has_a_grave_violation(
    reader: tuple[Page, Wire], app_url: str, code: str
) -> None:
    page, wire = reader
    open_drawn(page, wire, f"{app_url}/{PATHS[code]}?subject=math&lang=zh")
    found = {look: grave_violations(page) for look in every_look(page, wire)}
    assert {look: violations for look, violations in found.items() if violations} == {}


def grave_violations(page: Page) -> list[str]:
    """Return rule, place and reason of what breaks WCAG 2 A or AA."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    answer: dict[str, Any] = page.evaluate(
        "() => axe.run({runOnly: ['wcag2a', 'wcag2aa'], resultTypes: ['violations']})"
    )
    return [
        f"{violation['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for violation in answer["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
        if not is_foreign(violation["id"], node["html"])
    ]


def is_foreign(rule: str, html: str) -> bool:
    """Whether the violation is Streamlit's own and is listed."""
    return any(rule == listed and part in html for listed, part, _ in FOREIGN)


def test_the_check_sees_what_is_wrong(reader: tuple[Page, Wire], app_url: str) -> None:
    page, wire = reader
    open_drawn(page, wire, f"{app_url}/methods")
    page.evaluate("() => document.querySelector('h1').style.opacity = 0.2")
    assert any(found.startswith("color-contrast") for found in grave_violations(page))
