"""Bad input from end to end: a sentence that names the place, a store that stays as it was."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from core.findings import Finding
from data.home import Home
from data.store import Store
from pipeline.import_scores import ImportReport, ImportRequest, import_scores
from tests.data.importers.workbooks import save_ole, save_workbook

HEADER = "学校代码,学校名称,班级,学籍号,姓名,语文,数学\n"
GOOD = [
    f"S{i % 3 + 1},示例{i % 3 + 1}校,1班,T{i:04d},示例学生{i},{60 + i},{50 + i}"
    for i in range(30)
]
Write = Callable[[Path], Path]


def csv(*bad: str, header: str = HEADER, encoding: str = "utf-8") -> Write:
    """Return what writes thirty good rows and then the bad ones, from row 32 on."""

    def write(folder: Path) -> Path:
        path = folder / "file.csv"
        path.write_bytes((header + "\n".join([*GOOD, *bad]) + "\n").encode(encoding))
        return path

    return write


def raw(name: str, content: bytes) -> Write:
    """Return what writes these bytes under this name."""

    def write(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return write


def renamed_workbook(folder: Path) -> Path:
    return save_workbook(folder / "book.xlsx").rename(folder / "book.csv")


def with_password(folder: Path) -> Path:
    return save_ole(folder / "locked.xlsx", name="EncryptedPackage", data=b"x" * 5000)


START = "S1,示例1校,1班,"
CASES: dict[str, tuple[Write, int | None, str | None, str, str]] = {
    # what is wrong: file, row, column, Chinese words, English words
    "unknown header": (csv(header=HEADER.replace("数学", "综评")), 1, "综评", "综评", "综评"),
    "missing pupil number": (csv(f"{START},示例学生,60,60"), 32, "学籍号", "学籍号", "学籍号"),
    "duplicate pupil": (csv(f"{START}T0000,示例学生0,60,50"), 32, "学籍号", "重复", "2"),
    "above the full mark": (csv(f"{START}T9,示例学生,60,100.5"), 32, "数学", "100.5", "100.5"),
    "negative": (csv(f"{START}T9,示例学生,-1,60"), 32, "语文", "-1", "-1"),
    "text in a score cell": (csv(f"{START}T9,示例学生,60,85分"), 32, "数学", "85分", "85分"),
    "mixed encoding": (
        raw("a.csv", (HEADER + GOOD[0] + "\n").encode() + f"{GOOD[1]}\n".encode("gb18030")),
        3, None, "编码", "GBK",
    ),
    "empty file": (raw("a.csv", b""), None, None, "空", "empty"),
    "header only": (raw("a.csv", HEADER.encode()), 1, None, "没有数据", "No data"),
    "workbook named csv": (renamed_workbook, None, None, "xlsx", "xlsx"),
    "PDF named xlsx": (raw("a.xlsx", b"%PDF-1.7 x"), None, None, "PDF", "PDF"),
    "password": (with_password, None, None, "密码", "password"),
}  # fmt: skip


def state_of(home: Home) -> list[tuple[str, bytes]]:
    """Return every file of lake and staging area, and what the catalogue says."""
    files = [
        p for folder in (home.lake, home.staging) for p in folder.rglob("*") if p.is_file()
    ]
    return [(str(p), p.read_bytes()) for p in sorted(files)]


def run(store: Store, file: Path) -> ImportReport:
    request = ImportRequest(file, "期末", date(2026, 6, 28), 9, None, {})
    return import_scores(store, request, is_dry_run=False, actor="test")


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_refused_with_its_place_and_changes_nothing(
    case: str, store: Store, tmp_path: Path
) -> None:
    write, row, column, zh, en = CASES[case]
    before, version = state_of(store.home), store.version()
    report = run(store, write(tmp_path))
    errors = [finding for finding in report.findings if finding.severity == "error"]
    assert (report.outcome, report.release) == ("reject", None)
    assert [e for e in errors if says(e, row, column, zh, en)], errors
    assert (state_of(store.home), store.version()) == (before, version)


def says(error: Finding, row: int | None, column: str | None, zh: str, en: str) -> bool:
    """Tell whether an error names place and fault in both languages, and no pupil."""
    is_there = (error.row, error.column) == (row, column)
    is_told = zh in error.message_zh and en.lower() in error.message_en.lower()
    return is_there and is_told and not re.search("示例学生|T000", str(error))


def test_a_ragged_row_counts_as_a_refused_one(store: Store, tmp_path: Path) -> None:
    report = run(store, csv(f"{START}T9,示例学生,60,60,60")(tmp_path))
    assert (report.outcome, report.n_rows, report.n_refused) == ("reject", 31, 1)


def test_the_good_rows_alone_are_accepted(store: Store, tmp_path: Path) -> None:
    report = run(store, csv()(tmp_path))
    assert (report.outcome, report.n_rows, report.release) == ("accept-with-warning", 30, 1)
    assert {finding.check for finding in report.findings} == {"assumed_full_mark"}
