"""Classes that the roster does not have."""

import pytest

from data.checks.class_unknown import check_class_unknown
from tests.data.checks.drafts import many, row
from tests.data.checks.known_county import COHORT, known_draft, make_known, make_roster, pupils

ROSTER = make_roster(*pupils(3, class_name="八年级1班"))


@pytest.mark.parametrize("name", ["1班", "8.1", "（1）班", "801", "初二1班", "一班"])
def test_a_class_passes_however_it_is_written(name: str) -> None:
    draft = known_draft(many(3, class_name=name), make_known(roster=ROSTER))
    assert check_class_unknown(draft) == []


def test_a_class_that_the_roster_lacks_is_asked_about() -> None:
    text = many(3) + row("P4", class_name="9班")
    (finding,) = check_class_unknown(known_draft(text, make_known(roster=ROSTER)))
    assert (finding.severity, finding.row, finding.column) == ("warning", 5, "班级")
    assert "有 1 名学生所在的班级不在花名册中（第 5 行）" in finding.message_zh


def test_a_school_whose_classes_are_not_known_is_not_judged() -> None:
    text = row("P1", code="02", school="二中", class_name="9班")
    assert check_class_unknown(known_draft(text, make_known(roster=ROSTER))) == []


def test_classes_of_another_year_do_not_count() -> None:
    roster = make_roster(*pupils(3, cohort=COHORT + 1))
    assert check_class_unknown(known_draft(many(3), make_known(roster=roster))) == []
