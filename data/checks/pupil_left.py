"""A pupil who has left should not stand in a file of scores."""

from core.findings import Finding
from data.checks.by_school import by_school
from data.checks.draft import Draft

_WORDS = (
    "{school}：有 {n} 名学生在花名册中已离校或休学（{rows}）。若已回校请登记异动或更新花名册；"
    "否则请核对学籍号。",
    "{school}: pupils who have left by the roster: {n} ({rows}). Record the move or update the "
    "roster if they are back; otherwise check the pupil numbers.",
)


def check_pupil_left(draft: Draft) -> list[Finding]:
    """Warn of pupils who are no longer enrolled; note those who left after the exam."""
    enrolment = draft.enrolment
    gone = (enrolment["is_listed"] & ~enrolment["is_enrolled"]).to_numpy(bool)
    was_here = enrolment["is_enrolled_then"].fillna(False).to_numpy(bool)
    told = int((gone & was_here).sum())
    note = Finding(
        "note", "pupil_left", None, None, None,
        f"有 {told} 名学生现已离校；按登记的学籍异动，考试当天仍在校。",
        f"Pupils who have left since, but were enrolled on the day of the exam by the recorded "
        f"moves: {told}.",
    )  # fmt: skip
    return [
        *by_school(
            draft, gone & ~was_here, check="pupil_left", words=_WORDS, column="pupil_number"
        ),
        *([note] if told else []),
    ]
