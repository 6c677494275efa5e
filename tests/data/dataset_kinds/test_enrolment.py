"""Enrolment: totals add up, a school and grade once, every school known."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.dataset_tables import ENROLMENT
from data.dataset_kinds.enrolment import ENROLMENT_KIND
from tests.data.dataset_kinds.books import Rows, checks, plain_rows, read

HEADER = [
    "学校名称",
    "年级",
    "班级",
    "在籍人数",
    "男生",
    "女生",
    "寄宿",
    "留守儿童",
    "随迁子女",
]
ROWS: Rows = [
    HEADER,
    ["青禾一中", "七年级", None, 100, 52, 48, 10, 5, None],
    ["青禾一中", "七年级", "1班", 50, 26, 24, None, None, None],
    ["青禾一中", "七年级", "2班", 50, 26, 24, None, None, None],
    ["S02", 8, None, 90, 40, 50, 0, 0, 0],
    ["合计", None, None, 190, 92, 98, None, None, None],
]
NAMES = ("school", "grade", "class_name", "n_enrolled", "n_boys", "n_girls", "n_boarders")


def test_counts_are_stored_by_school_grade_and_class() -> None:
    content = read(ENROLMENT_KIND, ROWS)
    assert plain_rows(content, *NAMES)[::3] == [
        ["S01", 7, None, 100, 52, 48, 10],
        ["S02", 8, None, 90, 40, 50, 0],
    ]
    assert content.rows is not None
    ENROLMENT.require(content.rows)
    assert checks(content, "warning") == [("skipped_rows", 6)]


@pytest.mark.parametrize(
    ("row", "check"),
    [
        (["青禾一中", 9, None, 100, 50, 49, None, None, None], "total"),
        (["青禾一中", 9, None, 100, 50, 50, 101, None, None], "part"),
        (["青禾一中", 9, None, "约100", None, None, None, None, None], "cell"),
        (["青禾一中", 9, None, None, 50, 50, None, None, None], "cell"),
        (["青禾一中", 9, None, 100.5, None, None, None, None, None], "cell"),
        (["青禾一中", 13, None, 100, None, None, None, None, None], "cell"),
        (["S02", "八年级", None, 90, None, None, None, None, None], "repeated"),
        (["S08", 8, None, 90, None, None, None, None, None], "school_unknown"),
        ([None, 8, None, 90, None, None, None, None, None], "school_missing"),
    ],
)
def test_rows_that_cannot_be_right_are_refused(row: list[object], check: str) -> None:
    content = read(ENROLMENT_KIND, [*ROWS[:-1], row])
    assert content.rows is None
    assert check in {found for found, _ in checks(content)}
    assert content.n_refused >= 1


def test_a_grade_that_is_not_the_sum_of_its_classes_is_a_warning() -> None:
    rows = [*ROWS[:3], ["青禾一中", "七年级", "2班", 51, 26, 25, None, None, None]]
    content = read(ENROLMENT_KIND, rows)
    assert checks(content, "warning") == [("total", 2)]


def test_a_school_that_is_not_the_sum_of_its_grades_is_a_warning() -> None:
    rows = [["学校", "年级", "在籍人数"], ["S01", None, 90], ["S01", 7, 40], ["S01", 8, 40]]
    assert checks(read(ENROLMENT_KIND, rows), "warning") == [("total", 2)]


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 2000)), min_size=1, max_size=9))
@settings(max_examples=15)
def test_a_table_comes_back_as_it_was_written(sexes: list[tuple[int, int]]) -> None:
    rows: list[list[object]] = [["学校代码", "年级", "在籍人数", "男", "女"]]
    rows += [["S01", k, b + g, b, g] for k, (b, g) in enumerate(sexes, start=1)]
    wanted = [["S01", k, None, b + g, b, g, None] for k, (b, g) in enumerate(sexes, start=1)]
    assert plain_rows(read(ENROLMENT_KIND, rows), *NAMES) == wanted
