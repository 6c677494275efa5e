"""A subject's mean should not be far from that of last year, or of the pupils' earlier exam."""

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.earlier_figures import SubjectFigures, subject_figures
from data.checks.remarks import percent, remark

# Shares of the full mark: two papers of a grade differ by hundredths, of two grades by more.
_FAR_FROM_LAST_YEAR, _FAR_FROM_EARLIER = 0.12, 0.18


def check_mean_shift(draft: Draft) -> list[Finding]:
    """Warn of subjects whose mean moved by more than two papers usually differ."""
    return [
        _finding(figures)
        for figures in subject_figures(draft)
        if abs(figures.mean - figures.mean_before)
        > (_FAR_FROM_LAST_YEAR if figures.is_last_year else _FAR_FROM_EARLIER)
    ]


def _finding(figures: SubjectFigures) -> Finding:
    name = figures.subject.name
    now, before = percent(figures.mean), percent(figures.mean_before)
    which = (
        ("去年同年级考试", "last year's exam of this grade,")
        if figures.is_last_year
        else ("这些学生以前的考试", "an earlier exam of these pupils,")
    )
    return remark("warning", "mean_shift", (
        f"“{name}”的平均得分率为 {now}，{which[0]}“{figures.exam}”为 {before}"
        f"（相同学校），相差很大。"
        f"请核对满分、科目列是否对应；若试卷难度确实不同，可以继续。",
        f"{name}: mean {now} of the full mark; {which[1]} {figures.exam!r}: {before}, in the "
        f"same schools. Check the full mark and that the column is this subject; go on if the "
        f"paper really was that much easier or harder.",
    ), column=name, value=now)  # fmt: skip
