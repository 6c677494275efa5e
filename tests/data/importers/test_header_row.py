"""The header row: found by content, each column placed, doubts told with their columns."""

import pytest

from data.importers.header_row import Columns, column_letter, find_header, read_columns
from data.importers.header_words import HeaderWords
from data.importers.layout import lay_out
from tests.data.importers.sheets import make_sheet

NONE = HeaderWords()
GOOD = "学校名称,班级,学籍号,姓名,数学\n一中,1班,P1,甲,85"


def read(text: str, *, at: int = 0) -> tuple[Columns, list[tuple[str, str, str | None]]]:
    columns, findings = read_columns(make_sheet(text), at=at, words=NONE)
    return columns, [(f.severity, f.check, f.column) for f in findings]


def test_a_header_in_the_first_row_is_found() -> None:
    assert find_header(make_sheet(GOOD), words=NONE) == 0


def test_titles_above_the_header_are_passed_over() -> None:
    sheet = make_sheet("期末成绩表\n\n填报人：张,满分：120\n" + GOOD)
    assert find_header(sheet, words=NONE) == 2


def test_a_repeated_header_does_not_win_over_the_first() -> None:
    assert find_header(make_sheet(GOOD + "\n" + GOOD), words=NONE) == 0


@pytest.mark.parametrize("text", ["甲,85\n乙,90", "语文,数学\n85,90", "姓名\n甲"])
def test_without_known_headers_there_is_no_header_row(text: str) -> None:
    assert find_header(make_sheet(text), words=NONE) is None


def test_columns_are_placed_without_a_word() -> None:
    columns, findings = read(GOOD)
    assert findings == []
    assert columns.fields == {
        "school_name": 0, "class_name": 1, "pupil_number": 2, "pupil_name": 3,
    }  # fmt: skip
    assert columns.subjects == {"math": 4}
    assert not columns.is_long


def test_a_title_row_is_noted_with_the_header_s_own_row_number() -> None:
    columns, findings = read_columns(make_sheet("标题\n\n" + GOOD), at=1, words=NONE)
    assert [(f.check, f.row) for f in findings] == [("header_row", 3)]
    assert columns.subjects == {"math": 4}


def test_spaced_headers_are_noted() -> None:
    columns, findings = read("学校 名称,学籍号,数学(120分),Full Name\n一中,P1,85,A")
    assert findings == [("note", "header_spacing", None)]
    assert columns.full_marks == {"math": "120"}


def test_an_unknown_column_is_an_error_that_names_it() -> None:
    _, findings = read_columns(
        make_sheet("学校,学籍号,数学,信息科技\n一中,P1,85,90"), at=0, words=NONE
    )
    (finding,) = findings
    assert (finding.severity, finding.check) == ("error", "unknown_column")
    assert (finding.row, finding.column) == (1, "信息科技")
    assert "--full-mark 信息科技=满分" in finding.message_zh
    assert "--full-mark 信息科技=MARK" in finding.message_en


@pytest.mark.parametrize("header", ["学期总评", "体育", "音乐", "学藉号", "数学科"])
def test_the_hint_for_an_unknown_column_names_no_meaning_that_is_taken(header: str) -> None:
    _, findings = read_columns(
        make_sheet(f"学校,学籍号,数学,{header}\n一中,P1,85,90"), at=0, words=NONE
    )
    (finding,) = findings
    for message in (finding.message_zh, finding.message_en):
        assert "=学籍号" not in message
        assert "=数学" not in message
    assert f'--column "{header}=忽略"' in finding.message_zh


def test_the_hint_for_an_unknown_column_names_what_it_is_like() -> None:
    _, findings = read_columns(
        make_sheet("学校,考号,数学,学藉号\n一中,P1,85,90"), at=0, words=NONE
    )
    assert '--column "学藉号=学籍号"' in findings[0].message_zh


