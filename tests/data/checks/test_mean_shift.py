"""Means that are far from those of an earlier exam."""

from typing import Any

import pytest

from data.checks.mean_shift import check_mean_shift
from tests.data.checks.drafts import make_draft, row
from tests.data.checks.known_county import known_draft, make_earlier, make_known

N = 40


def file(level: int) -> str:
    return "".join(row(f"P{i}", chinese=str(level + i % 5), math="85") for i in range(N))


def earlier(level: float, **fields: Any) -> Any:
    points = [level + i % 5 for i in range(N)]
    return make_earlier([f"Q{i}" for i in range(N)], {"chinese": points}, **fields)


def test_without_an_earlier_exam_nothing_is_said() -> None:
    assert check_mean_shift(make_draft(file(80))) == []


@pytest.mark.parametrize(("field", "level", "fires"), [
    ("last_year", 80, False), ("last_year", 67, False), ("last_year", 65, True),
    ("last_year", 95, True), ("baseline", 60, False), ("baseline", 57, True),
])  # fmt: skip
def test_the_distance_counts_in_shares_of_the_full_mark(
    field: str, level: int, fires: bool
) -> None:
    found = check_mean_shift(known_draft(file(80), make_known(**{field: earlier(level)})))
    assert [f.column for f in found] == ["语文"] * fires


def test_both_means_stand_in_the_text() -> None:
    known = make_known(last_year=earlier(58, name="去年期末"))
    (finding,) = check_mean_shift(known_draft(file(80), known))
    assert "平均得分率为 68.3%" in finding.message_zh
    assert "“去年期末”为 50.0%" in finding.message_zh
    assert "mean 68.3% of the full mark" in finding.message_en


def test_last_year_wins_over_the_exam_before() -> None:
    known = make_known(last_year=earlier(80), baseline=earlier(10))
    assert check_mean_shift(known_draft(file(80), known)) == []


def test_another_full_mark_is_allowed_for() -> None:
    known = make_known(last_year=earlier(100, full_mark=15000))
    assert check_mean_shift(known_draft(file(80), known)) == []


def test_only_schools_of_both_exams_are_compared() -> None:
    known = make_known(last_year=earlier(10, schools="02"))
    assert check_mean_shift(known_draft(file(80), known)) == []
