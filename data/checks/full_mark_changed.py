"""A subject's full mark is usually that of last year."""

from core.findings import Finding
from data.checks.draft import Draft, DraftSubject
from data.checks.known import EarlierExam
from data.checks.remarks import remark
from data.checks.score_range import points


def check_full_mark_changed(draft: Draft) -> list[Finding]:
    """Warn of full marks that differ from last year's exam of the grade, or the release."""
    earlier = draft.known.superseded or draft.known.last_year
    if earlier is None:
        return []
    return [
        _finding(subject, earlier)
        for subject in draft.subjects
        if earlier.full_marks.get(subject.code, subject.full_mark_hundredths)
        != subject.full_mark_hundredths
    ]


def _finding(subject: DraftSubject, earlier: EarlierExam) -> Finding:
    now, before = (
        points(mark)
        for mark in (subject.full_mark_hundredths, earlier.full_marks[subject.code])
    )
    return remark("warning", "full_mark_changed", (
        f"“{subject.name}”的满分为 {now} 分，在“{earlier.name}”中为 {before} 分。"
        "请确认满分确实改变。",
        f"{subject.name}: full mark {now}, in {earlier.name!r} {before}. Check that it really "
        f"changed.",
    ), column=subject.name, value=now)  # fmt: skip
