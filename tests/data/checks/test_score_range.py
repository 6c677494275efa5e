"""Scores below 0 or above the full mark."""

import pytest

from data.checks.score_range import check_score_range, points
from tests.data.checks.drafts import make_draft, places, row


@pytest.mark.parametrize("math", ["0", "120", "120.00"])
def test_scores_from_0_to_the_full_mark_pass(math: str) -> None:
    assert check_score_range(make_draft(row(math=math))) == []


@pytest.mark.parametrize("math", ["120.01", "121", "9999", "100000000000"])
def test_a_score_above_the_full_mark_is_an_error(math: str) -> None:
    (finding,) = check_score_range(make_draft(row(math=math)))
    assert (finding.severity, finding.row, finding.column) == ("error", 2, "数学")
    assert "超过满分 120" in finding.message_zh


def test_a_negative_score_is_an_error() -> None:
    (finding,) = check_score_range(make_draft(row(math="-5"), full_mark=10050))
    assert "“-5”是负数" in finding.message_zh
    assert "0 到 100.5 之间" in finding.message_zh


def test_many_are_all_told() -> None:
    draft = make_draft(row(chinese="-1", math="130") + row("P2", chinese="130"))
    assert places(check_score_range(draft)) == [
        ("error", 2, "语文"), ("error", 3, "语文"), ("error", 2, "数学"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hundredths", "text"), [(10000, "100"), (10050, "100.5"), (25, "0.25")]
)
def test_hundredths_are_written_as_points(hundredths: int, text: str) -> None:
    assert points(hundredths) == text
