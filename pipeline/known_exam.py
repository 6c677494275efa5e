"""The exam of a call as the catalogue knows it: the same in all that is said of it."""

from collections.abc import Sequence

from core.errors import SettingsError
from data.catalogue import ExamRelease, list_exams
from data.publication import ExamRecord
from data.scope import OPERATOR
from data.store import Store

_KEPT = {
    "held_on": ("date", "日期"), "grade": ("grade", "年级"), "stage": ("stage", "学段"),
    "county": ("county", "区县"), "is_demonstration": ("demonstration", "演示"),
}  # fmt: skip
_WORDS_ZH = {
    "primary": "小学", "junior": "初中", "senior": "高中", "True": "是", "False": "否",
}  # fmt: skip


def known_exam(store: Store, wanted: ExamRecord) -> ExamRelease | None:
    """Return the current release of an exam, None where it has none.

    Raises
    ------
    SettingsError
        When the exam of this name is known with another date, grade, stage or county.
    """
    known = next((e for e in list_exams(OPERATOR, store) if e.name == wanted.name), None)
    differ = [k for k in _KEPT if known and getattr(known, k) != getattr(wanted, k)]
    if differ:
        (found, found_zh), (given, given_zh) = (_said(e, differ) for e in (known, wanted))
        raise SettingsError(
            f"Exam {wanted.name!r} is known with {found}, the call says {given}. Use the same "
            "for a correction, or another name for another exam.",
            f"考试“{wanted.name}”在库中为 {found_zh}，本次给出 {given_zh}。"
            "更正请保持一致，另一场考试请另起名称。",
        )
    return known


def _said(exam: object, keys: Sequence[str]) -> tuple[str, str]:
    """Say what an exam is known by, in English and in Chinese."""
    values = {key: str(getattr(exam, key)) for key in keys}
    english = ", ".join(f"{_KEPT[key][0]} {value}" for key, value in values.items())
    return english, "、".join(
        f"{_KEPT[key][1]} {_WORDS_ZH.get(value, value)}" for key, value in values.items()
    )
