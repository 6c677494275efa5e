"""Exams on a day that is still to come."""

from datetime import date, timedelta

import pytest

from data.checks.date_in_future import check_date_in_future
from tests.data.checks.drafts import make_draft, row
from tests.data.checks.known_county import EXAM_DAY, known_draft, make_known


@pytest.mark.parametrize(("ahead", "fires"), [(-400, False), (0, False), (1, False), (2, True)])
def test_an_exam_after_tomorrow_is_asked_about(ahead: int, fires: bool) -> None:
    known = make_known(today=EXAM_DAY - timedelta(days=ahead))
    assert bool(check_date_in_future(known_draft(row(), known))) is fires


def test_both_days_stand_in_the_text() -> None:
    (finding,) = check_date_in_future(known_draft(row(), make_known(today=date(2025, 6, 28))))
    assert finding.severity == "warning"
    assert "考试日期 2026-06-28 晚于今天（2025-06-28）" in finding.message_zh


def test_without_a_store_no_day_is_known() -> None:
    assert check_date_in_future(make_draft(row())) == []
