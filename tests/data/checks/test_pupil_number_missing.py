"""Rows without a pupil number."""

from data.checks.pupil_number_missing import check_pupil_number_missing
from tests.data.checks.drafts import make_draft, places, row


def test_pupils_with_numbers_pass() -> None:
    assert check_pupil_number_missing(make_draft(row("P1") + row("P2"))) == []


def test_one_without_a_number_is_an_error() -> None:
    (finding,) = check_pupil_number_missing(make_draft(row("P1") + row("")))
    assert (finding.severity, finding.row, finding.column) == ("error", 3, "学籍号")
    assert "第 3 行缺少学籍号" in finding.message_zh


def test_a_number_of_spaces_is_missing() -> None:
    found = check_pupil_number_missing(make_draft(row(" ") + row("") + row("P1")))
    assert places(found) == [("error", 2, "学籍号"), ("error", 3, "学籍号")]
