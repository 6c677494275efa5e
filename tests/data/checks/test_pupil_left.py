"""Pupils who have left by the roster."""

from datetime import date

from data.checks.pupil_left import check_pupil_left
from tests.data.checks.drafts import many
from tests.data.checks.known_county import (
    known_draft,
    make_known,
    make_moves,
    make_roster,
    pupils,
)

LEFT = make_roster(*pupils(2, is_enrolled=False), *pupils(1, start=3))


def test_enrolled_pupils_pass() -> None:
    assert (
        check_pupil_left(known_draft(many(1), make_known(roster=make_roster(*pupils(1))))) == []
    )


def test_pupils_who_left_are_asked_about() -> None:
    (finding,) = check_pupil_left(known_draft(many(3), make_known(roster=LEFT)))
    assert (finding.severity, finding.row) == ("warning", 2)
    assert "有 2 名学生在花名册中已离校或休学（第 2、3 行）" in finding.message_zh


def test_who_left_after_the_exam_is_only_noted() -> None:
    moves = make_moves(
        ("P1", date(2026, 9, 1), "out", "01", None), ("P2", date(2026, 3, 1), "out", "01", None)
    )
    found = check_pupil_left(known_draft(many(3), make_known(roster=LEFT, moves=moves)))
    assert [(f.severity, f.row) for f in found] == [("warning", 3), ("note", None)]
    assert "考试当天仍在校" in found[1].message_zh
