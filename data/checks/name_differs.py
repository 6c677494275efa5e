"""A pupil number belongs to the name that the roster has."""

from core.findings import Finding
from data.checks.by_school import by_school, count_by_school, share_by_school
from data.checks.draft import Draft

_MANY, _MIN_SHIFTED = 0.2, 5
_WORDS = (
    "{school}：有 {n} 名学生的姓名与花名册中同一学籍号的姓名不同（{rows}）。"
    "可能是学籍号写错，成绩会记到别人名下；请逐行核对。",
    "{school}: pupils whose name is not the roster's for their pupil number: {n} ({rows}). A "
    "mistyped number gives the score to somebody else; check each row.",
)
_SHIFTED = (
    "{school}：{of} 名学生中有 {n} 名的姓名与花名册中同一学籍号的姓名不同（{rows}）。"
    "很可能是姓名列或学籍号列单独排序、错行，成绩会记到别人名下。请勿发布，先核对原表。",
    "{school}: {n} of {of} pupils have another name than the roster's for their pupil number "
    "({rows}). Most likely one column was sorted or shifted by itself, so that scores go to "
    "other pupils. Do not publish; check the original sheet first.",
)


def check_name_differs(draft: Draft) -> list[Finding]:
    """Warn of other names, and more strongly where they are a fifth of a school's pupils."""
    differs = draft.enrolment["is_other_name"].to_numpy(bool)
    if not differs.any():
        return []
    listed = draft.enrolment["is_listed"].to_numpy(bool)
    share = share_by_school(draft, differs, among=listed)
    is_shifted = (share >= _MANY) & (count_by_school(draft, differs) >= _MIN_SHIFTED)
    return [
        finding
        for mask, words in ((differs & is_shifted, _SHIFTED), (differs & ~is_shifted, _WORDS))
        for finding in by_school(
            draft, mask, check="name_differs", words=words, column="pupil_name"
        )
    ]