@pytest.mark.parametrize(
    ("text", "letters", "secrets"),
    [
        ("学校,学籍号,数学,赵一鸣,85", ["D", "E"], ["赵一鸣", "85"]),
        ("学校,学籍号,数学,赵 一鸣,92.5", ["D", "E"], ["一鸣"]),
        ("学校,学籍号,数学,赵一鸣,G330100201203020011", ["D", "E"], ["赵一鸣", "G33"]),
        ("学校,学籍号,数学,赵一鸣,P1", ["D", "E"], ["赵一鸣", "P1"]),
        ("学校,学籍号,数学,甲一２０１２号", ["D"], ["甲一"]),
    ],
)
def test_an_unknown_header_that_looks_like_data_is_named_by_its_letter(
    text: str, letters: list[str], secrets: list[str]
) -> None:
    _, findings = read_columns(make_sheet(text), at=0, words=NONE)
    assert [(f.check, f.column) for f in findings] == [
        ("unknown_column", letter) for letter in letters
    ]
    said = "".join(f"{f.message_zh}{f.message_en}{f.column}{f.value}" for f in findings)
    assert not [secret for secret in secrets if secret in said]
    assert f"第 {letters[0]} 列" in findings[0].message_zh


def test_full_marks_and_digits_in_known_headers_make_no_data_of_the_row() -> None:
    _, findings = read("学校,学籍号,数学(120分),信息科技2\n一中,P1,85,90")
    assert findings[-1] == ("error", "unknown_column", "信息科技2")


@pytest.mark.parametrize("second", ["数学", "数学成绩", "Math"])
def test_two_columns_of_one_subject_are_an_error(second: str) -> None:
    _, findings = read(f"学校,学籍号,数学,{second}\n一中,P1,85,90")
    assert findings == [("error", "double_column", second)]


def test_two_columns_of_one_field_and_rank_are_an_error() -> None:
    _, findings = read("学校,学籍号,学籍号,数学\n一中,P1,P2,85")
    assert findings == [("error", "double_column", "学籍号")]


def test_the_better_of_two_names_of_a_field_is_read_with_a_warning() -> None:
    columns, findings = read("学校,学号,学籍号,数学\n一中,1,P1,85")
    assert columns.fields["pupil_number"] == 2
    assert findings == [("warning", "double_column", "学号")]


def test_columns_that_are_not_read_are_noted() -> None:
    _, findings = read_columns(
        make_sheet("序号,学校,学籍号,数学,班级名次,满分\n1,一中,P1,85,1,100"),
        at=0,
        words=NONE,
    )
    (finding,) = findings
    assert (finding.severity, finding.check) == ("note", "ignored_column")
    assert "序号、班级名次、满分" in finding.message_zh


def test_a_column_without_a_header_but_with_data_is_an_error() -> None:
    _, findings = read("学校,学籍号,,数学\n一中,P1,x,85")
    assert findings == [("error", "unnamed_column", "C")]


def test_a_column_of_formulas_that_show_nothing_needs_no_header() -> None:
    sheet = make_sheet("学校,学籍号,,数学\n一中,P1,,85", kinds={(2, 3): "blank"})
    assert read_columns(sheet, at=0, words=NONE)[1] == []


def test_an_empty_column_without_a_header_is_nothing() -> None:
    assert read("学校,学籍号,,数学\n一中,P1,,85")[1] == []


def test_a_total_is_placed_apart() -> None:
    columns, findings = read("学校,学籍号,数学,总分\n一中,P1,85,85")
    assert (columns.total, findings) == (3, [])


def test_subject_and_score_make_a_long_file() -> None:
    columns, findings = read("学校,学籍号,科目,分数,满分\n一中,P1,数学,85,100")
    assert columns.is_long
    assert findings == []


@pytest.mark.parametrize(("position", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_have_the_letters_of_a_spreadsheet(position: int, letter: str) -> None:
    assert column_letter(position) == letter


def test_a_header_that_stands_among_the_data_too_is_not_quoted() -> None:
    sheet = make_sheet("学校,学籍号,姓名,丁望舒\n一中,P1,丁望舒,80\n一中,P2,甲,85\n")
    laid = lay_out(sheet, declared_subjects=frozenset())
    assert next(f.check for f in laid.findings if f.severity == "error") == "unknown_column"
    assert not any("丁望舒" in f"{f.message_zh}{f.message_en}{f.column}" for f in laid.findings)
