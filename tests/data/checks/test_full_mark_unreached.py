"""Subjects in which nobody comes near the full mark."""

from data.checks.full_mark_unreached import check_full_mark_unreached
from tests.data.checks.drafts import make_draft, row


def file(n: int, *, best: int) -> str:
    return "".join(row(f"P{i}", chinese=str(best - i), math="110") for i in range(n))


def test_a_best_score_near_the_full_mark_passes() -> None:
    assert check_full_mark_unreached(make_draft(file(30, best=73))) == []


def test_a_best_score_of_60_per_cent_is_asked_about() -> None:
    (finding,) = check_full_mark_unreached(make_draft(file(30, best=72)))
    assert (finding.severity, finding.column, finding.value) == ("warning", "语文", "72")
    assert "30 人的最高分是 72，只有满分 120 的 60.0%" in finding.message_zh


def test_of_few_pupils_nobody_need_be_good() -> None:
    assert check_full_mark_unreached(make_draft(file(29, best=50))) == []
