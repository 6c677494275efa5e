"""Reading .xls and .et: values, errors, formulas, hidden sheets, passwords, macros."""

import struct
from pathlib import Path

import pytest

from data.importers.grid import BLANK, BOOLEAN, ERROR, FORMULA, NUMBER
from data.importers.limits import Limits
from data.importers.old_workbook import read_old_workbook
from data.importers.remarks import RefusedError
from tests.data.importers.workbooks import record, save_ole, xls_stream

LIMITS = Limits()


def number(row: int, value: float, column: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))


def truth_or_error(row: int, *, code: int, is_error: bool) -> bytes:
    return record(0x205, struct.pack("<HHHBB", row, 0, 0, code, is_error))


def formula(row: int, result: bytes) -> bytes:
    return record(0x06, struct.pack("<HHH", row, 0, 0) + result + bytes(8))


def save(path: Path, *, cells: bytes, book: bytes = b"", state: int = 0) -> bytes:
    data = xls_stream(cells, book=book, state=state)
    return save_ole(path, name="Workbook", data=data).read_bytes()


def refusal_of(data: bytes, *, limits: Limits = LIMITS) -> str:
    with pytest.raises(RefusedError) as refusal:
        read_old_workbook(data, limits=limits)
    return refusal.value.finding.check


def test_values_errors_and_formulas_are_told_apart(tmp_path: Path) -> None:
    cells = (
        number(0, 85.5)
        + truth_or_error(1, code=0x2A, is_error=True)
        + truth_or_error(2, code=1, is_error=False)
        + formula(3, struct.pack("<d", 90.0))
        + formula(4, b"\x02\x00\x2a\x00\x00\x00\xff\xff")
    )
    report = read_old_workbook(save(tmp_path / "a.xls", cells=cells), limits=LIMITS)
    grid = report.sheets[0].unpacked()
    assert report.findings == []
    assert grid.columns[0][0] == "85.5"
    assert grid.columns[0][3] == "90"
    kinds = [NUMBER, ERROR, BOOLEAN, FORMULA, ERROR]
    assert grid.kinds == ["".join(map(str, kinds))]


def test_hidden_rows_are_told(tmp_path: Path) -> None:
    row = record(0x208, struct.pack("<HHHHHHI", 0, 0, 1, 0, 0, 0, 0x20))
    findings = read_old_workbook(
        save(tmp_path / "a.xls", cells=row + number(0, 1.0)), limits=LIMITS
    ).findings
    assert [finding.check for finding in findings] == ["hidden_rows"]


def test_a_link_to_another_book_is_told(tmp_path: Path) -> None:
    data = save(tmp_path / "a.xls", cells=number(0, 1.0), book=record(0x1AE, b"\x01\x00\x05x"))
    findings = read_old_workbook(data, limits=LIMITS).findings
    assert [finding.check for finding in findings] == ["external_link"]


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    assert refusal_of(save(tmp_path / "a.xls", cells=number(0, 1.0), state=1)) == "no_data"


def test_a_password_is_told(tmp_path: Path) -> None:
    data = save(tmp_path / "a.xls", cells=number(0, 1.0), book=record(0x2F, bytes(6)))
    assert refusal_of(data) == "password"


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("EncryptedPackage", "password"),
        ("_VBA_PROJECT_CUR", "macro"),
        ("WordDocument", "file_type"),
    ],
)
def test_other_contents_are_refused_by_name(tmp_path: Path, name: str, check: str) -> None:
    path = save_ole(tmp_path / "a.xls", name=name, data=b"x")
    assert refusal_of(path.read_bytes()) == check


@pytest.mark.parametrize(
    ("cells", "check"),
    [(number(60_000, 1.0), "too_many_rows"), (number(0, 1.0, 300), "too_many_columns")],
)
def test_too_large_an_extent_is_refused(tmp_path: Path, cells: bytes, check: str) -> None:
    assert refusal_of(save(tmp_path / "a.xls", cells=cells)) == check


def test_a_cut_stream_is_damaged(tmp_path: Path) -> None:
    stream = record(0x809, bytes(16)) + b"\x03\x02\xff\xff"
    path = save_ole(tmp_path / "a.xls", name="Workbook", data=stream)
    assert refusal_of(path.read_bytes()) == "damaged"


def test_a_stream_without_end_is_damaged(tmp_path: Path) -> None:
    filler = b"".join(record(0x99, bytes(512)) for _ in range(10))
    path = save_ole(tmp_path / "a.xls", name="Workbook", data=record(0x809, bytes(16)) + filler)
    assert refusal_of(path.read_bytes()) == "damaged"


def test_half_a_container_is_damaged() -> None:
    assert refusal_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)) == "damaged"


def test_a_formula_that_shows_nothing_is_blank_and_not_empty(tmp_path: Path) -> None:
    cells = number(0, 85.5) + formula(1, b"\x03" + bytes(5) + b"\xff\xff") + number(1, 1.0, 1)
    report = read_old_workbook(save(tmp_path / "a.xls", cells=cells), limits=LIMITS)
    assert report.sheets[0].unpacked().kinds[0] == f"{NUMBER}{BLANK}"
