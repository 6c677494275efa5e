"""Two-way tables: several points of an item, weights that add up to 1, the paper they fit."""

from dataclasses import replace

import pandas as pd
import pytest

from core.survey_tables import TWO_WAY
from data.dataset_kinds.two_way import TWO_WAY_KIND
from tests.data.dataset_kinds.books import AROUND, Rows, checks, plain_rows, read

HEADER = ["题号", "题型", "分值", "知识点", "能力层级", "难度预估"]
ROWS: Rows = [
    HEADER,
    ["1", "选择题", 3, "有理数", "理解", 0.9],
    ["第2题", None, 5, "方程、函数", "应用", 0.6],
    ["21(1)", "解答题", 12, "函数", "应用", 0.5],
]
NAMES = ("item", "knowledge_point", "weight", "full_mark", "question_type")


def test_an_item_may_test_several_points_and_a_merged_type_reaches_the_rows_below() -> None:
    content = read(TWO_WAY_KIND, ROWS)
    assert plain_rows(content, *NAMES) == [
        ["1", "有理数", 1.0, 300, "选择题"],
        ["2", "方程", 0.5, 500, "选择题"],
        ["2", "函数", 0.5, 500, "选择题"],
        ["21(1)", "函数", 1.0, 1200, "解答题"],
    ]
    assert content.rows is not None
    TWO_WAY.require(content.rows)


def test_rows_of_one_item_with_points_of_their_own_are_its_parts() -> None:
    rows = [["题号", "分值", "知识点"], [5, 4, "方程"], [5, 8, "函数"]]
    assert plain_rows(read(TWO_WAY_KIND, rows), *NAMES[:4]) == [
        ["5", "方程", pytest.approx(1 / 3), 1200],
        ["5", "函数", pytest.approx(2 / 3), 1200],
    ]


def test_given_weights_are_kept() -> None:
    rows = [["题号", "分值", "知识点", "权重"], [5, 12, "方程", 0.3], [5, 12, "函数", 0.7]]
    assert plain_rows(read(TWO_WAY_KIND, rows), "weight", "full_mark") == [
        [0.3, 1200],
        [0.7, 1200],
    ]


@pytest.mark.parametrize(
    ("row", "check"),
    [
        (["1-10", "选择题", 30, "有理数", None, None], "cell"),
        (["3", None, None, "有理数", None, None], "cell"),
        (["3", None, 3, None, None, None], "cell"),
        (["3", None, 3, "有理数", None, 1.2], "cell"),
        (["1", None, 3, "有理数", None, 0.9], "repeated"),
    ],
)
def test_rows_that_cannot_be_understood_are_refused(row: list[object], check: str) -> None:
    content = read(TWO_WAY_KIND, [*ROWS, row])
    assert content.rows is None
    assert check in {found for found, _ in checks(content)}


def test_weights_that_do_not_add_up_to_one_are_refused() -> None:
    rows = [["题号", "分值", "知识点", "权重"], [5, 12, "方程", 0.3], [5, 12, "函数", 0.6]]
    assert checks(read(TWO_WAY_KIND, rows)) == [("weight", 2)]


@pytest.mark.parametrize(
    ("paper", "check"),
    [
        ({"1": 300, "2": 500, "21(1)": 1200}, None),
        ({"1": 300, "2": 500, "21(1)": 1000}, "full_mark"),
        ({"1": 300, "2": 500}, "two_way"),
        ({"1": 300, "2": 500, "21(1)": 1200, "22": 100}, "two_way"),
    ],
)
def test_the_table_must_fit_the_published_items(
    paper: dict[str, int], check: str | None
) -> None:
    items = [{"item": item, "full_mark": mark} for item, mark in paper.items()]
    content = read(TWO_WAY_KIND, ROWS, replace(AROUND, partner_about={"items": items}))
    assert [found for found, _ in checks(content)] == ([] if check is None else [check])


def test_a_paper_of_another_full_mark_is_a_warning() -> None:
    subjects = pd.DataFrame({"subject": ["math"], "name": ["数学"], "full_mark": [12000]})
    content = read(TWO_WAY_KIND, ROWS, replace(AROUND, subjects=subjects, subject="math"))
    assert checks(content, "warning") == [("paper_total", None)]
