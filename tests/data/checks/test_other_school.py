"""A school's clerk and the rows of other schools."""

from data.checks.other_school import check_other_school, find_other_school
from data.checks.screening import screen
from tests.data.checks.drafts import make_draft, row
from tests.data.checks.known_county import (
    known_draft,
    make_earlier,
    make_known,
    make_roster,
    pupils,
)

MIXED = row("P1") + row("P2", code="02", school="二中") + row("P3", code="03", school="三中")


def test_a_whole_county_may_import_every_school() -> None:
    assert check_other_school(make_draft(MIXED)) == []


def test_the_own_school_passes() -> None:
    draft = known_draft(row("P1") + row("P2"), make_known(as_school="01"))
    assert check_other_school(draft) == []


def test_rows_of_other_schools_are_counted_and_not_named() -> None:
    draft = known_draft(MIXED, make_known(as_school="01"))
    (finding,) = check_other_school(draft)
    assert (finding.severity, finding.row) == ("error", 3)
    assert "有 2 行不是学校 01 的学生（第 3、4 行）" in finding.message_zh
    assert "02" not in finding.message_zh + finding.message_en
    assert find_other_school(draft)["row"].tolist() == [3, 4]


def test_nothing_of_such_a_file_becomes_scores() -> None:
    screened = screen(known_draft(MIXED, make_known(as_school="01")))
    assert screened.scores is None
    assert screened.n_refused == 2


def test_a_row_without_a_school_is_left_to_its_own_rule() -> None:
    draft = known_draft(row("P1") + row("P2", code="", school=""), make_known(as_school="01"))
    assert check_other_school(draft) == []


def test_no_check_tells_a_clerk_of_another_school() -> None:
    """Its roster has 40 pupils and an exam before; one of its rows is in the file."""
    roster = make_roster(*pupils(40, start=100, school="02"), *pupils(12, school="01"))
    earlier = make_earlier([f"P{k}" for k in range(100, 140)], {"chinese": [90] * 40},
                           schools="02")  # fmt: skip
    known = make_known(as_school="01", roster=roster, baseline=earlier,
                       schools={"01": "一中", "02": "二中"})  # fmt: skip
    text = "".join(row(f"P{k}") for k in range(1, 13)) + row("P100", code="02", school="二中")
    told = screen(known_draft(text, known)).findings
    assert "other_school" in {finding.check for finding in told}
    assert not [f for f in told if "二中" in f.message_zh or "40" in f.message_zh]
    county = screen(known_draft(text, make_known(roster=roster, schools=known.schools)))
    assert [f for f in county.findings if "应考 40 人" in f.message_zh]


def test_a_file_of_other_schools_only_is_told_so_and_no_more() -> None:
    draft = known_draft(row(code="02", school="二中", math="x"), make_known(as_school="01"))
    assert [f.check for f in screen(draft).findings] == ["other_school"]
