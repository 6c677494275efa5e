"""The report of the child: comes back whole, or is broken; nothing in it is trusted."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.findings import Finding
from data.importers.grid import Grid
from data.importers.packed_sheet import PackedSheet, pack
from data.importers.report import (
    BrokenReportError,
    Report,
    SheetSize,
    read_report,
    write_report,
)
from data.importers.sheet import sheet_of

GRID = Grid("成绩", [1, 3], [["姓名", "甲"], ["数学", None]], ["11", "10"])
FINDING = Finding("note", "encoding", None, None, None, "中", "en")


def written(report: Report) -> bytes:
    output = io.BytesIO()
    write_report(report, output)
    return output.getvalue()


def whole() -> bytes:
    sizes = [SheetSize("成绩", False, 3, 2), SheetSize("旧", True, 1, 1)]
    return written(Report([pack(GRID, merged=[(1, 1, 1, 2)])], [FINDING], sizes))


def test_a_report_comes_back_whole() -> None:
    report = read_report(whole())
    assert report.sheets[0].unpacked() == GRID
    assert report.sheets[0].merged == [(1, 1, 1, 2)]
    assert list(report.findings) == [FINDING]
    assert [size.name for size in report.listed] == ["成绩", "旧"]
    assert report.listed[1].is_hidden


def test_a_report_of_a_refused_file_holds_no_sheet() -> None:
    report = read_report(written(Report([], [FINDING])))
    assert (list(report.sheets), list(report.listed)) == ([], [])


def test_the_heads_of_other_sheets_come_back_apart() -> None:
    report = read_report(written(Report([pack(GRID)], [], heads=[pack(GRID), pack(GRID)])))
    assert (len(report.sheets), len(report.heads)) == (1, 2)


def test_a_report_with_more_heads_than_sheets_is_broken() -> None:
    with pytest.raises(BrokenReportError):
        read_report(whole().replace(b'"n_heads": 0', b'"n_heads": 2'))


@given(st.data())
def test_a_report_that_is_cut_short_is_broken(data: st.DataObject) -> None:
    raw = whole()
    cut = data.draw(st.integers(0, len(raw) - 1))
    with pytest.raises(BrokenReportError):
        read_report(raw[:cut])


def test_a_report_with_more_than_it_tells_of_is_broken() -> None:
    with pytest.raises(BrokenReportError):
        read_report(whole() + b"x")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("n_rows", 3), ("n_rows", -2), ("n_rows", 2.0), ("n_columns", True),
        ("lengths", [1, 2, 3]), ("lengths", "12345"), ("merged", [[1, 2, 3]]),
        ("merged", [[1, 2, 3, -1]]), ("merged", {}),
    ],
)  # fmt: skip
def test_numbers_that_do_not_fit_are_broken(key: str, value: object) -> None:
    head, _, rest = whole().partition(b"\n")
    told = json.loads(head)
    told["sheets"][0][key] = value
    with pytest.raises(BrokenReportError):
        read_report(json.dumps(told).encode() + b"\n" + rest)


def changed(packed: PackedSheet, **parts: bytes) -> PackedSheet:
    texts = packed.texts
    return PackedSheet(
        name=packed.name,
        n_rows=packed.n_rows,
        n_columns=packed.n_columns,
        texts=type(texts)(parts.get("blob", texts.blob), parts.get("offsets", texts.offsets)),
        codes=parts.get("codes", packed.codes),
        kinds=parts.get("kinds", packed.kinds),
        lines=parts.get("lines", packed.lines),
    )


def words(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(4, "little", signed=True) for number in numbers)


@pytest.mark.parametrize(
    "parts",
    [
        {"codes": words(0, 1, 2, 3)},
        {"codes": words(0, 1, 2, -2)},
        {"kinds": bytes([1, 1, 1, 8])},
        {"kinds": bytes([1, 1, 1, 255])},
        {"lines": words(3, 1)},
        {"lines": words(0, 1)},
        {"blob": b"\xff" * 15},
        {"blob": b""},
        {"offsets": words(0, 6, 3, 15)},
        {"offsets": words(0, 6, 9, 1 << 30)},
        {"offsets": words(-1, 6, 9, 15)},
        {"offsets": b"\0"},
        {"offsets": b""},
    ],
)
def test_cells_that_point_elsewhere_are_broken(parts: dict[str, bytes]) -> None:
    with pytest.raises(BrokenReportError):
        sheet_of(changed(pack(GRID), **parts))


def test_a_sheet_has_texts_kinds_and_lines() -> None:
    sheet = sheet_of(pack(GRID))
    assert sheet.text["v0"].tolist() == ["姓名", "甲"]
    assert sheet.text["v1"].isna().tolist() == [False, True]
    assert sheet.text["v0"].dtype == "str"
    assert (sheet.kinds.tolist(), sheet.lines.tolist()) == ([[1, 1], [1, 0]], [1, 3])


def test_half_of_a_pair_of_signs_becomes_a_question_mark() -> None:
    packed = pack(Grid("", [1], [["a\ud800b"]], ["1"]))
    assert packed.text(0, 0) == "a?b"
