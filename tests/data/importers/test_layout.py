"""From a sheet to ENTRIES and MARKS: wide files, required columns, stand-ins, totals."""

import pytest

from core.tables import ENTRIES, MARKS
from data.importers.layout import LaidOut, lay_out
from tests.data.importers.sheets import make_sheet

GOOD = (
    "学校代码,学校名称,乡镇,年级,班级,学籍号,考号,姓名,性别,语文,数学\n"
    "01,一中,城关,八年级,1班,P1,001,甲,男,80,85.5\n"
    "01,一中,城关,八年级,1班,P2,002,乙,女,缺考,\n"
)


def lay(text: str, *declared: str) -> LaidOut:
    return lay_out(make_sheet(text), declared_subjects=frozenset(declared))


def checks(laid: LaidOut) -> list[tuple[str, str]]:
    return [(finding.severity, finding.check) for finding in laid.findings]


def test_a_wide_file_becomes_entries_and_marks() -> None:
    laid = lay(GOOD)
    assert laid.findings == ()
    assert laid.entries is not None
    assert laid.marks is not None
    ENTRIES.require(laid.entries)
    MARKS.require(laid.marks)
    assert laid.entries["row"].tolist() == [2, 3]
    assert laid.entries[ENTRIES.names[1:]].to_numpy().tolist()[0] == [
        "01", "一中", "城关", "八年级", "1班", "P1", "001", "甲", "男",
    ]  # fmt: skip
    assert laid.marks[["row", "line", "subject", "column", "text", "kind"]].values.tolist()[
        :2
    ] == [
        [2, 2, "chinese", "语文", "80", "text"],
        [3, 3, "chinese", "语文", "缺考", "text"],
    ]
    assert laid.marks["kind"].tolist() == ["text", "text", "text", "empty"]
    assert laid.subjects == {"chinese": "语文", "math": "数学"}
    assert laid.totals is None


def test_row_numbers_stay_those_of_the_spreadsheet() -> None:
    laid = lay("标题\n\n" + GOOD)
    assert laid.entries is not None
    assert laid.entries["row"].tolist() == [4, 5]


def test_english_headers_mean_the_same() -> None:
    laid = lay("School Name,Student ID,Name,Chinese,Maths\nA,P1,x,80,90\n")
    assert laid.findings == ()
    assert laid.subjects == {"chinese": "Chinese", "math": "Maths"}


def test_kinds_of_cells_go_along() -> None:
    sheet = make_sheet(GOOD, kinds={(2, 6): "number", (2, 11): "formula"})
    laid = lay_out(sheet, declared_subjects=frozenset())
    assert laid.entries is not None
    assert laid.marks is not None
    assert laid.entries["pupil_number_kind"].tolist() == ["number", "text"]
    assert laid.marks["kind"].tolist() == ["text", "text", "formula", "empty"]


def test_a_school_name_stands_in_for_its_code() -> None:
    laid = lay("学校,学籍号,数学\n一中,P1,85\n")
    assert laid.entries is not None
    assert laid.entries["school_code"].tolist() == ["一中"]
    assert laid.headers["school_code"] == "学校"


def test_a_school_code_stands_in_for_its_name() -> None:
    laid = lay("学校代码,学籍号,数学\n01,P1,85\n")
    assert laid.entries is not None
    assert laid.entries["school_name"].tolist() == ["01"]


def test_an_exam_number_stands_in_for_the_pupil_number_with_a_warning() -> None:
    laid = lay("学校,考号,数学\n一中,E1,85\n")
    assert laid.entries is not None
    assert laid.entries["pupil_number"].tolist() == ["E1"]
    assert checks(laid) == [("warning", "pupil_number_column")]
    assert laid.headers["pupil_number"] == "考号"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("学校,姓名,数学\n一中,甲,85\n", "学籍号（或考号）"),
        ("学籍号,姓名,数学\nP1,甲,85\n", "学校代码（或学校名称）"),
        ("学校,学籍号,姓名\n一中,P1,甲\n", "科目"),
        ("学校,学籍号,成绩\n一中,P1,85\n", "科目"),
    ],
)
def test_a_missing_column_is_an_error_that_names_it(text: str, words: str) -> None:
    laid = lay(text)
    assert checks(laid) == [("error", "missing_column")]
    assert words in laid.findings[0].message_zh
    assert laid.entries is None
    assert laid.marks is None


