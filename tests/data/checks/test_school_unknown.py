"""Schools that the county's tree does not have."""

from data.checks.school_unknown import check_school_unknown
from tests.data.checks.drafts import make_draft, many, row
from tests.data.checks.known_county import COHORT, known_draft, make_known, make_roster, pupils

ROSTER = make_roster(*pupils(3))
TREE = {"01": "一中", "02": "二中"}
STRANGER = row("X1", code="99", school="九中")


def test_schools_of_the_tree_pass() -> None:
    assert (
        check_school_unknown(known_draft(many(3), make_known(roster=ROSTER, schools=TREE)))
        == []
    )


def test_without_a_roster_of_this_year_new_schools_may_come() -> None:
    other = make_roster(*pupils(3, cohort=COHORT + 1))
    known = make_known(roster=other, schools=TREE)
    assert check_school_unknown(known_draft(many(3) + STRANGER, known)) == []
    assert check_school_unknown(make_draft(many(3) + STRANGER)) == []


def test_an_unknown_code_among_known_ones_is_refused() -> None:
    known = make_known(roster=ROSTER, schools=TREE)
    (finding,) = check_school_unknown(known_draft(many(3) + STRANGER, known))
    assert (finding.severity, finding.row) == ("error", 5)
    assert "九中（99）：学校代码未登记" in finding.message_zh


def test_where_most_schools_are_unknown_the_rosters_are_of_others() -> None:
    text = many(3) + STRANGER + row("X2", code="98", school="八中")
    found = check_school_unknown(known_draft(text, make_known(roster=ROSTER, schools=TREE)))
    assert [f.severity for f in found] == ["warning", "warning"]
