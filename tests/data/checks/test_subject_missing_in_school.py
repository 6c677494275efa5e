"""Subjects without any score in a school."""

from data.checks.subject_missing_in_school import check_subject_missing_in_school
from tests.data.checks.drafts import make_draft, many


def test_schools_with_scores_in_every_subject_pass() -> None:
    assert check_subject_missing_in_school(make_draft(many(6))) == []


def test_a_school_without_a_subject_that_others_have_is_named() -> None:
    text = many(6) + many(6, code="02", school="二中", math="缺考") + many(6, code="03")
    (finding,) = check_subject_missing_in_school(make_draft(text))
    assert (finding.severity, finding.column) == ("warning", "数学")
    assert "二中（02）：“数学”一个成绩也没有（6 名学生）" in finding.message_zh


def test_a_subject_without_any_score_is_told_once() -> None:
    (finding,) = check_subject_missing_in_school(make_draft(many(6, math="")))
    assert "“数学”一个成绩也没有（6 名学生）" in finding.message_zh


def test_a_subject_that_most_schools_did_not_take_passes() -> None:
    text = many(6, math="") + many(6, code="02", math="") + many(6, code="03")
    assert check_subject_missing_in_school(make_draft(text)) == []


def test_schools_of_fewer_than_five_pupils_are_not_judged() -> None:
    assert (
        check_subject_missing_in_school(make_draft(many(4, math="") + many(6, code="02"))) == []
    )