def test_a_file_without_a_header_is_an_error() -> None:
    laid = lay("一中,P1,85\n一中,P2,90\n")
    assert checks(laid) == [("error", "header_row")]
    assert "没有找到表头" in laid.findings[0].message_zh


@pytest.mark.parametrize("text", ["学校,学籍号,数学", "学校,学籍号,数学\n合计,,85"])
def test_a_header_without_pupils_holds_no_data(text: str) -> None:
    laid = lay(text)
    assert checks(laid)[-1] == ("error", "no_data")
    assert "没有数据" in laid.findings[-1].message_zh
    assert laid.entries is None


def test_an_unknown_column_leaves_the_rest_to_be_checked() -> None:
    laid = lay("学校,学籍号,数学,信息科技\n一中,P1,85,90\n")
    assert checks(laid) == [("error", "unknown_column")]
    assert laid.entries is not None
    assert list(laid.subjects) == ["math"]


def test_a_declared_column_is_a_subject() -> None:
    laid = lay("学校,学籍号,数学,信息科技\n一中,P1,85,90\n", "信息科技")
    assert laid.findings == ()
    assert laid.subjects == {"math": "数学", "信息科技": "信息科技"}


def test_a_total_has_its_own_place() -> None:
    laid = lay("学校,学籍号,语文,数学,总分\n一中,P1,80,85,165\n")
    assert laid.totals is not None
    assert laid.totals.to_dict("records") == [
        {"row": 2, "line": 2, "column": "总分", "text": "165", "kind": "text"}
    ]
    assert list(laid.subjects) == ["chinese", "math"]


def test_full_marks_of_headers_are_told_in_hundredths() -> None:
    laid = lay("学校,学籍号,语文(120分),数学(满分112.5)\n一中,P1,80,85\n")
    assert laid.full_marks == {"chinese": 12000, "math": 11250}
    assert laid.subjects == {"chinese": "语文", "math": "数学"}


def test_a_full_mark_of_nothing_is_a_warning() -> None:
    laid = lay("学校,学籍号,语文(0分)\n一中,P1,80\n")
    assert ("warning", "full_mark") in checks(laid)
    assert laid.full_marks == {}


@pytest.mark.parametrize("row", ["满分,,120,112.5", ",满分,120分,112.5", "卷面满分,,120,"])
def test_a_row_of_full_marks_below_the_header_is_read_and_no_pupil(row: str) -> None:
    laid = lay(f"学校,学籍号,语文,数学\n{row}\n一中,P1,80,85\n")
    assert laid.entries is not None
    assert laid.entries["row"].tolist() == [3]
    assert laid.full_marks["chinese"] == 12000
    assert laid.full_marks.get("math", 11250) == 11250
    assert [(f.check, f.severity, f.row) for f in laid.findings] == [
        ("full_mark_row", "note", 2)
    ]


@pytest.mark.parametrize(
    ("header", "row", "check"),
    [
        ("语文(100分)", "满分,,120", "full_mark_conflict"),
        ("语文", "满分,,张三", "full_mark_row"),
        ("语文", "满分,,0", "full_mark_row"),
    ],
)
def test_a_full_mark_that_is_none_or_another_is_refused(
    header: str, row: str, check: str
) -> None:
    laid = lay(f"学校,学籍号,{header}\n{row}\n一中,P1,80\n")
    [finding] = [f for f in laid.findings if f.severity == "error"]
    assert (finding.check, finding.row, finding.column) == (check, 2, header)
    assert "张三" not in finding.message_zh + finding.message_en


def test_a_pupil_with_a_number_is_never_a_row_of_full_marks() -> None:
    laid = lay("学校,学籍号,姓名,语文\n满分,P1,满分,80\n")
    assert laid.entries is not None
    assert laid.entries["row"].tolist() == [2]
