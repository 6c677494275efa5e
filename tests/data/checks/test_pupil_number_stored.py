"""Pupil numbers that a spreadsheet stored as numbers."""

import pytest

from data.checks.pupil_number_stored import check_pupil_number_stored
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
