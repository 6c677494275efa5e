"""Standard deviations that are far from those of an earlier exam."""

import pytest

from data.checks.known import EarlierExam
from data.checks.spread_shift import check_spread_shift
from tests.data.checks.drafts import make_draft, row
from tests.data.checks.known_county import known_draft, make_earlier, make_known

N = 40


def file(step: int) -> str:
    return "".join(row(f"P{i}", chinese=str(60 + step * (i % 5)), math="85") for i in range(N))


def earlier(step: int) -> EarlierExam:
    points = [50 + step * (i % 5) for i in range(N)]
    return make_earlier([f"Q{i}" for i in range(N)], {"chinese": points})


@pytest.mark.parametrize(
    ("now", "before", "fires"),
    [(10, 10, False), (7, 10, False), (5, 10, True), (9, 6, False), (10, 6, True)],
)
def test_a_spread_far_from_last_years_is_asked_about(
    now: int, before: int, fires: bool
) -> None:
    draft = known_draft(file(now), make_known(last_year=earlier(before)))
    assert [f.column for f in check_spread_shift(draft)] == ["语文"] * fires


def test_both_spreads_stand_in_the_text() -> None:
    (finding,) = check_spread_shift(known_draft(file(2), make_known(last_year=earlier(10))))
    assert "标准差是满分的 2.4%，“上次期末”为 11.9%" in finding.message_zh


def test_without_spread_before_there_is_no_ratio() -> None:
    known = make_known(last_year=earlier(0))
    assert check_spread_shift(known_draft(file(5), known)) == []
    assert check_spread_shift(make_draft(file(5))) == []
