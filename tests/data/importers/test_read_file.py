"""The child process: good files come back whole, hostile ones as findings, never as errors."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.importers.read_file import Limits, Reading, read_sheet
from tests.data.importers.workbooks import (
    HEADER,
    ROWS,
    change_parts,
    save_sheet_xml,
    save_workbook,
)

LIMITS = Limits()
UNLUCKY_FILES = 15


def checks_of(reading: Reading) -> list[tuple[str, str]]:
    return [(finding.severity, finding.check) for finding in reading.findings]


def test_a_workbook_comes_back_as_text(tmp_path: Path) -> None:
    reading = read_sheet(save_workbook(tmp_path / "a.xlsx"), limits=LIMITS)
    assert reading.findings == ()
    assert reading.sheet is not None
    assert reading.sheet.text.to_numpy().tolist() == [
        [str(value) for value in row] for row in (HEADER, *ROWS)
    ]
    assert reading.sheet.kinds.tolist() == [[1] * 5, [1, 1, 1, 1, 2], [1, 1, 1, 1, 2]]
    assert reading.sheet.lines.tolist() == [1, 2, 3]


def test_a_text_file_comes_back_with_its_notes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("学校;数学\n一中;85\n".encode("gbk"))
    reading = read_sheet(path, limits=LIMITS)
    assert checks_of(reading) == [("note", "encoding"), ("note", "delimiter")]
    assert reading.sheet is not None
    assert reading.sheet.text.to_numpy().tolist() == [["学校", "数学"], ["一中", "85"]]


def test_a_file_of_blank_cells_holds_no_data(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",,\n,,\n")
    reading = read_sheet(path, limits=LIMITS)
    assert (reading.sheet, checks_of(reading)) == (None, [("error", "no_data")])


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * (1 << 20) + b"x")
    reading = read_sheet(path, limits=Limits(max_mb=1))
    assert checks_of(reading) == [("error", "file_size")]
    assert "超过 1 MB" in reading.findings[0].message_zh


def test_a_bomb_and_a_dtd_are_refused(tmp_path: Path) -> None:
    bomb = change_parts(save_workbook(tmp_path / "b.xlsx"), added={"xl/x.xml": bytes(4 << 20)})
    assert checks_of(read_sheet(bomb, limits=LIMITS)) == [("error", "archive_size")]
    dtd = change_parts(save_workbook(tmp_path / "d.xlsx"), added={"x.xml": b"<!DOCTYPE a><a/>"})
    assert checks_of(read_sheet(dtd, limits=LIMITS)) == [("error", "xml_entities")]


def test_a_cell_at_the_end_of_the_sheet_is_refused(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    reading = read_sheet(save_sheet_xml(tmp_path / "a.xlsx", data=far), limits=LIMITS)
    assert checks_of(reading) == [("error", "too_many_rows")]


def test_a_child_without_memory_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 2_000_000)
    reading = read_sheet(path, limits=Limits(memory_mb=28))
    assert checks_of(reading) == [("error", "unreadable")]
    assert "文件无法解析" in reading.findings[0].message_zh
    assert "28 MB" in reading.findings[0].message_en


def test_a_file_that_is_gone_is_a_finding(tmp_path: Path) -> None:
    assert checks_of(read_sheet(tmp_path / "gone.csv", limits=LIMITS)) == [
        ("error", "unreadable")
    ]


@pytest.mark.slow
def test_a_child_that_hangs_is_ended_by_the_clock(tmp_path: Path) -> None:
    pipe = tmp_path / "a.csv"
    os.mkfifo(pipe)  # opening it waits for a writer that never comes
    assert checks_of(read_sheet(pipe, limits=Limits(seconds=1))) == [("error", "unreadable")]


def test_nothing_stays_behind_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_workbook(tmp_path / "a.xlsx")
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    real = subprocess.run
    seen: dict[str, object] = {}

    def watch(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        done: subprocess.CompletedProcess[bytes] = real(command, **options)
        report = options["stdout"]
        seen["links"] = os.fstat(report.fileno()).st_nlink
        seen["named files"] = list(folder.rglob("*"))
        seen["path given"] = str(folder) in " ".join(command)
        report.seek(0)
        seen["names"] = "甲".encode() in report.read()
        return done

    monkeypatch.setattr(subprocess, "run", watch)
    assert read_sheet(path, limits=LIMITS).sheet is not None
    assert seen == {"links": 0, "named files": [], "path given": False, "names": True}
    assert list(folder.iterdir()) == []


def test_the_report_of_the_child_is_bounded() -> None:
    code = (
        "import sys; from data.importers import child;"
        "from data.importers.limits import Limits; child._limit_self(Limits(memory_mb=64));"
        "[sys.stdout.buffer.write(bytes(1 << 20)) for _ in range(65)]"
    )
    root = Path(__file__).parents[3]
    with tempfile.TemporaryFile() as report:
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=root, stdout=report, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        assert done.returncode != 0
        assert 0 < os.fstat(report.fileno()).st_size <= 64 << 20


def test_a_report_that_is_cut_short_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        options["stdout"].write(b'{"grid": nul')
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", cut)
    reading = read_sheet(save_workbook(tmp_path / "a.xlsx"), limits=LIMITS)
    assert checks_of(reading) == [("error", "unreadable")]


def test_the_child_imports_no_table_library() -> None:
    code = (
        "import sys, data.importers.child, data.importers.spreadsheet, "
        "data.importers.delimited;"
        "assert not {'pandas', 'numpy', 'pyarrow'} & set(sys.modules)"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_workbook(tmp_path_factory.mktemp("flips") / "good.xlsx")


def read_flipped(good: Path, flips: list[tuple[int, int]]) -> Reading:
    data = bytearray(good.read_bytes())
    for position, value in flips:
        data[position % len(data)] ^= value
    path = good.with_name("flipped.xlsx")
    path.write_bytes(bytes(data))
    return read_sheet(path, limits=LIMITS)


FLIPS = st.lists(
    st.tuples(st.integers(0, 1 << 20), st.integers(1, 255)), min_size=1, max_size=8
)


@settings(max_examples=UNLUCKY_FILES, deadline=None)
@given(flips=FLIPS)
def test_flipped_bytes_never_raise(good: Path, flips: list[tuple[int, int]]) -> None:
    reading = read_flipped(good, flips)
    assert reading.sheet is not None or reading.findings[0].severity == "error"


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(flips=FLIPS)
def test_many_flipped_bytes_never_raise(good: Path, flips: list[tuple[int, int]]) -> None:
    reading = read_flipped(good, flips)
    assert reading.sheet is not None or reading.findings[0].severity == "error"
