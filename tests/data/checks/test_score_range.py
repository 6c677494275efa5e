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


def test_a_forgotten_full_mark_is_told_once_a_column() -> None:
    text = row("P1", chinese="118.5", math="101") + row("P2", chinese="105", math="90")
    draft = make_draft(text, full_mark=10000, is_given=False)
    chinese, math = check_score_range(draft)
    assert (chinese.severity, chinese.row, chinese.column) == ("error", 2, "语文")
    assert "2 个成绩超过它（最高 118.5，第 2、3 行）" in chinese.message_zh
    assert "--full-mark 语文=120" in chinese.message_zh
    assert "Scores above it: 2 (highest 118.5, rows 2, 3)" in chinese.message_en
    assert "--full-mark 语文=120" in chinese.message_en
    assert "--full-mark 数学=110" in math.message_zh


def test_a_slip_beyond_all_full_marks_is_told_by_itself() -> None:
    text = row("P1", math="118") + row("P2", math="855") + row("P3", math="1234567")
    findings = check_score_range(make_draft(text, full_mark=10000, is_given=False))
    assert places(findings) == [
        ("error", 2, "数学"),
        ("error", 3, "数学"),
        ("error", 4, "数学"),
    ]
    assert "--full-mark" in findings[0].message_zh
    assert "“855”超过满分 100" in findings[1].message_zh
    assert "超过满分 100" in findings[2].message_zh


def test_a_negative_score_stays_by_itself_when_the_full_mark_was_forgotten() -> None:
    text = row("P1", math="118") + row("P2", math="-5")
    findings = check_score_range(make_draft(text, full_mark=10000, is_given=False))
    assert ["--full-mark" in finding.message_zh for finding in findings] == [True, False]
    assert "负数" in findings[1].message_zh


@pytest.mark.parametrize(
    ("hundredths", "text"), [(10000, "100"), (10050, "100.5"), (25, "0.25")]
)
def test_hundredths_are_written_as_points(hundredths: int, text: str) -> None:
    assert points(hundredths) == text
