"""What a reader waits for on each page, beside the smallest app of Streamlit with one chart.

    python -m bench.bench_pages --home FOLDER [--page leadership] [--changes 9]
    python -m bench.bench_pages --pupils 1000000 --schools 2000 --exams 2

In a real Chromium, for each page that shows results: the first reader after the start of a
server of its own; then, in one server that was left alone until it computes nothing, later
readers; a changed subject and, on the page of a school, a changed school, until the first
chart is drawn anew. The smallest app is measured in the same run, the same way. Bytes are
those of the websocket, as unpacked, and of media. The store is copied first.
"""

import argparse
import json
import shlex
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from playwright.sync_api import Browser

from bench.screen.county import Size, build_county
from bench.screen.page_table import PageTimes, table
from bench.screen.reader import Tab, Waited, chromium, new_reader, new_tab
from bench.screen.servers import ROOT, Server, serve
from ui.pictures import browser_path
from ui.registry import (
    COUNTY,
    LEADERSHIP,
    MEETING,
    PAGES,
    SCHOOL,
    SUBJECT,
    UNITS,
    WEIGHTS,
    PageEntry,
)

SMALLEST = "smallest app"
_OPENED, _QUIET_MOST = 5, 1800.0
# These two show no chart before one is asked for.
_TWELVE = [
    [f"total.{name}", 1]
    for name in (
        "z", "value_added", "mean", "score_rate", "pass_rate", "good_rate", "excellent_rate",
        "low_rate", "bottom20_share", "p10", "median", "p90",
    )
]  # fmt: skip
_ASKED = {LEADERSHIP.code: "?look=quadrant", SUBJECT.code: "?subject=chinese"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: how many changes, and in which folder the logs lie."""

    n_changes: int
    folder: Path


def result_pages() -> list[PageEntry]:
    """Return the registered pages that show results."""
    return [page for page in PAGES if page.group in (COUNTY, UNITS) and page is not MEETING]


def measure_pages(browser: Browser, home: Path, pages: Sequence[PageEntry], plan: Plan) -> str:
    """Measure the smallest app and the pages and return their table."""
    log = plan.folder / "server.log"
    colds = []
    for page in pages:
        with serve(ROOT / "app.py", log, home=home) as server:
            colds.append(_cold(browser, _address(server, page)))
    with serve(ROOT / "app.py", log, home=home) as server:
        _cold(browser, server.url)
        waited = server.wait_until_quiet(most=_QUIET_MOST)
        print(f"The store was warm {waited:.0f} s after the start.\n", flush=True)
        found = []
        for page, cold in zip(pages, colds, strict=True):
            found.append(_times(browser, server, page.code, _address(server, page), cold, plan))
            print(table(found[-1:], found[-1]).splitlines()[-1], file=sys.stderr, flush=True)
    with serve(ROOT / "bench" / "screen" / "smallest.py", log) as server:
        cold = _cold(browser, server.url)
        smallest = _times(browser, server, SMALLEST, server.url, cold, plan)
    return table(found, smallest)


def measure_sliders(browser: Browser, home: Path, plan: Plan) -> str:
    """Measure the bench of weights with twelve indicators, slider after slider; one line."""
    log = plan.folder / "server.log"
    with serve(ROOT / "app.py", log, home=home) as server:
        url = f"{server.url}/{WEIGHTS.path}?{urlencode({'weights': json.dumps(_TWELVE)})}"
        _cold(browser, url)
        server.wait_until_quiet(most=_QUIET_MOST)
        tab = new_tab(new_reader(browser))
        opened = tab.open(url)
        before = server.cpu_seconds()
        moved = [tab.move(place % len(_TWELVE)) for place in range(plan.n_changes)]
        cpu = (server.cpu_seconds() - before) / len(moved)
    picture, whole = median(w.seen for w in moved), median(w.ended for w in moved)
    return (
        f"weights, {len(_TWELVE)} indicators, a slider moved: {picture:.0f} ms to the chart of "
        f"2,000 draws, {whole:.0f} ms to all; {1000 * cpu:.0f} ms of the server's processor, "
        f"{median(w.n_bytes for w in moved) / 1000:.0f} KB; opened in "
        f"{opened.seen / 1000:.2f} s, {opened.n_bytes / 1000:.0f} KB"
    )


def _address(server: Server, page: PageEntry) -> str:
    return f"{server.url}/{page.path}{_ASKED.get(page.code, '')}"


def _cold(browser: Browser, url: str) -> Waited:
    reader = new_reader(browser)
    waited = new_tab(reader).open(url)
    reader.close()
    return waited


def _times(
    browser: Browser, server: Server, name: str, url: str, cold: Waited, plan: Plan
) -> PageTimes:
    reader = new_reader(browser)
    opened = []
    for _ in range(_OPENED + 1):
        tab = new_tab(reader)
        opened.append(tab.open(url))
        tab.close()
    tab = new_tab(reader)
    tab.open(url)
    names = tab.options("subject")
    before = server.cpu_seconds()
    subjects = _choose(tab, "subject", names[1:], plan)
    cpu = (server.cpu_seconds() - before) / max(len(subjects), 1)
    again = _choose(tab, "subject", names, plan)
    is_school = name == SCHOOL.code
    schools = _choose(tab, "school", tab.options("school")[1:], plan) if is_school else ()
    reader.close()
    return PageTimes(name, cold, tuple(opened[1:]), subjects, again, schools, cpu)


def _choose(tab: Tab, key: str, names: Sequence[str], plan: Plan) -> tuple[Waited, ...]:
    return tuple(tab.choose(key, name) for name in names[: plan.n_changes])


def _codes() -> list[str]:
    return [*(page.code for page in result_pages()), WEIGHTS.code]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, help="folder of a store; without it one is built")
    parser.add_argument("--pupils", type=int, default=100_000)
    parser.add_argument("--schools", type=int, default=500)
    parser.add_argument("--exams", type=int, default=6)
    parser.add_argument("--page", action="append", choices=_codes())
    parser.add_argument("--changes", type=int, default=9)
    options = parser.parse_args()
    path = browser_path()
    if path is None:
        parser.error("no Chromium on this machine (chromium or google-chrome in PATH)")
    pages = [p for p in result_pages() if not options.page or p.code in options.page]
    with tempfile.TemporaryDirectory() as folder, chromium(path) as browser:
        home = Path(folder) / "store"
        if options.home is not None:
            shutil.copytree(options.home, home)
        else:
            home.mkdir()
            build_county(home, Size(options.pupils, options.schools, options.exams))
        plan = Plan(options.changes, Path(folder))
        print(f"`python -m bench.bench_pages {shlex.join(sys.argv[1:])}`\n")
        if pages:
            print(measure_pages(browser, home, pages, plan), flush=True)
        if not options.page or WEIGHTS.code in options.page:
            print(measure_sliders(browser, home, plan))


if __name__ == "__main__":
    main()
