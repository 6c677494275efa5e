"""Schools with a single pupil among large ones."""

from data.checks.school_small import check_school_small
from tests.data.checks.drafts import make_draft, many, row


def test_schools_of_like_size_pass() -> None:
    assert check_school_small(make_draft(many(10))) == []


def test_a_single_pupil_beside_a_large_school_is_asked_about() -> None:
    text = many(30) + many(30, code="02", school="二中") + row("X", code="10", school="三中")
    (finding,) = check_school_small(make_draft(text))
    assert (finding.severity, finding.row, finding.column) == ("warning", 62, "学校代码")
    assert "三中（10）：整个文件只有 1 名学生属于这所学校（第 62 行）" in finding.message_zh


def test_where_schools_are_small_a_single_pupil_is_nothing_odd() -> None:
    assert check_school_small(make_draft(many(9) + row("X", code="02", school="二中"))) == []
