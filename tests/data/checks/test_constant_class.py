"""Classes in which everybody has the same score."""

from data.checks.constant_class import check_constant_class
from tests.data.checks.drafts import make_draft, many, places


def test_classes_with_different_scores_pass() -> None:
    assert check_constant_class(make_draft(many(10))) == []


def test_a_class_of_equal_scores_is_a_warning() -> None:
    (finding,) = check_constant_class(make_draft(many(5, math="60")))
    assert (finding.severity, finding.row, finding.column) == ("warning", 2, "数学")
    assert "一中1班" in finding.message_zh
    assert "5 人的分数完全相同" in finding.message_zh


def test_four_pupils_are_too_few_to_ask() -> None:
    assert check_constant_class(make_draft(many(4, math="60"))) == []


def test_each_subject_is_told() -> None:
    found = check_constant_class(make_draft(many(5, chinese="0", math="60")))
    assert places(found) == [("warning", 2, "语文"), ("warning", 2, "数学")]


def test_pupils_without_a_class_are_taken_together() -> None:
    assert len(check_constant_class(make_draft(many(5, class_name="", math="60")))) == 1
