"""Names that are not the roster's for their pupil number."""

from data.checks.name_differs import check_name_differs
from tests.data.checks.drafts import many, row
from tests.data.checks.known_county import known_draft, make_known, make_roster, pupils


def test_the_name_of_the_roster_passes() -> None:
    known = make_known(roster=make_roster(*pupils(3)))
    assert check_name_differs(known_draft(many(3), known)) == []


def test_a_pupil_without_a_name_on_either_side_passes() -> None:
    known = make_known(roster=make_roster({"number": "P1", "name": None}, {"number": "P2"}))
    assert check_name_differs(known_draft(row("P1") + row("P2", name=""), known)) == []


def test_another_name_tells_the_row_and_neither_name() -> None:
    rows = [*pupils(29), {"number": "P30", "name": "乙丙丁"}]
    (finding,) = check_name_differs(
        known_draft(many(30), make_known(roster=make_roster(*rows)))
    )
    assert (finding.severity, finding.row, finding.column) == ("warning", 31, "姓名")
    assert "有 1 名学生的姓名与花名册中同一学籍号的姓名不同（第 31 行）" in finding.message_zh
    assert "乙丙丁" not in finding.message_zh + finding.message_en
    assert "甲" not in finding.message_zh


def test_a_column_that_was_sorted_by_itself_is_told_as_such() -> None:
    rows = [{"number": f"P{i}", "name": f"乙{i}"} for i in range(1, 7)]
    known = make_known(roster=make_roster(*rows, *pupils(6, start=7)))
    (finding,) = check_name_differs(known_draft(many(12), known))
    assert "12 名学生中有 6 名" in finding.message_zh
    assert "请勿发布" in finding.message_zh
    assert "Do not publish" in finding.message_en
