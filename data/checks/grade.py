"""The grade in the file must be the grade of the exam."""

import re

import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import entry_places, grouped, listed

_CHINESE = {
    zh: n
    for n, zh in enumerate(
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], start=1
    )
}
_STAGES = {"小学": 0, "小": 0, "初": 6, "初中": 6, "高": 9, "高中": 9}
_GRADE = re.compile(
    r"(小学|初中|高中|小|初|高)?(十[一二]?|[一二三四五六七八九]|[0-9]{1,2})(年级|年)?"
)

_WORDS = {
    "": (
        "第 {line} 行的年级与本次考试不符（考试为 {grade} 年级）。请改正年级，"
        "或把该学生移到相应的文件。",
        "Row {line}: the grade is not that of the exam (grade {grade}). Correct it, or move "
        "the pupil to the file of that grade.",
    )
}
_UNKNOWN = (
    "“{column}”列有 {n} 个年级无法识别（{rows}），没有核对。请写成“八年级”或“8”。",
    "Grades in {column} that are not understood: {n} ({rows}); they were not checked.",
)


def find_grade(draft: Draft) -> pd.DataFrame:
    """Return the rows of another grade."""
    grades = draft.entries["grade"].map(_numbers(draft)).astype("Int64")
    mask = (grades != draft.grade).to_numpy(bool, na_value=False)
    return entry_places(draft, mask, "grade").assign(grade=draft.grade)


def check_grade(draft: Draft) -> list[Finding]:
    """Refuse pupils of another grade; warn where the grade is not understood."""
    unknown_words = [word for word, number in _numbers(draft).items() if number is None]
    is_unknown = draft.entries["grade"].isin(unknown_words).to_numpy(bool)
    unknown = entry_places(draft, is_unknown, "grade")
    return [
        *listed(find_grade(draft), check="grade", words=_WORDS),
        *grouped(unknown, check="grade", words=_UNKNOWN, severity="warning"),
    ]


def _numbers(draft: Draft) -> dict[str, int | None]:
    """Return what each different word of the column means."""
    return {str(w): grade_number(str(w)) for w in draft.entries["grade"].dropna().unique()}


def grade_number(text: str) -> int | None:
    """Return the number of a grade, or None.

    Examples
    --------
    >>> grade_number("八年级"), grade_number("初二"), grade_number("8"), grade_number("2024级")
    (8, 8, 8, None)
    """
    match = _GRADE.fullmatch("".join(text.split()).casefold().removeprefix("grade"))
    if match is None:
        return None
    number = _CHINESE.get(match[2]) or int(match[2])
    grade = number + _STAGES.get(match[1] or "", 0) if number < 7 else number
    return grade if 1 <= grade <= 12 else None
