"""What the roster and the moves say of a row; how classes are compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.checks.enrolment import class_key, enrolled_on
from tests.data.checks.drafts import row
from tests.data.checks.known_county import (
    EXAM_DAY,
    known_draft,
    make_known,
    make_moves,
    make_roster,
    pupil_of,
    pupils,
)

BEFORE, AFTER = date(2026, 2, 1), date(2026, 9, 1)


def test_each_row_stands_beside_its_pupil_of_the_roster() -> None:
    roster = make_roster({"number": "P2", "school": "02", "name": "乙", "is_enrolled": False})
    text = row("P1") + row("P2") + row("")
    found = known_draft(text, make_known(roster=roster)).enrolment
    assert found["row"].tolist() == [2, 3, 4]
    assert found["is_listed"].tolist() == [False, True, False]
    assert found["school"].fillna("-").tolist() == ["-", "02", "-"]
    assert found["is_enrolled"].tolist() == [False, False, False]
    assert found["is_other_name"].tolist() == [False, True, False]
    assert found["pupil"].isna().tolist() == [False, False, True]


def test_without_a_store_nothing_is_known_of_any_row() -> None:
    found = known_draft(row("P1"), make_known(hash_numbers=None, hash_names=None)).enrolment
    assert found["pupil"].isna().all()
    assert not found["is_listed"].any()


def test_names_are_compared_by_their_hash_however_long_the_roster() -> None:
    roster = make_roster(*pupils(50))
    found = known_draft(row("P7") + row("P9", name="丙"), make_known(roster=roster)).enrolment
    assert found["is_other_name"].tolist() == [False, True]


@pytest.mark.parametrize(
    ("moves", "school", "is_enrolled"),
    [
        ([(AFTER, "out", "01", None)], "01", True),
        ([(AFTER, "between", "01", "02")], "01", True),
        ([(AFTER, "in", None, "02")], None, False),
        ([(BEFORE, "in", None, "02")], "02", True),
        ([(BEFORE, "out", "01", None)], None, False),
        ([(BEFORE, "between", "01", "02"), (AFTER, "between", "02", "03")], "02", True),
        ([(AFTER, "resumed", None, "01"), (BEFORE, "suspended", "01", None)], None, False),
        ([(EXAM_DAY, "between", "01", "02")], "02", True),
    ],
)
def test_moves_tell_where_a_pupil_was_on_the_day(
    moves: "list[tuple[date, str, str | None, str | None]]",
    school: str | None,
    is_enrolled: bool,
) -> None:
    then = enrolled_on(make_moves(*[("P1", *move) for move in moves]), EXAM_DAY)
    place = then.loc[pupil_of("P1")]
    assert (place["school"] if isinstance(place["school"], str) else None) == school
    assert place["is_enrolled"] == is_enrolled


def test_nobody_moved_where_no_move_is_recorded() -> None:
    assert enrolled_on(make_moves(), EXAM_DAY).empty
    assert enrolled_on(make_moves(("P1", BEFORE, "in", None, "01")), None).empty


@pytest.mark.parametrize(
    ("name", "grade", "key"),
    [
        ("1班", 8, "1"), ("八年级1班", 8, "1"), ("八(1)班", 8, "1"), ("八1班", 8, "1"),
        ("8.1", 8, "1"), ("801", 8, "1"), ("0801班", 8, "1"), ("8年级（1）班", 8, "1"),
        ("初二1班", 8, "1"), ("初二（12）班", 8, "12"), ("2024级12班", 8, "12"),
        ("十二班", 8, "12"), ("八十班", 8, "10"), ("101", 1, "1"), ("二班", 2, "2"),
        ("实验班", 8, "实验班"), ("实验 班", 8, "实验班"), ("１０班", 7, "10"),
    ],
)  # fmt: skip
def test_a_class_has_one_key_however_it_is_written(name: str, grade: int, key: str) -> None:
    assert class_key(name, grade=grade) == key


@given(st.integers(1, 60), st.integers(1, 9))
def test_two_classes_of_a_grade_never_share_a_key(number: int, grade: int) -> None:
    names = [f"{number}班", f"({number})班", f"{grade}年级{number}班", f"{grade}{number:02d}"]
    assert {class_key(name, grade=grade) for name in names} == {str(number)}
