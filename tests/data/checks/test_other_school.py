"""A school's clerk and the rows of other schools."""

from data.checks.other_school import check_other_school, find_other_school
from data.checks.screening import screen
from tests.data.checks.drafts import make_draft, row
from tests.data.checks.known_county import known_draft, make_known

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
