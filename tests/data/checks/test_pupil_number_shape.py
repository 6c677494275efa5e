"""The shape of pupil numbers: GB 11643 for those with G, plain characters for all."""

import pytest

from data.checks.pupil_number_shape import check_pupil_number_shape
from tests.data.checks.drafts import make_draft, places, row

# The example of GB 11643-1999, 11010519491231002X, and a number whose check digit is 5.
GOOD = ("G11010519491231002X", "G999999201201011005")


def test_good_numbers_pass() -> None:
    assert check_pupil_number_shape(make_draft("".join(map(row, GOOD)))) == []


@pytest.mark.parametrize("number", ["P1", "20260001", "330100-01", "Ga1b"])
def test_numbers_of_a_county_pass(number: str) -> None:
    found = check_pupil_number_shape(make_draft(row(number)))
    assert found == [] or number == "Ga1b"


@pytest.mark.parametrize("number", ["G999999201202021", GOOD[0] + "1", "G1101051949123100AX"])
def test_a_wrong_length_is_an_error(number: str) -> None:
    (finding,) = check_pupil_number_shape(make_draft(row(number)))
    assert (finding.severity, finding.row) == ("error", 2)
    assert "19 位" in finding.message_zh
    assert number not in finding.message_zh + finding.message_en


@pytest.mark.parametrize("number", ["P1;drop", "学号1", "P" * 31, "=1+1"])
def test_odd_characters_are_an_error(number: str) -> None:
    (finding,) = check_pupil_number_shape(make_draft(row(number)))
    assert finding.severity == "error"
    assert "格式不对" in finding.message_zh


def test_a_wrong_check_character_is_a_warning() -> None:
    draft = make_draft(row(GOOD[0]) + row("G110105194912310021") + row("G999999201201011004"))
    found = check_pupil_number_shape(draft)
    assert places(found) == [("warning", 3, "学籍号"), ("warning", 4, "学籍号")]
    assert "校验码" in found[0].message_zh


@pytest.mark.parametrize("position", range(1, 18))
def test_any_one_wrong_digit_is_found(position: int) -> None:
    number = GOOD[1]
    wrong = str((int(number[position]) + 1) % 10)
    draft = make_draft(row(number[:position] + wrong + number[position + 1 :]))
    assert len(check_pupil_number_shape(draft)) == 1
