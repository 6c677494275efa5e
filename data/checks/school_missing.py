"""Every pupil belongs to a school, which is a place and not a person."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.draft import FIELD_NAMES, Draft
from data.checks.places import Mask, entry_places, grouped, listed, no_places

_WORDS = {
    "": (
        "第 {line} 行缺少学校（{column}）。每个学生都须有学校；合并的单元格请拆开并逐行填写。",
        "Row {line} has no school in {column}. Fill it in; split merged cells and fill each "
        "row.",
    )
}
_CLASS = (
    "“{column}”列有 {n} 行没有班级（{rows}），这些学生不会出现在班级统计中。请确认。",
    "Rows without a class in {column}: {n} ({rows}). These pupils stay out of class figures.",
)
_PERSONS = (
    "“{column}”列的 {n} 行里几乎每人一个值，像是姓名，不是{usual}（{rows}）。"
    "请检查各列是否放错，改正后重新上传；否则姓名会成为机构名称而公开。",
    "Rows in {column} that hold what looks like persons' names, one for each pupil: {n} "
    "({rows}). Check that no columns were mixed up; names must not become names of units.",
)
_NUMBER = {
    "": (
        "第 {line} 行的“{column}”与文件中的一个学籍号或考号相同，像是填错了列。"
        "请改为该校的学校代码。",
        "Row {line}: {column} equals a pupil number or exam number of the file, as if it stood "
        "in the wrong column. Fill in the code of the school.",
    )
}
_PLACES = ("school_name", "township", "class_name")
_MIN_ROWS, _MOST_ALIKE = 10, 0.2
_SHORT = 6  # signs: schools and the pupils of an exam may both be numbered 1, 2, 3
_LIKE_A_NAME = "[㐀-鿿·]{1,14}[^班组校学中小部园院镇乡区街道县市场村0-9A-Za-z)）]"


def find_school_missing(draft: Draft) -> pd.DataFrame:
    """Return the rows without a school, and those that give a person's name for one."""
    found = [
        entry_places(draft, mask, name)
        for name, mask in (
            ("school_code", _missing(draft)),
            ("school_code", _numbers(draft)),
            *((name, _persons(draft, name)) for name in _PLACES),
        )
        if mask.any()
    ]
    return pd.concat(found, ignore_index=True) if found else no_places()


def check_school_missing(draft: Draft) -> list[Finding]:
    """Refuse rows without a school; warn of rows without a class where others have one.

    A pupil's number in place of the school is refused and never quoted.
    """
    missing = entry_places(draft, _missing(draft), "school_code")
    without_class = draft.clean.frame["class_name"].isna().to_numpy(bool)
    partly = without_class & (not without_class.all())
    return [
        *listed(missing, check="school_missing", words=_WORDS),
        *listed(
            entry_places(draft, _numbers(draft), "school_code"),
            check="school_missing",
            words=_NUMBER,
        ),
        *(finding for name in _PLACES for finding in _persons_told(draft, name)),
        *grouped(
            entry_places(draft, partly, "class_name"),
            check="school_missing",
            words=_CLASS,
            severity="warning",
        ),
    ]


def _missing(draft: Draft) -> Mask:
    return draft.clean.frame["school_code"].isna().to_numpy(bool)


def _numbers(draft: Draft) -> Mask:
    """Say where a code is a number of a pupil: a long one anyone's, a short one his own."""
    frame = draft.clean.frame
    code = frame["school_code"]
    own = np.zeros(len(code), dtype=bool)
    anyone = own.copy()
    for name in ("pupil_number", "exam_number"):
        own |= (code == frame[name]).to_numpy(bool, na_value=False)
        anyone |= code.isin(_also_in(frame[name], code)).to_numpy(bool)
    is_single = ~code.duplicated(keep=False).to_numpy(bool)
    is_long = (code.str.len() > _SHORT).to_numpy(bool, na_value=False)
    is_known = code.isin(draft.known.schools.keys()).to_numpy(bool)
    found: Mask = code.notna().to_numpy(bool) & ~is_known
    return found & ((anyone & is_long) | (own & is_single))


def _also_in(numbers: pd.Series, code: pd.Series) -> pd.Series:
    """Return the numbers that are also codes; codes are few, numbers as many as pupils."""
    return numbers[numbers.isin(code.dropna().unique())]


def _persons_told(draft: Draft, name: str) -> list[Finding]:
    zh, en = _PERSONS
    return grouped(
        entry_places(draft, _persons(draft, name), name),
        check="school_missing",
        words=(zh.replace("{usual}", FIELD_NAMES[name]), en),
        severity="error",
    )


def _persons(draft: Draft, name: str) -> Mask:
    """Say where a column of places holds names of persons: nearly all of them differ."""
    text = draft.clean.frame[name]
    nobody = np.zeros(len(text), dtype=bool)
    n_filled = int(text.notna().sum())
    if n_filled < _MIN_ROWS or text.nunique() < (1 - _MOST_ALIKE) * n_filled:
        return nobody
    is_like = text.str.fullmatch(_LIKE_A_NAME, na=False).to_numpy(bool)
    return is_like if is_like.sum() >= (1 - _MOST_ALIKE) * n_filled else nobody
