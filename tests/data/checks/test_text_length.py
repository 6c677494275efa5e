"""The length of names."""

from data.checks.text_length import MAX_LENGTH, check_text_length
from tests.data.checks.drafts import make_draft, places, row


def test_a_name_of_forty_characters_passes() -> None:
    assert check_text_length(make_draft(row(name="长" * MAX_LENGTH))) == []


def test_a_longer_name_is_an_error_with_its_length() -> None:
    (finding,) = check_text_length(make_draft(row() + row("P2", name="长" * 300)))
    assert (finding.severity, finding.row, finding.column) == ("error", 3, "姓名")
    assert "300 个字" in finding.message_zh
    assert "长长" not in finding.message_zh


def test_long_schools_and_classes_are_told() -> None:
    long = "长" * 41
    found = check_text_length(make_draft(row("P1", school=long) + row("P2", class_name=long)))
    assert places(found) == [("error", 2, "学校名称"), ("error", 3, "班级")]
