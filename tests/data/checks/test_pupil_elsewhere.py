"""Pupils whose school is another one in the roster."""

from datetime import date

from data.checks.pupil_elsewhere import check_pupil_elsewhere
from tests.data.checks.drafts import make_draft, many
from tests.data.checks.known_county import (
    known_draft,
    make_known,
    make_moves,
    make_roster,
    pupils,
)

AT_TWO = make_roster(*pupils(2, school="02"), *pupils(2, start=3))


def test_the_school_of_the_roster_passes() -> None:
    known = make_known(roster=make_roster(*pupils(4)))
    assert check_pupil_elsewhere(known_draft(many(4), known)) == []
    assert check_pupil_elsewhere(make_draft(many(4))) == []


def test_another_school_names_both_codes_and_the_rows() -> None:
    (finding,) = check_pupil_elsewhere(known_draft(many(4), make_known(roster=AT_TWO)))
    assert finding.severity == "warning"
    assert "属于学校 01 的 2 名学生，在花名册中属于学校 02（第 2、3 行）" in finding.message_zh
    assert "Pupils of school 01" in finding.message_en
    assert "belong to school 02 in the roster: 2 (rows 2, 3)" in finding.message_en


def test_a_clerk_of_a_school_is_not_told_which_other_school() -> None:
    known = make_known(roster=AT_TWO, as_school="01")
    (finding,) = check_pupil_elsewhere(known_draft(many(4), known))
    assert "另一所学校" in finding.message_zh
    assert "02" not in finding.message_zh + finding.message_en


def test_a_recorded_move_explains_the_difference() -> None:
    after, before = date(2026, 9, 1), date(2026, 5, 1)
    moves = make_moves(
        ("P1", after, "between", "01", "02"),  # sat the exam at 01, the roster is newer
        ("P2", before, "between", "02", "01"),  # had come before it, the roster is older
    )
    known = make_known(roster=AT_TWO, moves=moves)
    (finding,) = check_pupil_elsewhere(known_draft(many(4), known))
    assert finding.severity == "note"
    assert "有 2 名学生" in finding.message_zh


def test_a_move_to_a_third_school_explains_nothing() -> None:
    moves = make_moves(("P1", date(2026, 5, 1), "between", "02", "03"))
    roster = make_roster(*pupils(1, school="02"))
    (finding,) = check_pupil_elsewhere(
        known_draft(many(1), make_known(roster=roster, moves=moves))
    )
    assert finding.severity == "warning"


def test_more_than_200_pairs_of_schools_are_cut_short() -> None:
    roster = make_roster(*[{"number": f"P{i}", "school": f"Z{i:03d}"} for i in range(1, 251)])
    found = check_pupil_elsewhere(known_draft(many(250), make_known(roster=roster)))
    assert len(found) == 201
    assert "共 250 处" in found[-1].message_zh
