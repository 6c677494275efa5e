"""Zeros that look like absences."""

from data.checks.suspicious_zeros import check_suspicious_zeros
from tests.data.checks.drafts import make_draft, many, row


def test_a_file_without_zeros_passes() -> None:
    assert check_suspicious_zeros(make_draft(many(30))) == []


def test_two_zeros_are_too_few_to_ask() -> None:
    text = many(30) + row("Z1", math="0") + row("Z2", math="0")
    assert check_suspicious_zeros(make_draft(text)) == []


def test_zeros_far_from_all_other_scores_are_a_warning() -> None:
    text = many(30) + row("Z1", math="0") + row("Z2", math="0") + row("Z3", math="0.0")
    (finding,) = check_suspicious_zeros(make_draft(text))
    assert (finding.severity, finding.row, finding.column) == ("warning", 32, "数学")
    assert "有 3 个 0 分" in finding.message_zh


def test_zeros_at_the_end_of_a_full_tail_pass() -> None:
    tail = "".join(row(f"T{i}", math=str(i % 12 + 1)) for i in range(36))
    zeros = "".join(row(f"Z{i}", math="0") for i in range(4))
    assert check_suspicious_zeros(make_draft(many(30) + tail + zeros)) == []


def test_many_times_the_tail_is_a_warning() -> None:
    tail = "".join(row(f"T{i}", math=str(i % 12 + 1)) for i in range(36))
    zeros = "".join(row(f"Z{i}", math="0") for i in range(9))
    assert len(check_suspicious_zeros(make_draft(many(30) + tail + zeros))) == 1


def test_half_points_make_the_scale_finer() -> None:
    tail = "".join(row(f"T{i}", math=f"{i % 12}.5") for i in range(36))
    zeros = "".join(row(f"Z{i}", math="0") for i in range(6))
    assert len(check_suspicious_zeros(make_draft(many(30) + tail + zeros))) == 1


def test_a_pupil_with_nothing_but_zeros_is_a_warning_once() -> None:
    (finding,) = check_suspicious_zeros(make_draft(many(30) + row("Z1", chinese="0", math="0")))
    assert (finding.severity, finding.row) == ("warning", 32)
    assert "共 1 人" in finding.message_zh
