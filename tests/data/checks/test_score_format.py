"""Scores that are no numbers."""

import pytest

from data.checks.score_format import check_score_format
from data.checks.screening import screen
from tests.data.checks.drafts import make_draft, many, row


@pytest.mark.parametrize("math", ["85", "85.5", "0", "120", "缺考", "违纪", "免考", "", "-"])
def test_numbers_and_agreed_words_pass(math: str) -> None:
    assert check_score_format(make_draft(row(math=math))) == []


@pytest.mark.parametrize("math", ["85分", "约90", "1_00", "٨٥", "xx", "nan"])
def test_one_that_is_no_number_is_an_error(math: str) -> None:
    (finding,) = check_score_format(make_draft(row() + row("P2", math=math)))
    assert (finding.severity, finding.row, finding.column) == ("error", 3, "数学")
    assert "不是数字" in finding.message_zh
    shown = f"the score {finding.value!r} is" if finding.value else "the score is"
    assert shown in finding.message_en


@pytest.mark.parametrize(
    ("kind", "words"), [("boolean", "布尔值"), ("date", "日期或时间"), ("error", "错误值")]
)
def test_odd_kinds_are_errors(kind: str, words: str) -> None:
    (finding,) = check_score_format(make_draft(row(), kinds={(2, 8): kind}))
    assert words in finding.message_zh


@pytest.mark.parametrize(
    ("kind", "todo", "todo_en"),
    [
        (
            "error",
            "在 Excel 或 WPS 中打开、重新计算并保存，或粘贴为数值",
            "recalculate and save",
        ),
        ("blank", "清空单元格", "empty text"),
    ],
)
def test_a_formula_without_a_score_is_refused_with_its_place(
    kind: str, todo: str, todo_en: str
) -> None:
    draft = make_draft(row() + row("P2", math=""), kinds={(3, 8): kind})
    (finding,) = check_score_format(draft)
    assert (finding.severity, finding.row, finding.column) == ("error", 3, "数学")
    assert "第 3 行“数学”" in finding.message_zh
    assert todo in finding.message_zh
    assert todo_en in finding.message_en
    assert screen(draft).scores is None


def test_a_name_in_a_score_column_is_not_shown() -> None:
    (finding,) = check_score_format(make_draft(row(math="赵一鸣")))
    assert finding.value is None
    assert "赵一鸣" not in finding.message_zh + finding.message_en


def test_many_faults_are_listed_to_200_and_all_rows_refused() -> None:
    draft = make_draft(many(150, chinese="x", math="y"))
    found = check_score_format(draft)
    assert len(found) == 201
    assert "共 300 处" in found[-1].message_zh
    assert screen(draft).n_refused == 150


def test_a_cell_of_a_long_file_is_told_by_its_own_row() -> None:
    header = "学校,学籍号,科目,分数\n"
    draft = make_draft("一中,P1,语文,80\n一中,P1,数学,xx\n", header=header)
    (finding,) = check_score_format(draft)
    assert (finding.row, finding.column) == (3, "分数")
    assert screen(draft).n_refused == 1
