"""Pupils whose year is another one in the roster."""

from data.checks.grade_differs import check_grade_differs
from tests.data.checks.drafts import make_draft, many
from tests.data.checks.known_county import COHORT, known_draft, make_known, make_roster, pupils


def test_pupils_of_the_exams_year_pass() -> None:
    known = make_known(roster=make_roster(*pupils(3)))
    assert check_grade_differs(known_draft(many(3), known)) == []
    assert check_grade_differs(make_draft(many(3))) == []


def test_a_pupil_of_another_year_is_asked_about() -> None:
    roster = make_roster(*pupils(1, cohort=COHORT + 1), *pupils(9, start=2))
    (finding,) = check_grade_differs(known_draft(many(10), make_known(roster=roster)))
    assert (finding.severity, finding.row) == ("warning", 2)
    assert "有 1 名学生在花名册中属于另一个年级（第 2 行）" in finding.message_zh


def test_of_nearly_all_the_roster_or_the_date_is_asked_about() -> None:
    roster = make_roster(*pupils(8, cohort=COHORT - 1), *pupils(2, start=9))
    (finding,) = check_grade_differs(known_draft(many(10), make_known(roster=roster)))
    assert finding.row is None
    assert "10 名学生里，有 8 名不属于本次考试的年级" in finding.message_zh


def test_pupils_without_a_grade_in_the_roster_are_not_judged() -> None:
    roster = make_roster(*pupils(3, cohort=None, grade=None))
    assert check_grade_differs(known_draft(many(3), make_known(roster=roster))) == []
