"""Item points: headers of items, full marks from three places, the strict reading of scores."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dataset_kinds.item_code import item_header
from data.dataset_kinds.items import ITEMS
from data.dataset_kinds.kind import Surroundings
from tests.data.dataset_kinds.books import AROUND, SCHOOLS, checks, plain_rows, read, read_book

HEADER = ["学校", "班级", "学籍号", "姓名", "1(3分)", "第2题(5分)", "21(1)(12分)", "总分"]
PUPIL = ["青禾一中", "1班", "P001", "示例学生", 3, 4.5, "０", 7.5]
GRADE_9 = replace(AROUND, grade=9)


@pytest.mark.parametrize(
    ("header", "item", "mark"),
    [
        ("1", "1", None), ("第1题", "1", None), ("T5", "5", None), ("Q12", "12", None),
        ("3(1)", "3(1)", None), ("３（１）", "3(1)", None), ("21-2", "21(2)", None),
        ("21.2", "21(2)", None), ("21②", "21(2)", None), ("第21题第(2)问", None, None),
        ("21(12分)", "21", 1200), ("21(2)(6.5分)", "21(2)", 650), ("21（满分12）", "21", 1200),
        ("05", "5", None), ("1-10", None, None), ("选择题", None, None), ("总分", None, None),
        ("1班", None, None), ("", None, None),
    ],
)  # fmt: skip
def test_a_header_names_one_item_or_none(
    header: str, item: str | None, mark: int | None
) -> None:
    found = item_header(header)
    assert (None, None) if found is None else (found.item, found.full_mark) == (item, mark)
    assert (found is None) == (item is None)


def test_points_are_hundredths_under_the_pupil_number_and_no_name_is_kept() -> None:
    content = read(
        ITEMS, [HEADER, PUPIL, ["S02", "2班", "P002", "某某", "缺考", None, 12, None]], GRADE_9
    )
    assert plain_rows(content) == [
        ["P001", "S01", "1班", 300, 450, 0],
        ["P002", "S02", "2班", None, None, 1200],
    ]
    assert content.rows is not None
    assert list(content.rows.columns[3:]) == ["item_1", "item_2", "item_3"]
    assert content.about["items"][2] == {"item": "21(1)", "position": 3, "full_mark": 1200}
    assert "示例学生" not in str((content.about, content.findings))


def test_full_marks_come_from_a_row_below_the_header() -> None:
    rows = [["学校", "学籍号", "1", "2"], [None, "满分", 4, 6], ["S01", "P1", 4, 5]]
    content = read(ITEMS, rows, GRADE_9)
    assert [own["full_mark"] for own in content.about["items"]] == [400, 600]
    assert plain_rows(content, "item_1", "item_2") == [[400, 500]]


def plan(**marks: int) -> Surroundings:
    table = pd.DataFrame({"item": list(marks), "full_mark": list(marks.values())})
    return replace(GRADE_9, partner=table)


def test_full_marks_come_from_the_two_way_table() -> None:
    rows = [["学校", "学籍号", "1", "2"], ["S01", "P1", 4, 5]]
    content = read(ITEMS, rows, plan(**{"1": 400, "2": 600}))
    assert [own["full_mark"] for own in content.about["items"]] == [400, 600]


@pytest.mark.parametrize(
    ("rows", "around", "check"),
    [
        ([["学校", "学籍号", "1", "2"], ["S01", "P1", 4, 5]], GRADE_9, "full_mark"),
        ([["学校", "学籍号", "1(5分)"], ["S01", "P1", 4]], plan(**{"1": 400}), "full_mark"),
        ([["学校", "学籍号", "1(5分)"], ["S01", "P1", 4]], plan(**{"2": 500}), "two_way"),
        (
            [["学校", "学籍号", "1(5分)", "1(5分)"], ["S01", "P1", 4, 4]],
            GRADE_9,
            "double_column",
        ),
        ([["学校", "学籍号", "甲"], ["S01", "P1", 4]], GRADE_9, "items"),
        ([["学校", "1(5分)"], ["S01", 4]], GRADE_9, "missing_column"),
        ([["学籍号", "1(5分)"], ["P1", 4]], GRADE_9, "missing_column"),
    ],
)
def test_items_that_cannot_be_understood_are_refused(
    rows: list[list[object]], around: Surroundings, check: str
) -> None:
    content = read(ITEMS, rows, around)
    assert content.rows is None
    assert check in {found for found, _ in checks(content)}


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({4: 3.5}, "score_range"),
        ({4: -1}, "score_range"),
        ({4: "3分"}, "score_format"),
        ({5: 4.555}, "score_precision"),
        ({2: None}, "pupil_number_missing"),
        ({2: "P001"}, "duplicate_pupil"),
        ({0: "不存在的学校"}, "school_unknown"),
    ],
)
def test_points_and_pupils_are_checked_like_those_of_exams(
    change: dict[int, object], check: str
) -> None:
    second: list[object] = ["青禾一中", "1班", "P002", "示例", 3, 4, 5, 12]
    for position, value in change.items():
        second[position] = value
    content = read(ITEMS, [HEADER, PUPIL, second], GRADE_9)
    assert (check, 3) in checks(content)
    assert content.n_refused >= 1


def test_a_total_that_is_not_the_sum_of_the_items_is_a_warning() -> None:
    content = read(ITEMS, [HEADER, [*PUPIL[:-1], 9]], GRADE_9)
    assert checks(content, "warning") == [("total", 2)]


def test_items_that_do_not_add_up_to_the_paper_are_a_warning() -> None:
    subjects = pd.DataFrame({"subject": ["math"], "name": ["数学"], "full_mark": [12000]})
    around = replace(GRADE_9, subjects=subjects, subject="math")
    content = read(ITEMS, [HEADER, PUPIL], around)
    words = next(f for f in content.findings if f.check == "paper_total")
    assert "20" in words.message_en
    assert "120" in words.message_en


POINTS = st.lists(st.integers(0, 24), min_size=4, max_size=4)


@given(st.lists(POINTS, min_size=1, max_size=6))
@settings(max_examples=5)
def test_a_workbook_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, points: list[list[int]]
) -> None:
    rows: list[list[object]] = [["学校代码", "学籍号", *(f"{k}(12分)" for k in range(1, 5))]]
    rows += [["S01", f"00{i}", *(p / 2 for p in own)] for i, own in enumerate(points)]
    path: Path = tmp_path_factory.mktemp("items") / "小题分.xlsx"
    content = read_book(ITEMS, path, rows, Surroundings(SCHOOLS, grade=9))
    wanted = [[f"00{i}", "S01", None, *(p * 50 for p in own)] for i, own in enumerate(points)]
    assert plain_rows(content) == wanted
