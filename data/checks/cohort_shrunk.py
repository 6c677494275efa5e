"""A school should not lose many of its pupils between two exams."""

from core.findings import Finding
from data.checks.by_school import at_most_listed, school_names
from data.checks.cohort_size import MIN_DIFFERENCE, earlier_sizes
from data.checks.draft import Draft
from data.checks.remarks import percent, remark

_CHECK = "cohort_shrunk"
_LEAST = 0.85


def check_cohort_shrunk(draft: Draft) -> list[Finding]:
    """Warn of schools with less than 85% of their pupils of the exam before."""
    found = earlier_sizes(draft)
    if found is None:
        return []
    sizes, exam = found
    fewer = sizes[
        (sizes["now"] < _LEAST * sizes["before"])
        & (sizes["before"] - sizes["now"] >= MIN_DIFFERENCE)
    ]
    names = {**draft.known.schools, **school_names(draft)}
    findings = [
        _finding(names.get(str(code), str(code)), int(before), int(now), exam)
        for code, before, now in fewer.itertuples()
    ]
    return at_most_listed(findings, check=_CHECK, severity="warning")


def _finding(school: str, before: int, now: int, exam: str) -> Finding:
    share = percent(now / before)
    return remark("warning", _CHECK, (
        f"{school}：在“{exam}”中有 {before} 名学生，本次只有 {now} 名（{share}）。"
        f"少考的学生多为低分学生时，均分会虚高；请确认名单完整，缺考的也应列入。",
        f"{school}: pupils in {exam!r} {before}, now only {now} ({share}). A mean rises when "
        f"weak pupils are left out; check that the list is complete, absent pupils included.",
    ), value=str(now))  # fmt: skip
