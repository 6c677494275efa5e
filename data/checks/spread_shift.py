"""A subject's spread should not be far from that of last year, or of an earlier exam."""

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.earlier_figures import SubjectFigures, subject_figures
from data.checks.remarks import percent, remark

_LEAST, _MOST = 0.6, 1.6


def check_spread_shift(draft: Draft) -> list[Finding]:
    """Warn of subjects whose standard deviation is far smaller or larger than before."""
    return [
        _finding(figures)
        for figures in subject_figures(draft)
        if figures.spread_before > 0
        and not _LEAST <= figures.spread / figures.spread_before <= _MOST
    ]


def _finding(figures: SubjectFigures) -> Finding:
    name = figures.subject.name
    now, before = percent(figures.spread), percent(figures.spread_before)
    return remark("warning", "spread_shift", (
        f"“{name}”的标准差是满分的 {now}，“{figures.exam}”为 {before}（相同学校），相差很大。"
        f"请核对满分，并确认成绩不是等级、标准分或被截断。",
        f"{name}: standard deviation {now} of the full mark, in {figures.exam!r} {before}, in "
        f"the same schools. Check the full mark, and that the scores are no grades or standard "
        f"scores and were not cut off.",
    ), column=name, value=now)  # fmt: skip
