"""Questionnaires: choices as numbers, nobody named, answers outside a scale refused."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.dataset_tables import SURVEY_ANSWERS
from data.dataset_kinds.question_code import question_code
from data.dataset_kinds.survey import SURVEY
from tests.data.dataset_kinds.books import AROUND, Rows, checks, plain_rows, read

ROWS: Rows = [
    [
        "序号",
        "提交答卷时间",
        "学校",
        "年级",
        "班级",
        "姓名",
        "Q1",
        "2、你喜欢上学吗？",
        "Q3",
        "Q4",
    ],
    [1, "2026/3/1", "青禾二中", "八年级", "1班", "示例甲", 5, "B", "非常同意", "希望更多运动"],
    [2, "2026/3/1", "青禾一中", "八年级", "2班", "示例乙", 1, "A.经常", "不同意", "没有意见"],
    [3, "2026/3/1", "青禾一中", "八年级", "2班", "示例丙", "（空）", "c", None, "谢谢老师"],
]
KEY = pd.DataFrame({"question": ["Q1"], "lowest": [1], "highest": [5]})


def test_choices_become_numbers_and_rows_are_sorted_by_what_they_hold() -> None:
    content = read(SURVEY, ROWS)
    assert plain_rows(content) == [
        [1, "S01", 8, "2班", 1, 1, 2],
        [2, "S01", 8, "2班", None, 3, None],
        [3, "S02", 8, "1班", 5, 2, 5],
    ]
    assert content.rows is not None
    SURVEY_ANSWERS.require(content.rows)
    assert content.about["questions"][0] == {
        "question": "Q1", "lowest": 1, "highest": 5, "n_answers": 2,
    }  # fmt: skip


def test_names_times_and_free_text_are_kept_nowhere() -> None:
    content = read(SURVEY, ROWS)
    kept = str((content.rows, content.about, content.findings))
    assert not any(word in kept for word in ("示例", "2026/3/1", "更多运动", "谢谢"))
    assert ("free_text", None) in checks(content, "warning")


@pytest.mark.parametrize("answer", [6, 0, "AB", "2.5", "好"])
def test_an_answer_outside_its_scale_is_refused_with_its_place(answer: object) -> None:
    rows = [["学校", "Q1"], ["S01", 3], ["S01", answer]]
    content = read(SURVEY, rows, replace(AROUND, partner=KEY))
    assert checks(content) == [("cell", 3)]
    assert (content.n_rows, content.n_refused) == (2, 1)


@pytest.mark.parametrize(
    ("rows", "check"),
    [
        ([["学校", "Q1", "Q1"], ["S01", 3, 4]], "double_column"),
        ([["学校", "年级", "甲"], ["S01", 7, 4]], "no_data"),
        ([["学校", "Q1"], ["S09", 3]], "school_unknown"),
        ([["年级", "Q1"], [7, 3]], "missing_column"),
    ],
)
def test_a_survey_that_cannot_be_understood_is_refused(rows: Rows, check: str) -> None:
    assert check in {found for found, _ in checks(read(SURVEY, rows))}


def test_a_question_of_the_scale_key_that_is_missing_is_refused() -> None:
    key = pd.DataFrame({"question": ["Q9"], "lowest": [1], "highest": [5]})
    content = read(SURVEY, [["学校", "Q1"], ["S01", 3]], replace(AROUND, partner=key))
    assert checks(content) == [("scale", None)]


@pytest.mark.parametrize(
    ("header", "code"),
    [("Q1", "Q1"), ("q12", "Q12"), ("第3题", "Q3"), ("4", "Q4"), ("5(2)", "Q5_2"),
     ("6、你几点睡觉", "Q6"), ("7.你快乐吗？", "Q7"), ("学校", None), ("", None),
     ("Q2 你喜欢学校吗", "Q2"), ("Q2你喜欢学校吗", "Q2"), ("Q2. 你", "Q2"), ("Q2：你", "Q2"),
     ("Q2:你", "Q2"), ("2 你", "Q2"), ("（2）你", "Q2"), ("2）你", "Q2"), ("第 2 题 你", "Q2"),
     ("Q2_1 你", "Q2_1"), ("Q2_1你", "Q2_1"), ("Q2 (1) 你", "Q2_1"), ("3.2小时够吗", "Q3"),
     ("3年级", None), ("第3学期", None), ("2023", None), ("2023年", None), ("Q2023", None)],
)  # fmt: skip
def test_a_header_names_a_question_by_its_number(header: str, code: str | None) -> None:
    assert question_code(header) == code


@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=1, max_size=12))
@settings(max_examples=15)
def test_the_answers_come_back_whatever_their_order(answers: list[list[int]]) -> None:
    rows: list[list[object]] = [["学校", "Q1", "Q2", "Q3"], *(["S01", *own] for own in answers)]
    assert [row[-3:] for row in plain_rows(read(SURVEY, rows))] == sorted(answers)
