"""Pupils' rows: repeated headers, summaries and remarks are skipped and told."""

from collections.abc import Mapping

import pytest

from data.importers.header_row import read_columns
from data.importers.header_words import HeaderWords
from data.importers.pupil_rows import pupil_rows
from tests.data.importers.sheets import make_sheet

HEADER = "学校,学籍号,考号,姓名,数学\n"
PUPILS = "一中,P1,1,甲,85\n一中,P2,2,乙,90\n"


def rows_of(
    text: str, *, kinds: Mapping[tuple[int, int], str] | None = None
) -> tuple[list[int], list[tuple[str, int | None, str]]]:
    sheet = make_sheet(HEADER + text, kinds=kinds)
    columns, _ = read_columns(sheet, at=0, words=HeaderWords())
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
        "合 计：,,,,175",
        "全县平均分,,,,88",
        "小计120人,,,,88",
        "一中,,,平均分,87.5",
        "Max,,,,98",
        ",,,Class average,87.5",
        ",Max,,,98",
        "合计,,,120人,9000",
        "Prepared by: Li,,,,",
        "第 1 页,,,,",
        "全县,,,,88",
        "打印时间,,,,",
        "随便写的话,,,,",
        ",校平均,,,80",
        "本班平均分,,,,80",
        "1班平均,,,,80",
        "八年级3班平均分,,,,80",
        "初二(3)班均分,,,,80",
        "县平均,,,,80",
        "示例中学平均,,,,80",
        ",,,示例中学平均,80",
        "青禾一中平均分,,,,80",
        "优秀人数,,,,80",
        ",,,及格人数,80",
        "满分,,,,120",
    ],
)
def test_a_row_that_is_no_pupil_is_skipped_with_a_warning(row: str) -> None:
    lines, ((check, at, message),) = rows_of(PUPILS + row)
    assert lines == [2, 3]
    assert (check, at) == ("summary_row", 4)
    assert "汇总行" in message
    assert "第 4 行" in message


@pytest.mark.parametrize(
    "row",
    [
        "一中,,,丙,80",
        "一中,,3,合计,80",
        "一中,P3,,平均,80",
        ",P3,,,",
        "Max School,MAX-1,,Max Miller,80",
        "Max School,,,Max Miller,80",
        "Max School,,,Total Recall,80",
        "一中,,,Max,80",
        "Max,,,Ann,80",
        ",MAX-1,,,80",
        ",MAX-1,,Max,80",
        "合计,P3,,丙,80",
        "Sum-1,MAX1,,Min-Ji,80",
        "Max School,,,,80",
        "最高中学,,,,80",
        "平均桥小学,,,平均生,80",
        "示例中学,P3,,示例中学平均,80",
        "满分中学,,,丙,80",
        "示例中学平均,P3,,,80",
        "满分,P3,,,80",
    ],
)
def test_a_row_that_may_be_a_pupil_is_kept(row: str) -> None:
    assert rows_of(PUPILS + row) == ([2, 3, 4], [])


@pytest.mark.parametrize("column", [2, 4, 5])
def test_a_row_whose_number_name_or_mark_is_a_lost_formula_is_kept(column: int) -> None:
    assert rows_of(PUPILS + "一中,,,,", kinds={(4, column): "error"}) == ([2, 3, 4], [])


def test_a_repeated_header_is_skipped_with_a_warning() -> None:
    lines, ((check, at, message),) = rows_of(PUPILS + HEADER + PUPILS)
    assert lines == [2, 3, 5, 6]
    assert (check, at) == ("repeated_header", 4)
    assert "重复的表头" in message


def test_many_skipped_rows_are_counted_and_five_named() -> None:
    _, ((_, _, message),) = rows_of(PUPILS + "合计,,,,1\n" * 7)
    assert "跳过了 7 行" in message
    assert "第 4、5、6、7、8 行等" in message
