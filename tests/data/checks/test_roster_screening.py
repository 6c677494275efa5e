"""The rules that a roster's rows meet."""

from data.checks.draft import Draft
from data.checks.roster_screening import grades_of, screen_roster
from tests.data.checks.drafts import make_draft, row


def roster_of(text: str) -> Draft:
    draft = make_draft(text)
    return Draft(draft.entries, draft.marks.iloc[:0], (), 0, headers=draft.headers)


def test_a_good_roster_has_no_findings() -> None:
    screened = screen_roster(roster_of(row("P1") + row("P2", grade="初三")))
    assert screened.findings == ()
    assert screened.n_refused == 0


def test_every_faulty_row_is_counted_once() -> None:
    screened = screen_roster(roster_of(row("", grade="") + row("P2", grade="?") + row("P3")))
    assert screened.n_refused == 2
    assert [(f.check, f.row) for f in screened.findings] == [
        ("pupil_number_missing", 2), ("grade", 2), ("grade", 3),
    ]  # fmt: skip


def test_a_pupil_twice_in_a_roster_is_refused() -> None:
    screened = screen_roster(roster_of(row("P1") + row("P1", class_name="2班")))
    (finding,) = screened.findings
    assert "第 2、3 行冲突" in finding.message_zh


def test_grades_may_differ_between_rows() -> None:
    draft = roster_of(row("P1", grade="七年级") + row("P2", grade="9"))
    assert grades_of(draft).tolist() == [7, 9]
