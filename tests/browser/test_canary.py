"""No pupil reaches a browser: what every page sends is searched for pupils made to be found."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.canary_county import (
    SCHOOL_MARK,
    TOWNSHIP_MARK,
    Canaries,
    build_canary_county,
    make_pupils,
    write_workbook,
)
from tests.browser.canary_search import marks_in, scores_in
from tests.browser.conftest import require_browser, serve
from tests.browser.test_journeys import wait_until_idle
from tests.browser.wire import Wire, every_look, every_option, open_drawn, wait_for_run
from ui.registry import IMPORT, PAGES
from ui.text import Words

pytestmark = pytest.mark.browser
UNITS = (SCHOOL_MARK, TOWNSHIP_MARK)
PATHS = {entry.code: entry.path for entry in PAGES}
PICTURE_SECONDS = 60_000


@dataclass(frozen=True, slots=True)
class Watched:
    """A page whose traffic is recorded, on the county of the canaries."""

    url: str
    page: Page
    wire: Wire
    canaries: Canaries

    def open(self, code: str, **address: str) -> None:
        query = urlencode({"subject": "math", "lang": "zh", **address})
        open_drawn(self.page, self.wire, f"{self.url}/{PATHS[code]}?{query}")

    def expect_no_pupil(self, where: str) -> list[bytes]:
        """Search what has passed since the last search; return it."""
        passed = self.wire.take()
        assert passed, where
        assert not marks_in(passed, self.canaries.marks), where
        assert not scores_in(passed, self.canaries), where
        return passed

    def expect_no_unit(self, where: str) -> None:
        """Search the same for pupils and for the names of schools and townships."""
        passed = [*self.expect_no_pupil(where), self.page.url.encode()]
        assert not marks_in(passed, UNITS), where

    def save(self, button: str) -> bytes:
        """Press a button that saves a file; return the file."""
        with self.page.expect_download(timeout=PICTURE_SECONDS) as waiting:
            self.page.locator(button).get_by_role("button").click()
        return Path(waiting.value.path()).read_bytes()


@pytest.fixture(scope="module")
def canary_server(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Canaries]]:
    """Serve the county of the canaries."""
    require_browser()
    folder = tmp_path_factory.mktemp("canaries")
    canaries = build_canary_county(folder)
    with serve(folder / "store", folder / "server.log") as url:
        yield url, canaries


@pytest.fixture(scope="module")
def watched(canary_server: tuple[str, Canaries], chromium: Browser) -> Iterator[Watched]:
    """Give one page for all tests, so that the browser loads Streamlit once."""
    url, canaries = canary_server
    context = chromium.new_context(locale="zh-CN", accept_downloads=True)
    page = context.new_page()
    yield Watched(url, page, Wire.of(page), canaries)
    context.close()


@pytest.mark.parametrize("code", PATHS)
def test_no_look_of_a_page_sends_a_pupil(watched: Watched, code: str) -> None:
    watched.open(code, codes="0")
    looks = every_look(watched.page, watched.wire)
    sent = [content for look in looks for content in watched.expect_no_pupil(look)]
    if code in ("leadership", "school", "township"):
        assert marks_in(sent, UNITS) == set(UNITS)  # the search sees what is sent


@pytest.mark.parametrize("code", PATHS)
def test_with_codes_a_page_sends_no_name_of_a_unit(watched: Watched, code: str) -> None:
    watched.open(code, codes="1")
    watched.expect_no_unit(code)


@pytest.mark.slow
@pytest.mark.parametrize("codes", ["0", "1"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", PATHS)
def test_no_option_of_a_picker_and_no_saved_picture_sends_a_pupil(
    watched: Watched, code: str, language: str, codes: str
) -> None:
    watched.open(code, codes=codes, lang=language)
    expect_nobody = watched.expect_no_unit if codes == "1" else watched.expect_no_pupil
    for look in every_look(watched.page, watched.wire):
        expect_nobody(look)
        for key in saved_figures(watched.page):
            watched.page.locator(f".st-key-{key}_save").get_by_role("button").click()
            picture = watched.save(f".st-key-{key}_vector")
            n_runs = watched.wire.n_runs
            watched.page.keyboard.press(
                "Escape"
            )  # the drawer tells the server that it is closed
            wait_for_run(watched.page, watched.wire, n_runs)
            expect_nobody(key)
            assert not marks_in([picture], watched.canaries.marks), key
            assert not scores_in([picture], watched.canaries), key
            assert codes == "0" or not marks_in([picture], UNITS), key
    for option in every_option(watched.page, watched.wire):
        expect_nobody(option)


def saved_figures(page: Page) -> list[str]:
    """Return the keys of the figures that can be saved as a picture."""
    keys: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('[class*=_save]')]"
        ".map(e => e.className.match(/st-key-(\\w+)_save/)?.[1]).filter(Boolean)"
    )
    return list(dict.fromkeys(keys))


@pytest.mark.parametrize("figure", ["quadrant", "school_table"])
def test_a_picture_holds_no_pupil(watched: Watched, figure: str) -> None:
    watched.open("leadership", look="quadrant", codes="0")
    watched.page.locator(f".st-key-{figure}_save").get_by_role("button").click()
    picture = watched.save(f".st-key-{figure}_vector")
    watched.expect_no_pupil(figure)
    assert marks_in([picture], UNITS)
    assert not marks_in([picture], watched.canaries.marks)
    assert not scores_in([picture], watched.canaries)


def test_cells_and_explanation_hold_no_pupil(watched: Watched) -> None:
    watched.open("leadership", look="quadrant", codes="0")
    for drawer, content in (("cells", "school_table_sheet"), ("made", "school_table_made")):
        watched.page.locator(f".st-key-school_table_{drawer}").get_by_role("button").click()
        expect(watched.page.locator(f".st-key-{content}").last).to_be_visible()
        wait_until_idle(watched.page)
        watched.expect_no_pupil(drawer)
        watched.page.keyboard.press("Escape")


def test_the_findings_of_a_file_tell_where_and_never_who(
    watched: Watched, tmp_path: Path
) -> None:
    words, page = Words("zh"), watched.page
    watched.open(IMPORT.code, codes="0")
    page.set_input_files("input[type=file]", faulty_workbook(tmp_path / "成绩.xlsx"))
    form = page.get_by_test_id("stForm").first
    form.get_by_role("spinbutton", name=words("Day of the exam")).first.click()
    page.keyboard.type("20260710")
    for label, value in {
        "Name of the exam": "补考",
        "Grade (1 to 12)": "9",
        "Full marks": "chinese=200 math=200 english=200",
        "Your name, for the record": "王",
    }.items():
        form.get_by_label(words(label), exact=True).fill(value)
    form.get_by_role("button", name=words("Check the file")).click()
    findings = page.get_by_test_id("stTable")
    expect(findings.get_by_text("999")).to_be_visible()
    book = watched.save('[data-testid="stDownloadButton"]:has-text("检查结果")')
    shown = [page.content().encode(), book, *watched.wire.take()]
    assert not marks_in(shown, watched.canaries.marks)


def faulty_workbook(path: Path) -> str:
    """Write a file with a pupil twice, another name, another class and a score too high."""
    pupils = make_pupils()
    pupils.loc[5, ["number", "name"]] = pupils.loc[4, ["number", "name"]]
    pupils.loc[6, ["name"]] = pupils.loc[7, ["name"]]
    pupils.loc[8, ["class"]] = ["9班"]
    marks = 100_00 + np.arange(3 * len(pupils)).reshape(len(pupils), 3)
    marks[9, 0] = 999_00
    return str(write_workbook(path, pupils, marks))
