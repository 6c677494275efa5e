"""The table of the pages: medians, differences from the smallest app, what counts as sent."""

from bench.bench_pages import result_pages
from bench.screen.page_table import PageTimes, table
from bench.screen.reader import Received, Waited, is_of_page
from ui.registry import IMPORT, MEETING, PAGES, REPLAY, VALUE_ADDED, WEIGHTS


def times(name: str, *, opened: float, changed: float, picture: bool = True) -> PageTimes:
    def waited(milliseconds: float) -> Waited:
        return Waited(milliseconds if picture else None, milliseconds, n_bytes=250_000)

    return PageTimes(
        name=name,
        cold=waited(4_000),
        opened=(waited(opened),) * 3,
        subjects=(waited(changed - 1), waited(changed), waited(changed + 900)),
        again=(),
        schools=(),
        cpu=0.2,
    )


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_page_is_held_against_the_smallest_app_of_the_same_run() -> None:
    smallest = times("smallest app", opened=500, changed=100)
    text = table([times("school", opened=1_200, changed=350)], smallest)
    head, _, base, page = map(cells, text.splitlines())
    row = dict(zip(head, page, strict=True))
    assert row["opened, s"] == "1.20"
    assert row["subject changed, ms"] == "350"
    assert [page[3], page[5], row["times"]] == ["0.70", "250", "3.5"]
    assert row["again, ms"] == "–"
    assert row["KB opened"] == "250"
    assert base[0] == "smallest app"


def test_a_page_without_a_chart_is_timed_to_its_end_and_says_so() -> None:
    page = times("items", opened=700, changed=300, picture=False)
    line = table([page], times("smallest app", opened=500, changed=100)).splitlines()[-1]
    assert cells(line)[0] == "items (no chart)"
    assert cells(line)[2] == "0.70"


def test_what_streamlit_brings_itself_is_not_counted() -> None:
    received = Received()
    for number, path in enumerate(("/static/js/index.js", "/media/abc.png")):
        asked = {"requestId": str(number), "response": {"url": f"http://127.0.0.1:1{path}"}}
        received.response(asked)
        received.finished({"requestId": str(number), "encodedDataLength": 10**number})
    assert received.n_bytes == 10
    for path in ("/_stcore/health", "/static/media/letters.woff2"):
        assert not is_of_page(f"http://127.0.0.1:1{path}")


def test_frames_of_the_websocket_are_counted_as_unpacked() -> None:
    received = Received()
    received.frame({"response": {"opcode": 2, "payloadData": "AAAA"}})
    received.frame({"response": {"opcode": 1, "payloadData": "数"}})
    assert received.n_bytes == 3 + 3


def test_every_page_of_results_is_measured() -> None:
    left_out = {page.code for page in PAGES} - {page.code for page in result_pages()}
    # Benches are no pages of results: that of weights is measured by a slider that moves, and
    # a replay judges all past exams anew, which nobody expects at once.
    benches = {VALUE_ADDED.code, WEIGHTS.code, REPLAY.code}
    assert left_out == {"home", "methods", IMPORT.code, MEETING.code} | benches
