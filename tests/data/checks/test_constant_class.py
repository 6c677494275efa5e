"""Classes in which everybody has the same score."""

from data.checks.constant_class import check_constant_class
from tests.data.checks.drafts import make_draft, many, places, row


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


def test_many_classes_end_with_their_total() -> None:
    classes = "".join(
        row(f"P{k}", class_name=f"{k // 5}班", chinese=str(40 + k % 5), math="60")
        for k in range(1010)
    )
    found = check_constant_class(make_draft(classes))
    assert len(found) == 201
    assert "共 202 处" in found[-1].message_zh


def test_the_message_quotes_no_markup_and_no_long_text() -> None:
    school = "<b>[x](y)" + "长" * 50
    (finding,) = check_constant_class(make_draft(many(5, school=school, math="60")))
    assert "bx(y)长" in finding.message_zh
    assert "<" not in finding.message_zh + finding.message_en
    assert "[" not in finding.message_zh + finding.message_en
    assert "长" * 20 not in finding.message_zh
