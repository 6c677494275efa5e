"""Pupils who stand in the file more than once."""

from data.checks.duplicate_pupil import check_duplicate_pupil, find_duplicate_pupil
from data.checks.screening import screen
from tests.data.checks.drafts import make_draft, places, row


def test_different_pupils_pass() -> None:
    assert check_duplicate_pupil(make_draft(row("P1") + row("P2"))) == []


def test_rows_without_a_number_are_no_duplicates() -> None:
    assert check_duplicate_pupil(make_draft(row("") + row(""))) == []


def test_the_same_row_twice_names_both_rows() -> None:
    (finding,) = check_duplicate_pupil(make_draft(row("P1") + row("P2") + row("P1")))
    assert (finding.severity, finding.row, finding.column) == ("error", 4, "学籍号")
    assert "第 2、4 行重复" in finding.message_zh
    assert "P1" not in finding.message_zh


def test_another_mark_is_a_conflict() -> None:
    (finding,) = check_duplicate_pupil(make_draft(row("P1") + row("P1", math="86")))
    assert "第 2、3 行冲突" in finding.message_zh


def test_another_name_is_a_conflict() -> None:
    (finding,) = check_duplicate_pupil(make_draft(row("P1") + row("P1", name="乙")))
    assert "冲突" in finding.message_zh


def test_a_blank_mark_against_a_mark_is_a_conflict() -> None:
    (finding,) = check_duplicate_pupil(make_draft(row("P1") + row("P1", math="")))
    assert "冲突" in finding.message_zh


def test_letter_case_does_not_make_another_pupil() -> None:
    assert len(check_duplicate_pupil(make_draft(row("G12") + row("g12")))) == 1


def test_all_rows_of_several_pupils_are_refused() -> None:
    draft = make_draft(row("P1") + row("P2") + row("P1") + row("P2") + row("P1") + row("P3"))
    assert places(check_duplicate_pupil(draft)) == [
        ("error", 6, "学籍号"),
        ("error", 5, "学籍号"),
    ]
    assert find_duplicate_pupil(draft)["row"].tolist() == [2, 3, 4, 5, 6]
    assert screen(draft).n_refused == 5
