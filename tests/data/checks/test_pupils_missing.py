"""Pupils whom the roster expects and the file lacks."""

from datetime import date

from data.checks.pupils_missing import check_pupils_missing
from tests.data.checks.drafts import make_draft, many
from tests.data.checks.known_county import (
    COHORT,
    known_draft,
    make_known,
    make_moves,
    make_roster,
    pupils,
)


def test_a_complete_file_passes() -> None:
    known = make_known(roster=make_roster(*pupils(20)))
    assert check_pupils_missing(known_draft(many(20), known)) == []
    assert check_pupils_missing(make_draft(many(20))) == []


def test_missing_pupils_are_counted_by_school() -> None:
    known = make_known(roster=make_roster(*pupils(20)))
    (finding,) = check_pupils_missing(known_draft(many(15), known))
    assert (finding.severity, finding.value) == ("warning", "5")
    assert "应考 20 人，有 5 人（25.0%）应考未列" in finding.message_zh
    assert "of 20 pupils expected by the roster, 5 (25.0%)" in finding.message_en


def test_one_or_two_of_a_school_are_noted_together() -> None:
    known = make_known(roster=make_roster(*pupils(20)))
    (finding,) = check_pupils_missing(known_draft(many(18), known))
    assert finding.severity == "note"
    assert "1 所学校共 2 名" in finding.message_zh


def test_who_left_or_is_of_another_year_is_not_expected() -> None:
    roster = make_roster(
        *pupils(10), *pupils(5, start=11, is_enrolled=False),
        *pupils(5, start=16, cohort=COHORT + 1),
    )  # fmt: skip
    assert check_pupils_missing(known_draft(many(10), make_known(roster=roster))) == []


def test_moves_tell_who_was_expected_on_the_day() -> None:
    roster = make_roster(*pupils(4), *pupils(4, start=5, is_enrolled=False))
    moves = make_moves(
        *[(f"P{i}", date(2026, 9, 1), "out", "01", None) for i in range(5, 9)],
    )
    (finding,) = check_pupils_missing(
        known_draft(many(4), make_known(roster=roster, moves=moves))
    )
    assert "应考 8 人，有 4 人" in finding.message_zh


def test_a_school_without_any_row_is_named() -> None:
    roster = make_roster(*pupils(4), *pupils(6, start=5, school="02"))
    known = make_known(roster=roster, schools={"01": "一中", "02": "二中"})
    (finding,) = check_pupils_missing(known_draft(many(4), known))
    assert "有 1 所学校（应考 6 人）在文件中没有任何学生：二中（02）" in finding.message_zh


def test_a_schools_clerk_is_not_told_of_other_schools() -> None:
    roster = make_roster(*pupils(4), *pupils(6, start=5, school="02"))
    known = make_known(roster=roster, as_school="01")
    assert check_pupils_missing(known_draft(many(4), known)) == []
