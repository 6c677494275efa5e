"""Pupils whose class is another one in the roster."""

from data.checks.class_differs import check_class_differs
from tests.data.checks.drafts import many
from tests.data.checks.known_county import known_draft, make_known, make_roster, pupils


def test_the_class_of_the_roster_passes_however_it_is_written() -> None:
    known = make_known(roster=make_roster(*pupils(3, class_name="八(1)班")))
    assert check_class_differs(known_draft(many(3), known)) == []


def test_some_pupils_of_another_class_are_noted() -> None:
    roster = make_roster(*pupils(1, class_name="2班"), *pupils(3, start=2))
    (finding,) = check_class_differs(known_draft(many(4), make_known(roster=roster)))
    assert (finding.severity, finding.row) == ("note", 2)
    assert "有 1 名学生（共 4 名）的班级与花名册不同" in finding.message_zh


def test_most_of_a_school_in_other_classes_is_asked_about() -> None:
    roster = make_roster(*pupils(3, class_name="2班"), *pupils(1, start=4))
    (finding,) = check_class_differs(known_draft(many(4), make_known(roster=roster)))
    assert finding.severity == "warning"
    assert "4 名学生中有 3 名的班级与花名册不同" in finding.message_zh


def test_pupils_without_a_class_on_either_side_pass() -> None:
    known = make_known(roster=make_roster(*pupils(2, class_name=None)))
    assert check_class_differs(known_draft(many(2), known)) == []
