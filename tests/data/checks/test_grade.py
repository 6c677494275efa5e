"""The grade of the file against that of the exam."""

import pytest

from data.checks.grade import check_grade, grade_number
from tests.data.checks.drafts import make_draft, places, row


@pytest.mark.parametrize("grade", ["八年级", "8", "初二", "8年级", " 八 年级", "Grade 8", ""])
def test_the_grade_of_the_exam_passes(grade: str) -> None:
    assert check_grade(make_draft(row(grade=grade))) == []


def test_another_grade_is_an_error() -> None:
    (finding,) = check_grade(make_draft(row("P1") + row("P2", grade="七年级")))
    assert (finding.severity, finding.row, finding.column) == ("error", 3, "年级")
    assert "考试为 8 年级" in finding.message_zh


def test_every_row_of_another_grade_is_an_error() -> None:
    found = check_grade(make_draft(row("P1", grade="初三") + row("P2", grade="高一")))
    assert places(found) == [("error", 2, "年级"), ("error", 3, "年级")]


def test_a_grade_that_is_not_understood_is_a_warning() -> None:
    (finding,) = check_grade(make_draft(row("P1", grade="2024级") + row("P2", grade="毕业班")))
    assert finding.severity == "warning"
    assert "有 2 个年级无法识别" in finding.message_zh


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一年级", 1), ("六", 6), ("小学五年级", 5), ("初一", 7), ("初中三年级", 9),
        ("高三", 12),
        ("十二年级", 12), ("10", 10), ("0", None), ("13", None), ("初", None), ("", None),
    ],
)  # fmt: skip
def test_grades_are_numbered(text: str, number: int | None) -> None:
    assert grade_number(text) == number
