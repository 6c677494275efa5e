"""Notes on scores that are no numbers, and on what is unclear, computed or converted."""

import pytest

from data.checks.score_ambiguous import check_score_ambiguous
from data.checks.score_formula import check_score_formula
from data.checks.score_tidied import check_score_tidied
from data.checks.score_words import check_score_words
from tests.data.checks.drafts import make_draft, places, row

CHECKS = (check_score_words, check_score_ambiguous, check_score_formula, check_score_tidied)


def test_plain_numbers_need_no_word() -> None:
    draft = make_draft(row())
    assert [finding for check in CHECKS for finding in check(draft)] == []


@pytest.mark.parametrize(
    ("word", "words"),
    [("缺考", "缺考"), ("作弊", "违纪或作弊"), ("免考", "免考"), ("", "为空")],
)
def test_each_state_is_noted_with_its_count(word: str, words: str) -> None:
    draft = make_draft(row() + row("P2", math=word) + row("P3", math=word))
    (finding,) = check_score_words(draft)
    assert (finding.severity, finding.row, finding.column) == ("note", 3, "数学")
    assert words in finding.message_zh
    assert "有 2 " in finding.message_zh
    assert "第 3、4 行" in finding.message_zh


def test_states_are_noted_by_column() -> None:
    found = check_score_words(make_draft(row(chinese="缺考", math="缺考") + row("P2", math="")))
    assert places(found) == [("note", 2, "语文"), ("note", 2, "数学"), ("note", 3, "数学")]


def test_unclear_signs_are_a_warning_that_asks() -> None:
    draft = make_draft(row(math="-") + row("P2", math="/") + row("P3", math="无"))
    (finding,) = check_score_ambiguous(draft)
    assert (finding.severity, finding.row, finding.column) == ("warning", 2, "数学")
    assert "有 3 个单元格含义不明" in finding.message_zh
    assert check_score_words(draft) == []


def test_formulas_are_a_warning() -> None:
    draft = make_draft(row() + row("P2"), kinds={(2, 8): "formula", (3, 8): "formula"})
    (finding,) = check_score_formula(draft)
    assert finding.severity == "warning"
    assert "有 2 个成绩是公式" in finding.message_zh


def test_conversions_are_noted() -> None:
    (finding,) = check_score_tidied(make_draft(row(math="８５") + row("P2", math=" 85")))
    assert finding.severity == "note"
    assert "有 2 个成绩含空格或全角数字" in finding.message_zh


def test_a_fault_is_no_empty_score() -> None:
    assert check_score_words(make_draft(row(math="xx"))) == []
