"""A pupil's class in the file should be his class in the roster."""

from core.findings import Finding
from data.checks.by_school import by_school, share_by_school
from data.checks.draft import Draft
from data.checks.enrolment import class_keys

_MOST = 0.5
_WORDS = (
    "{school}：有 {n} 名学生（共 {of} 名）的班级与花名册不同（{rows}）。"
    "本次按文件中的班级统计。",
    "{school}: pupils in another class than in the roster: {n} of {of} ({rows}). The classes "
    "of the file are used.",
)
_MANY = (
    "{school}：{of} 名学生中有 {n} 名的班级与花名册不同（{rows}）。"
    "班级列可能错行，或已重新分班；请核对。本次按文件中的班级统计。",
    "{school}: {n} of {of} pupils are in another class than in the roster ({rows}). The column "
    "may be shifted, or the classes were made anew; check it. The file's classes are used.",
)


def check_class_differs(draft: Draft) -> list[Finding]:
    """Note pupils of another class; warn where they are most of a school's."""
    there = draft.enrolment["class_name"]
    here = draft.clean.frame["class_name"].reset_index(drop=True)
    both = (there.notna() & here.notna()).to_numpy(bool)
    if not both.any():
        return []
    other = class_keys(there, grade=draft.grade) != class_keys(here, grade=draft.grade)
    differs = both & other.to_numpy(bool)
    is_most = share_by_school(draft, differs, among=both) > _MOST
    check, column = "class_differs", "class_name"
    return [
        *by_school(draft, differs & is_most, check=check, words=_MANY, column=column),
        *by_school(
            draft, differs & ~is_most, check=check, words=_WORDS, column=column, severity="note"
        ),
    ]
