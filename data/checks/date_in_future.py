"""An exam that has scores was held already."""

from datetime import timedelta

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.remarks import remark

_CLOCKS = timedelta(days=1)  # the store counts in UTC


def check_date_in_future(draft: Draft) -> list[Finding]:
    """Warn of an exam whose day is still to come."""
    day, today = draft.known.held_on, draft.known.today
    if day is None or today is None or day <= today + _CLOCKS:
        return []
    return [remark("warning", "date_in_future", (
        f"考试日期 {day} 晚于今天（{today}）。日期决定学年和届别，请核对；也请核对本机时钟。",
        f"The day of the exam, {day}, is after today ({today}). School year and cohort follow "
        f"from it; check it, and the clock of this machine.",
    ), value=str(day))]  # fmt: skip
