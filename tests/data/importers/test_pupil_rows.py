"""Pupils' rows: repeated headers, summaries and remarks are skipped and told."""

import pytest

from data.importers.header_row import read_columns
from data.importers.pupil_rows import pupil_rows
from tests.data.importers.sheets import make_sheet

HEADER = "学校,学籍号,考号,姓名,数学\n"
PUPILS = "一中,P1,1,甲,85\n一中,P2,2,乙,90\n"


def rows_of(text: str) -> tuple[list[int], list[tuple[str, int | None, str]]]:
    sheet = make_sheet(HEADER + text)
    columns, _ = read_columns(sheet, at=0, declared=frozenset())
    rows, findings = pupil_rows(sheet, columns, at=0)
    return sheet.lines[rows].tolist(), [(f.check, f.row, f.message_zh) for f in findings]


def test_all_pupils_are_kept() -> None:
    assert rows_of(PUPILS) == ([2, 3], [])


@pytest.mark.parametrize(
    "row",
    [
        ",,,平均分,87.5",
        "合计,,,,175",
        "制表人：张老师,,,,",
        ",平均分,,,87.5",
        "Average,,,,87.5",
        "第 1 页,,,,",
        "全县,,,,88",
        "打印时间,,,,",
        "随便写的话,,,,",
    ],
)
def test_a_row_that_is_no_pupil_is_skipped_with_a_warning(row: str) -> None:
    lines, ((check, at, message),) = rows_of(PUPILS + row)
    assert lines == [2, 3]
    assert (check, at) == ("summary_row", 4)
    assert "汇总行" in message
    assert "第 4 行" in message


@pytest.mark.parametrize(
    "row", ["一中,,,丙,80", "一中,,3,合计,80", "一中,P3,,平均,80", ",P3,,,"]
)
def test_a_row_that_may_be_a_pupil_is_kept(row: str) -> None:
    assert rows_of(PUPILS + row) == ([2, 3, 4], [])


def test_a_repeated_header_is_skipped_with_a_warning() -> None:
    lines, ((check, at, message),) = rows_of(PUPILS + HEADER + PUPILS)
    assert lines == [2, 3, 5, 6]
    assert (check, at) == ("repeated_header", 4)
    assert "重复的表头" in message


def test_many_skipped_rows_are_counted_and_five_named() -> None:
    _, ((_, _, message),) = rows_of(PUPILS + "合计,,,,1\n" * 7)
    assert "跳过了 7 行" in message
    assert "第 4、5、6、7、8 行等" in message
