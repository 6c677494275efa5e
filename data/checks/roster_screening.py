"""The rules that a roster's rows meet: those of a file of scores that concern its entries."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.duplicate_pupil import check_duplicate_pupil, find_duplicate_pupil
from data.checks.entry_cells import check_entry_cells, find_entry_cells
from data.checks.exam_number_twice import check_exam_number_twice, find_exam_number_twice
from data.checks.grade import grade_number
from data.checks.other_school import check_other_school, find_other_school, own_rows
from data.checks.places import entry_places, listed, no_places
from data.checks.pupil_number_missing import (
    check_pupil_number_missing,
    find_pupil_number_missing,
)
from data.checks.pupil_number_shape import check_pupil_number_shape, find_pupil_number_shape
from data.checks.pupil_number_stored import check_pupil_number_stored, find_pupil_number_stored
from data.checks.school_identity import check_school_identity, find_school_identity
from data.checks.school_missing import check_school_missing, find_school_missing
from data.checks.text_characters import check_text_characters, find_text_characters
from data.checks.text_length import check_text_length, find_text_length
from data.checks.text_tidied import check_text_tidied

_CHECKS: tuple[Callable[[Draft], list[Finding]], ...] = (
    check_pupil_number_missing,
    check_pupil_number_stored,
    check_pupil_number_shape,
    check_duplicate_pupil,
    check_exam_number_twice,
    check_school_missing,
    check_school_identity,
    check_entry_cells,
    check_text_characters,
    check_text_length,
    check_text_tidied,
)
_FINDERS: tuple[Callable[[Draft], pd.DataFrame], ...] = (
    find_other_school,
    find_pupil_number_missing,
    find_pupil_number_stored,
    find_pupil_number_shape,
    find_duplicate_pupil,
    find_exam_number_twice,
    find_school_missing,
    find_school_identity,
    find_entry_cells,
    find_text_characters,
    find_text_length,
)
_CLAIMED = {
    "": (
        "第 {line} 行“{column}”：花名册中该学生属于另一所学校，本校不能登记。请核对号码；"
        "若已转入，由教育局登记转学：不带 --as-school 导入花名册，或导入学籍异动数据集"
        "（moves）。整个文件未导入。",
        "Row {line}, {column}: by the roster this pupil belongs to another school and cannot "
        "be listed by this one. Check the number; if the pupil has moved, the bureau records "
        "it, by a roster without --as-school or a dataset of moves. Nothing was imported.",
    )
}
_GRADE = {
    "": (
        "第 {line} 行的年级空缺或无法识别。请写成“八年级”或“8”。",
        "Row {line}: the grade is missing or not understood. Write 八年级 or 8.",
    )
}


@dataclass(frozen=True, slots=True, eq=False)
class ScreenedRoster:
    """Findings of all rules, and the rows with an error."""

    findings: tuple[Finding, ...]
    n_refused: int


def screen_roster(draft: Draft) -> ScreenedRoster:
    """Check the entries of a draft without marks."""
    own = own_rows(draft)
    claimed = _claimed(own)
    without_grade = entry_places(own, grades_of(own).isna().to_numpy(bool), "grade")
    findings = check_other_school(draft)
    findings += [finding for check in _CHECKS for finding in check(own)]
    findings += listed(claimed, check="pupil_claimed", words=_CLAIMED)
    findings += listed(without_grade, check="grade", words=_GRADE)
    places = [*(find(draft) for find in _FINDERS), claimed, without_grade]
    rows = {int(row) for place in places for row in place["row"]}
    return ScreenedRoster(tuple(findings), len(rows))


def _claimed(draft: Draft) -> pd.DataFrame:
    """Return the rows by which a school would take another's pupil: the bureau moves pupils."""
    own = draft.known.as_school
    if own is None:
        return no_places()
    is_elsewhere = (draft.enrolment["school"] != own).to_numpy(bool)
    taken = draft.enrolment["is_listed"].to_numpy(bool) & is_elsewhere
    return entry_places(draft, taken, "pupil_number")


def grades_of(draft: Draft) -> "pd.Series[int]":
    """Return the grades that the rows state, null where none is understood."""
    text = draft.entries["grade"]
    numbers = {str(word): grade_number(str(word)) for word in text.dropna().unique()}
    return text.map(numbers).astype("Int64")
