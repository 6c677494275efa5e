"""Rows without a school or a class."""

from data.checks.school_missing import check_school_missing
from tests.data.checks.drafts import make_draft, places, row


def test_rows_with_school_and_class_pass() -> None:
    assert check_school_missing(make_draft(row())) == []


def test_rows_without_a_school_are_errors() -> None:
    found = check_school_missing(
        make_draft(row("P1") + row("P2", code="") + row("P3", code=" "))
    )
    assert places(found) == [("error", 3, "学校代码"), ("error", 4, "学校代码")]
    assert "缺少学校" in found[0].message_zh


def test_some_rows_without_a_class_are_a_warning() -> None:
    (finding,) = check_school_missing(make_draft(row("P1") + row("P2", class_name="")))
    assert (finding.severity, finding.row, finding.column) == ("warning", 3, "班级")


def test_a_file_without_classes_passes() -> None:
    assert check_school_missing(make_draft(row("P1", class_name=""))) == []
