"""The pupils of an exam should be in its year by the roster."""

from core.findings import Finding
from data.checks.by_school import by_school
from data.checks.draft import Draft

_MOST = 0.5
_WORDS = (
    "{school}：有 {n} 名学生在花名册中属于另一个年级（{rows}）。可能是学籍号写错，"
    "或是留级、跳级；请核对。",
    "{school}: pupils of another grade in the roster: {n} ({rows}). A pupil number may be "
    "mistyped, or they repeat or skip a year; check them.",
)


def check_grade_differs(draft: Draft) -> list[Finding]:
    """Warn of pupils of another year; of nearly all, the roster or the date is to be asked."""
    cohort = draft.enrolment["cohort"]
    if draft.known.cohort is None or cohort.isna().all():
        return []
    differs = (cohort.notna() & (cohort != draft.known.cohort)).to_numpy(bool, na_value=False)
    n, of = int(differs.sum()), int(cohort.notna().sum())
    if n <= _MOST * of:
        return by_school(
            draft, differs, check="grade_differs", words=_WORDS, column="pupil_number"
        )
    return [
        Finding(
            "warning", "grade_differs", None, None, None,
            f"花名册中能找到的 {of} 名学生里，有 {n} 名不属于本次考试的年级"
            f"（{draft.grade} 年级）。"
            f"请核对考试的年级和日期；若花名册是另一学年的，请先更新花名册。",
            f"Of {of} pupils found in the roster, {n} are not in the exam's grade "
            f"({draft.grade}). Check grade and date of the exam; if the roster is of another "
            f"school year, update it first.",
        )
    ]  # fmt: skip
