"""Pupil numbers that a spreadsheet stored as numbers."""

import pytest

from data.checks.pupil_number_stored import check_pupil_number_stored, find_pupil_number_stored
from tests.data.checks.drafts import make_draft, row

LONG = "999999201202030208"


def test_text_passes() -> None:
    assert check_pupil_number_stored(make_draft(row("G999999201201011005") + row(LONG))) == []


@pytest.mark.parametrize("kind", ["number", "formula"])
def test_a_long_number_lost_its_digits(kind: str) -> None:
    (finding,) = check_pupil_number_stored(make_draft(row(LONG), kinds={(2, 5): kind}))
    assert (finding.severity, finding.row, finding.column) == ("error", 2, "学籍号")
    assert "存成了数值" in finding.message_zh
    assert LONG not in finding.message_zh + finding.message_en


def test_a_number_written_with_an_exponent_lost_its_digits() -> None:
    (finding,) = check_pupil_number_stored(make_draft(row("9.99999E+17")))
    assert finding.severity == "error"


def test_short_numbers_are_one_warning() -> None:
    draft = make_draft(
        row("330100001") + row("330100002"), kinds={(2, 5): "number", (3, 5): "number"}
    )
    (finding,) = check_pupil_number_stored(draft)
    assert finding.severity == "warning"
    assert "有 2 个" in finding.message_zh


def test_a_formula_with_a_text_result_passes() -> None:
    assert check_pupil_number_stored(make_draft(row("P1"), kinds={(2, 5): "formula"})) == []


def rounded(count: int, *, start: int = 0) -> str:
    """Return rows whose numbers of 18 digits a spreadsheet cut after the fifteenth."""
    return "".join(row(f"9999992012{i:05d}000") for i in range(start, start + count))


def test_numbers_that_all_end_in_zeros_lost_their_digits_before() -> None:
    draft = make_draft(rounded(12) + row(LONG) + row("P1"))
    findings = check_pupil_number_stored(draft)
    assert [(f.severity, f.row) for f in findings] == [("error", i) for i in range(2, 14)]
    assert "尾数已经丢失" in findings[0].message_zh
    assert "999999" not in findings[0].message_zh + findings[0].message_en
    assert find_pupil_number_stored(draft)["row"].tolist() == list(range(2, 14))


@pytest.mark.parametrize(
    "text",
    [
        rounded(2) + "".join(row(f"9999992012{i:05d}123") for i in range(5)),
        rounded(1),
        "".join(row(f"99999920120203{i}0") for i in range(3)),
    ],
)
def test_a_few_numbers_that_end_in_zeros_are_one_warning(text: str) -> None:
    (finding,) = check_pupil_number_stored(make_draft(text))
    assert finding.severity == "warning"
    assert "请核对" in finding.message_zh


@pytest.mark.parametrize(
    "number", ["G999999201201011000", "99999920120201000X", "201202010000"]
)
def test_zeros_elsewhere_tell_nothing(number: str) -> None:
    assert check_pupil_number_stored(make_draft(row(number) * 3)) == []
