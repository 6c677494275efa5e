"""Fifty thousand bad rows make a report that a page can show: first places, and totals."""

from collections import Counter
from pathlib import Path

import pytest

from core.findings import Finding
from data.checks.draft import Draft, DraftSubject
from data.checks.screening import Screened, screen
from data.checks.shown_findings import MOST_BYTES, shown_findings
from data.importers.layout import lay_out
from data.importers.limits import Limits
from data.importers.read_file import read_sheet

HEADER = "学校代码,学校名称,年级,班级,学籍号,考号,姓名,性别,语文,数学,英语\n"
SUBJECTS = ("语文", "数学", "英语")
MANY, FEW, LISTED = 50_000, 2000, 200
# The beginnings of lines without a mark, and with a fault in every field.
PUPIL = "3301,一中,八年级,{k}班,P{k},E{k},甲,男"
WRONG = "{k},二中,七年级,<b>{k}班,G12{half},E{half}," + "长" * 50 + ",x"


def screened_lines(
    folder: Path,
    line: str,
    *,
    count: int = MANY,
    full_mark: int = 12000,
    is_given: bool = True,
) -> Screened:
    path = folder / "many.csv"
    lines = (line.format(k=k, half=k // 2) for k in range(count))
    path.write_text(HEADER + "\n".join(lines), encoding="utf-8")
    reading = read_sheet(path, limits=Limits())
    assert reading.sheet is not None, reading.findings
    laid_out = lay_out(reading.sheet, declared_subjects=frozenset())
    assert laid_out.entries is not None, laid_out.findings
    assert laid_out.marks is not None
    subjects = tuple(
        DraftSubject(code, name, full_mark, is_given)
        for code, name in laid_out.subjects.items()
    )
    return screen(
        Draft(laid_out.entries, laid_out.marks, subjects, 8, headers=laid_out.headers)
    )


def size_of(findings: tuple[Finding, ...]) -> int:
    return sum(len(f"{f.message_zh}{f.message_en}{f.value}".encode()) for f in findings)


def most_of_one_rule(findings: tuple[Finding, ...]) -> int:
    placed = Counter(f.check for f in findings if f.row is not None)
    return max(placed.values())


def test_one_fault_everywhere_is_listed_two_hundred_times(tmp_path: Path) -> None:
    screened = screened_lines(tmp_path, f"{PUPIL},xx,xx,xx")
    assert (screened.scores, screened.n_rows, screened.n_refused) == (None, MANY, MANY)
    faults = [f for f in screened.findings if f.check == "score_format"]
    assert len(faults) == LISTED + 1
    assert f"共 {3 * MANY} 处" in faults[-1].message_zh
    assert size_of(screened.findings) < MOST_BYTES


@pytest.mark.slow
def test_every_fault_everywhere_still_fits_a_page(tmp_path: Path) -> None:
    screened = screened_lines(tmp_path, f"{WRONG},85.123,xx,-5")
    assert screened.n_refused == MANY
    assert most_of_one_rule(screened.findings) <= LISTED
    assert len({f.check for f in screened.findings if f.severity == "error"}) >= 8
    shown = shown_findings(screened.findings)
    assert size_of(shown) < MOST_BYTES
    assert {f.check for f in shown} == {f.check for f in screened.findings}


def test_a_forgotten_full_mark_is_one_error_a_column(tmp_path: Path) -> None:
    screened = screened_lines(
        tmp_path, f"{PUPIL},118,119.5,150", count=FEW, full_mark=10000, is_given=False
    )
    faults = [f for f in screened.findings if f.severity == "error"]
    assert [f.column for f in faults] == list(SUBJECTS)
    assert screened.n_refused == FEW
    for fault, wanted in zip(faults, (120, 120, 150), strict=True):
        assert f"有 {FEW} 个成绩超过它" in fault.message_zh
        assert f"--full-mark {fault.column}={wanted}" in fault.message_zh
        assert f"--full-mark {fault.column}={wanted}" in fault.message_en
