"""Schools by code or exact name: what is matched, what is refused, what may be quoted."""

import pandas as pd

from data.dataset_kinds.school_book import (
    SCHOOL_SPECS,
    Matched,
    SchoolBook,
    match_schools,
    school_book,
)
from data.importers.column_file import ColumnSpec, read_columns_file
from tests.data.dataset_kinds.books import SCHOOLS, Rows, make_sheet

SPECS = (*SCHOOL_SPECS, ColumnSpec("class_name", "班级", ()))


def match(rows: Rows, book: SchoolBook = SCHOOLS) -> Matched:
    return match_schools(read_columns_file(make_sheet(rows), SPECS), book)


def codes(matched: Matched) -> list[str | None]:
    return [None if pd.isna(code) else str(code) for code in matched.school]


def test_a_school_is_matched_by_its_code_or_its_exact_name_spaces_and_width_aside() -> None:
    rows = [["学校", "班级"], ["S01", 1], ["青禾 二中", 1], ["Ｓ０３", 1]]
    assert codes(match(rows)) == ["S01", "S02", "S03"]


def test_unknown_schools_are_counted_and_named_beside_known_ones() -> None:
    matched = match([["学校", "班级"], ["S01", 1], ["青禾三中", 1], ["S9", 1], ["S9", 2]])
    [finding] = matched.findings
    assert (finding.check, finding.row) == ("school_unknown", 3)
    assert "：青禾三中、S9。已登记 3 所" in finding.message_zh
    assert matched.refused == {3, 4, 5}


def test_where_no_school_is_known_nothing_is_quoted_for_it_may_be_another_column() -> None:
    [finding] = match([["学校", "班级"], ["示例学生", 1], ["20230001", 1]]).findings
    assert "示例学生" not in str(finding)
    assert "20230001" not in str(finding)
    assert "2 (rows 2, 3). It has 3" in finding.message_en


def test_a_row_without_a_school_is_refused() -> None:
    matched = match([["学校", "班级"], ["S01", 1], [None, 2]])
    assert [(f.check, f.row) for f in matched.findings] == [("school_missing", 3)]


def test_a_code_and_a_name_of_two_schools_are_refused() -> None:
    rows = [["学校代码", "学校名称"], ["S01", "青禾二中"], ["S01", "青禾第一中学"]]
    assert [(f.check, f.row) for f in match(rows).findings] == [("school_identity", 2)]


def test_a_name_that_several_schools_share_needs_the_code() -> None:
    units = pd.DataFrame({
        "code": ["A", "B", "T"], "name": ["中心小学", "中心小学", "青禾镇"],
        "level": ["school", "school", "township"],
    })  # fmt: skip
    book = school_book(units)
    assert book.codes == {"中心小学": ("A", "B")}
    matched = match([["学校", "班级"], ["中心小学", 1], ["B", 1], ["青禾镇", 1]], book)
    assert codes(matched) == [None, "B", None]
    assert {f.check for f in matched.findings} == {"school_shared_name", "school_unknown"}


def test_a_file_without_a_column_of_schools_is_refused() -> None:
    sheet = make_sheet([["班级", "人数"], ["1班", 3]])
    file = read_columns_file(sheet, SCHOOL_SPECS)
    assert file.frame is None
