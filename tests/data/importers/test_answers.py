"""The choices that findings name are found again in their words."""

from data.importers.answers import column_answers, sheet_answers
from data.importers.header_remarks import (
    candidates,
    double,
    second_choice,
    unknown,
    unknown_data,
)
from data.importers.several_sheets import which_sheets
from tests.data.importers.sheets import make_sheet

LETTERS = ("F", "G")


def test_every_question_about_a_column_offers_its_answers() -> None:
    asked = {
        unknown("备用", line=1, letter="F", like=["学籍号"]): ["备用=学籍号", "备用=忽略"],
        unknown_data("F", line=1): ["F列=忽略"],
        double("得分", "分数", line=1, letters=LETTERS): ["分数=忽略"],
        double("得分", "得分", line=1, letters=LETTERS): ["G列=忽略"],
        second_choice("卷面", "折算", line=1, letters=LETTERS): ["卷面=忽略"],
        candidates(["卷面", "赋分"], name="数学", line=1): ["卷面=数学", "赋分=数学"],
    }
    for finding, answers in asked.items():
        assert column_answers([finding]) == answers


def test_an_answer_that_several_findings_name_stands_once() -> None:
    assert column_answers([unknown_data("F", line=1)] * 2) == ["F列=忽略"]


def test_the_sheets_of_a_question_are_its_answers() -> None:
    sheets = [make_sheet(f"学校,学籍号,数学\n{n},1,80", name=n) for n in ("一、中", "二中")]
    assert sheet_answers(which_sheets(sheets)) == ["一、中", "二中"]
