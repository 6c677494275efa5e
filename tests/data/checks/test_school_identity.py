"""Codes with two names, names with two codes."""

from data.checks.school_identity import check_school_identity
from tests.data.checks.drafts import make_draft, places, row


def test_schools_with_one_code_and_one_name_pass() -> None:
    text = row("P1") + row("P2") + row("P3", code="02", school="二中")
    assert check_school_identity(make_draft(text)) == []


def test_the_rare_code_of_a_name_is_an_error() -> None:
    (finding,) = check_school_identity(make_draft(row("P1") + row("P2", code="99") + row("P3")))
    assert (finding.severity, finding.row, finding.column) == ("error", 3, "学校代码")
    assert "未登记" in finding.message_zh


def test_the_rare_name_of_a_code_is_an_error() -> None:
    (finding,) = check_school_identity(
        make_draft(row("P1") + row("P2") + row("P3", school="一种"))
    )
    assert (finding.severity, finding.row, finding.column) == ("error", 4, "学校名称")
    assert "学校名称" in finding.message_zh


def test_where_neither_is_rare_all_rows_are_errors() -> None:
    found = check_school_identity(make_draft(row("P1") + row("P2", school="二中")))
    assert places(found) == [("error", 2, "学校名称"), ("error", 3, "学校名称")]


def test_a_blank_name_is_no_second_name() -> None:
    assert check_school_identity(make_draft(row("P1") + row("P2", school=""))) == []


def test_a_name_may_stand_in_two_townships() -> None:
    header = "学校代码,学校名称,乡镇,学籍号,数学\n"
    text = "01,中心学校,东镇,P1,80\n02,中心学校,西镇,P2,80\n"
    assert check_school_identity(make_draft(text, header=header)) == []
