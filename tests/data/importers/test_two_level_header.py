"""Headers of two and three rows: the mark of each subject is read, never a rank or a grade."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from data.importers.header_search import HeaderRows, find_header_rows
from data.importers.header_words import HeaderWords
from data.importers.layout import LaidOut, lay_out
from data.importers.sheet_scan import Range
from tests.data.importers.sheets import make_sheet

TOP = "学校,班级,学籍号,姓名,语文,,,数学,,,总分,\n"
PARTS = ",,,,得分,等级,班名,得分,等级,校名,得分,名次\n"
PUPILS = "一中,1班,P1,甲,80,B,12,95,A,3,175,20\n一中,1班,P2,乙,缺考,,,60,C,30,60,90\n"
MERGED = ((1, 1, 5, 7), (1, 1, 8, 10), (1, 1, 11, 12), (1, 2, 1, 1), (1, 2, 2, 2))


def lay(text: str, *, merged: Sequence[Range] = (), **columns: str) -> LaidOut:
    sheet = replace(make_sheet(text), merged=merged)
    return lay_out(sheet, declared_subjects=frozenset(), columns=columns)


def marks(laid: LaidOut) -> dict[str, list[object]]:
    assert laid.marks is not None
    return {
        str(code): own["text"].tolist()
        for code, own in laid.marks.groupby("subject", sort=False)
    }


def checks(laid: LaidOut) -> list[str]:
    return [finding.check for finding in laid.findings]


@pytest.mark.parametrize("merged", [(), MERGED])
def test_the_mark_of_each_subject_is_read(merged: Sequence[Range]) -> None:
    laid = lay(TOP + PARTS + PUPILS, merged=merged)
    assert checks(laid) == ["header_levels", "ignored_column"]
    found = marks(laid)
    assert found["math"] == ["95", "60"]
    assert found["chinese"] == ["80", "缺考"]
    assert laid.subjects == {"chinese": "语文", "math": "数学"}
    assert laid.totals is not None
    assert laid.totals["text"].tolist() == ["175", "60"]
    assert laid.entries is not None
    assert laid.entries["row"].tolist() == [3, 4]


def test_ranks_and_grades_are_listed_as_not_read() -> None:
    laid = lay(TOP + PARTS + PUPILS)
    note = laid.findings[1].message_zh
    assert "语文等级、语文班名、数学等级、数学校名、总分名次" in note


def test_a_rank_alone_is_never_a_mark() -> None:
    laid = lay(TOP + PARTS.replace("得分", "名次") + PUPILS)
    assert "missing_column" in checks(laid)
    assert laid.marks is None


def test_the_parts_may_stand_in_any_order() -> None:
    laid = lay(
        "学校,学籍号,语文,,数学,\n,,名次,卷面分,等级,成绩\n一中,P1,3,80,A,95\n",
        merged=((1, 1, 3, 4), (1, 1, 5, 6)),
    )
    assert marks(laid) == {"chinese": ["80"], "math": ["95"]}


def test_a_group_title_over_the_subjects_says_nothing() -> None:
    laid = lay("学校,学籍号,各科成绩,\n,,语文,数学\n一中,P1,80,95\n", merged=((1, 1, 3, 4),))
    assert marks(laid) == {"chinese": ["80"], "math": ["95"]}


def test_three_rows_are_read_together() -> None:
    laid = lay(
        "期末成绩\n学校,学籍号,各科成绩,,,\n,,语文,,数学,\n,,得分,名次,得分,名次\n"
        "一中,P1,80,3,95,1\n",
        merged=((2, 2, 3, 6), (3, 3, 3, 4), (3, 3, 5, 6), (2, 4, 1, 1), (2, 4, 2, 2)),
    )
    assert marks(laid) == {"chinese": ["80"], "math": ["95"]}
    assert checks(laid)[:2] == ["header_row", "header_levels"]


def test_fields_may_stand_in_the_lower_row() -> None:
    laid = lay(
        "考生信息,,语文,,数学,\n学校,学籍号,得分,名次,得分,名次\n一中,P1,80,3,95,1\n",
        merged=((1, 1, 1, 2), (1, 1, 3, 4), (1, 1, 5, 6)),
    )
    assert marks(laid) == {"chinese": ["80"], "math": ["95"]}


def test_full_marks_in_the_upper_row_are_read() -> None:
    laid = lay(TOP.replace("语文", "语文(120分)") + PARTS + PUPILS)
    assert laid.full_marks == {"chinese": 12000}
    assert laid.subjects["chinese"] == "语文"


def test_both_rows_of_a_repeated_header_are_skipped() -> None:
    laid = lay(TOP + PARTS + PUPILS + TOP + PARTS + PUPILS.replace("P1", "P3"))
    assert laid.entries is not None
    assert laid.entries["row"].tolist() == [3, 4, 7, 8]
    assert "repeated_header" in checks(laid)


def test_a_raw_mark_beside_a_converted_one_is_asked_with_the_options() -> None:
    text = "学校,学籍号,语文,化学,\n,,得分,原始分,赋分\n一中,P1,80,60,85\n"
    laid = lay(text, merged=((1, 1, 4, 5),))
    (asked,) = [finding for finding in laid.findings if finding.check == "score_choice"]
    assert asked.severity == "error"
    assert '--column "化学原始分=化学" 或 --column "化学赋分=化学"' in asked.message_zh
    assert '--column "化学赋分=化学"' in asked.message_en


@pytest.mark.parametrize(("chosen", "mark"), [("化学原始分", "60"), ("化学赋分", "85")])
def test_the_answer_settles_it(chosen: str, mark: str) -> None:
    text = "学校,学籍号,语文,化学,\n,,得分,原始分,赋分\n一中,P1,80,60,85\n"
    laid = lay(text, merged=((1, 1, 4, 5),), **{chosen: "化学"})
    assert not [finding for finding in laid.findings if finding.severity == "error"]
    assert marks(laid)["chemistry"] == [mark]


@pytest.mark.parametrize("second", ["化学赋分", "化学（标准分）", "化学T分"])
def test_a_converted_score_in_a_header_of_one_row_is_asked_too(second: str) -> None:
    laid = lay(f"学校,学籍号,化学,{second}\n一中,P1,60,85\n")
    assert "score_choice" in checks(laid)


def test_a_first_row_of_data_is_no_part_of_the_header() -> None:
    sheet = make_sheet("学校,学籍号,语文,数学\n一中,P1,80,95\n")
    assert find_header_rows(sheet, words=HeaderWords()) == HeaderRows(0, 0)


def test_a_repeated_header_below_is_no_second_level() -> None:
    sheet = make_sheet("学校,学籍号,语文,数学\n学校,学籍号,语文,数学\n一中,P1,80,95\n")
    assert find_header_rows(sheet, words=HeaderWords()) == HeaderRows(0, 0)


def test_a_blank_row_ends_a_header() -> None:
    sheet = make_sheet("学校,学籍号,语文,\n\n,,得分,名次\n一中,P1,80,3\n")
    assert find_header_rows(sheet, words=HeaderWords()) == HeaderRows(0, 0)
