"""A school should not gain many pupils between two exams."""

from core.findings import Finding
from data.checks.by_school import at_most_listed, school_names
from data.checks.cohort_size import MIN_DIFFERENCE, earlier_sizes
from data.checks.draft import Draft
from data.checks.remarks import percent, remark

_CHECK = "cohort_grown"
_MOST = 1.25


def check_cohort_grown(draft: Draft) -> list[Finding]:
    """Warn of schools with more than 125% of their pupils of the exam before."""
    found = earlier_sizes(draft)
    if found is None:
        return []
    sizes, exam = found
    more = sizes[
        (sizes["before"] > 0)
        & (sizes["now"] > _MOST * sizes["before"])
        & (sizes["now"] - sizes["before"] >= MIN_DIFFERENCE)
    ]
    names = school_names(draft)
    findings = [
        _finding(names.get(str(code), str(code)), int(before), int(now), exam)
        for code, before, now in more.itertuples()
    ]
    return at_most_listed(findings, check=_CHECK, severity="warning")


def _finding(school: str, before: int, now: int, exam: str) -> Finding:
    share = percent(now / before)
    return remark("warning", _CHECK, (
        f"{school}：在“{exam}”中有 {before} 名学生，本次有 {now} 名（{share}）。"
        f"可能混入了其它学校的学生或重复粘贴；请核对学校代码。",
        f"{school}: pupils in {exam!r} {before}, now {now} ({share}). Pupils of another school "
        f"may have slipped in, or rows were pasted twice; check the school codes.",
    ), value=str(now))  # fmt: skip
