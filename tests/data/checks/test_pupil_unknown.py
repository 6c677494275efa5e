"""Pupil numbers that the roster does not have."""

from data.checks.pupil_unknown import check_pupil_unknown
from tests.data.checks.drafts import make_draft, many, row
from tests.data.checks.known_county import known_draft, make_known, make_roster, pupils

ROSTER = make_roster(*pupils(3))


def test_without_a_roster_nobody_is_unknown() -> None:
    assert check_pupil_unknown(make_draft(many(3))) == []


def test_pupils_of_the_roster_pass() -> None:
    assert check_pupil_unknown(known_draft(many(3), make_known(roster=ROSTER))) == []


def test_unknown_pupils_are_counted_by_school() -> None:
    draft = known_draft(many(5), make_known(roster=ROSTER))
    (finding,) = check_pupil_unknown(draft)
    assert (finding.severity, finding.row, finding.column) == ("warning", 5, "学籍号")
    assert (
        "一中（01）：有 2 名学生（共 5 名）的学籍号不在花名册中（第 5、6 行）"
        in finding.message_zh
    )
    assert "2 of 5 (rows 5, 6)" in finding.message_en
    assert "P4" not in finding.message_zh + finding.message_en


def test_a_school_without_anybody_in_the_roster_is_told_as_such() -> None:
    text = many(3) + row("X1", code="02", school="二中") + row("X2", code="02", school="二中")
    (finding,) = check_pupil_unknown(known_draft(text, make_known(roster=ROSTER)))
    assert "二中（02）：全部 2 名学生都不在花名册中" in finding.message_zh


def test_a_row_without_a_number_is_left_to_its_own_rule() -> None:
    text = many(3) + row("")
    assert check_pupil_unknown(known_draft(text, make_known(roster=ROSTER))) == []
