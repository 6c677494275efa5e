"""Rows whose pupil number is not what the roster knows: found by exam number or lost zeros.

A pupil is taken only where exactly one pupil of the roster fits and the name, where the file
has one, is his; whatever stays in doubt is said and left to a person.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.enrolment import hashed
from data.checks.places import Mask, Words, entry_places, grouped, listed

_SAMPLE, _MOST_ZEROS = 200, 4

_BY_EXAM_NUMBER: Words = (
    "有 {n} 名学生按“{column}”从花名册取得学籍号（{rows}）。"
    "请确认花名册中的考号就是本次考试的。",
    "Pupils whose number was taken from the roster by {column}: {n} ({rows}). Check that the "
    "roster holds the exam numbers of this exam.",
)
_ZEROS: Words = (
    "“{column}”列有 {n} 个学籍号开头的 0 已丢失，按花名册补回（{rows}）。请核对，"
    "最好把该列设为文本格式。",
    "Pupil numbers in {column} whose leading zeros were lost: {n} ({rows}). They were put back "
    "by the roster. Check them, and better format the column as text.",
)
_UNKNOWN: Words = (
    "有 {n} 个“{column}”不在花名册中（{rows}），暂以考号代替学籍号，"
    "这些学生不能与其它考试对应。请在文件中增加学籍号列，或先更新花名册。",
    "Exam numbers in {column} that the roster does not have: {n} ({rows}). They stand in for "
    "the pupil number, so these pupils link with no other exam. Add a column of pupil numbers, "
    "or update the roster first.",
)
_WORDS = {
    "several": (
        "第 {line} 行的“{column}”在花名册中对应不止一名学生，不能确定是谁。"
        "请在文件中填写学籍号。",
        "Row {line}, {column}: the roster has more than one pupil of this number. Fill in the "
        "pupil number.",
    ),
    "other_name": (
        "第 {line} 行的“{column}”在花名册中属于另一个姓名的学生。请核对，并填写学籍号，"
        "或先更新花名册中的考号。",
        "Row {line}, {column}: in the roster this number is that of a pupil with another name. "
        "Check it; fill in the pupil number, or update the roster's exam numbers first.",
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the roster tells of the rows without a usable pupil number.

    Attributes
    ----------
    pupil : Series of Int64
        Pseudonym of the pupil whose number is wanted; null elsewhere.
    unknown, several, other_name : ndarray of bool
        Rows that were looked for and not settled, by reason.
    is_substitute : bool
        Whether the file has no pupil numbers and exam numbers stand in for them.
    """

    pupil: "pd.Series[int]"
    unknown: Mask
    several: Mask
    other_name: Mask
    is_substitute: bool


def pupils_by_exam_number(draft: Draft) -> Found:
    """Look in the roster for the pupils of rows that have an exam number only."""
    frame = draft.clean.frame
    is_substitute = draft.headers.get("pupil_number") is not None and draft.headers.get(
        "pupil_number"
    ) == draft.headers.get("exam_number")
    wanted = frame["exam_number"].notna() & (frame["pupil_number"].isna() | is_substitute)
    exam = hashed(frame["exam_number"].where(wanted), draft.known.hash_numbers)
    roster = _askable(draft)
    roster = roster[roster["exam_pupil"].notna()]
    rows = pd.DataFrame({"at": range(len(frame)), "exam_pupil": exam.array,
                         "own": frame["school_code"].array})  # fmt: skip
    pairs = rows[wanted.to_numpy(bool)].merge(roster, on="exam_pupil")
    same = pairs[pairs["school"] == pairs["own"]]
    others = pairs[~pairs["at"].isin(same["at"])]
    # Many schools number their pupils alike: only the name makes another school's pupil his.
    pairs = pd.concat([same, others[_same_name(draft, others)]])
    single = pairs[~pairs["at"].duplicated(keep=False)]
    is_other = _other_name(draft, single)
    settled = single[~is_other]
    pupil = pd.Series(pd.array([pd.NA] * len(frame), dtype="Int64"), index=frame.index)
    pupil.iloc[settled["at"].to_numpy()] = settled["pupil"].array
    several = _mask(len(frame), pairs["at"]) & ~_mask(len(frame), single["at"])
    unknown = wanted.to_numpy(bool) & ~_mask(len(frame), pairs["at"])
    other = _mask(len(frame), single.loc[is_other, "at"])
    return Found(pupil, unknown, several, other, is_substitute)


def with_numbers(draft: Draft, found: Found, number: "pd.Series[str]") -> Draft:
    """Return the draft with the pupil numbers of the pupils that were found.

    Parameters
    ----------
    number : Series of str
        Pupil number by pseudonym, of the pupils that may be opened.
    """
    told = found.pupil.map(number.to_dict()).astype("str")
    entries = draft.entries.assign(
        pupil_number=told.fillna(draft.entries["pupil_number"]).array
    )
    if "pupil_number_kind" in entries:
        kind = entries["pupil_number_kind"].where(told.isna().to_numpy(bool), "text")
        entries["pupil_number_kind"] = kind
    return replace(draft, entries=entries)


def with_zeros(draft: Draft) -> tuple[Draft, list[Finding]]:
    """Put back leading zeros that pupil numbers lost, where one pupil of the roster fits."""
    restored, where = _restored(draft)
    if not where.any():
        return draft, []
    entries = draft.entries.assign(pupil_number=restored.array)
    if "pupil_number_kind" in entries:
        entries["pupil_number_kind"] = entries["pupil_number_kind"].mask(where, "text")
    places = entry_places(draft, where, "pupil_number")
    found = grouped(places, check="pupil_number_restored", words=_ZEROS, severity="warning")
    return replace(draft, entries=entries), found


def remarks_of(draft: Draft, found: Found) -> list[Finding]:
    """Say what was found by exam number, and what was not."""
    check, column = "pupil_number_by_exam_number", "exam_number"
    taken = entry_places(draft, found.pupil.notna().to_numpy(bool), column)
    unknown = found.unknown & found.is_substitute
    doubtful = pd.concat([
        entry_places(draft, found.several, column, fault="several"),
        entry_places(draft, found.other_name, column, fault="other_name"),
    ], ignore_index=True).sort_values("row", kind="stable")  # fmt: skip
    return [
        *listed(doubtful, check=check, words=_WORDS),
        *grouped(taken, check=check, words=_BY_EXAM_NUMBER, severity="warning"),
        *grouped(
            entry_places(draft, unknown, column),
            check=check,
            words=_UNKNOWN,
            severity="warning",
        ),
    ]


def _askable(draft: Draft) -> pd.DataFrame:
    """Return the pupils of the exam's year, for a school's clerk those of his school."""
    known, roster = draft.known, _own(draft)
    if known.cohort is None:
        return roster
    of_year = roster["cohort"].isna() | (roster["cohort"] == known.cohort)
    return roster[of_year.to_numpy(bool, na_value=False)]


def _own(draft: Draft) -> pd.DataFrame:
    """Return the roster, for a school's clerk that of his school."""
    school, roster = draft.known.as_school, draft.known.roster
    return roster if school is None else roster[(roster["school"] == school).to_numpy(bool)]


def _other_name(draft: Draft, pairs: pd.DataFrame) -> Mask:
    """Say which pairs of row and pupil have two names that differ."""
    differs = _names(draft, pairs) != pairs["name_hash"].reset_index(drop=True)
    return differs.fillna(False).to_numpy(bool)


def _same_name(draft: Draft, pairs: pd.DataFrame) -> Mask:
    """Say which pairs of row and pupil have a name on both sides, and the same."""
    equals = _names(draft, pairs) == pairs["name_hash"].reset_index(drop=True)
    return equals.fillna(False).to_numpy(bool)


def _names(draft: Draft, pairs: pd.DataFrame) -> "pd.Series[int]":
    names = draft.clean.frame["pupil_name"].iloc[pairs["at"].to_numpy(np.int64)]
    return hashed(names, draft.known.hash_names).reset_index(drop=True)


def _mask(size: int, at: "pd.Series[int]") -> Mask:
    mask = np.zeros(size, dtype=bool)
    mask[at.to_numpy(np.int64)] = True
    return mask


def _restored(draft: Draft) -> tuple["pd.Series[str]", Mask]:
    """Return the pupil numbers with zeros put back, and where."""
    number = draft.clean.frame["pupil_number"].reset_index(drop=True)
    digits = number.str.fullmatch("[0-9]{3,18}", na=False).to_numpy(bool)
    unlisted = np.flatnonzero(digits & ~draft.enrolment["is_listed"].to_numpy(bool))
    hits = pd.DataFrame({"at": [], "zeros": []}, dtype="int64")
    if len(draft.known.roster):
        hits = _fitting(draft, number, unlisted)
    single = hits[~hits["at"].duplicated(keep=False)]
    where = _mask(len(number), single["at"])
    for zeros in single["zeros"].unique():
        at = single.loc[single["zeros"] == zeros, "at"].to_numpy(np.int64)
        number.iloc[at] = "0" * int(zeros) + number.iloc[at]
    return number, where


def _fitting(
    draft: Draft,
    number: "pd.Series[str]",
    unlisted: NDArray[np.intp],
) -> pd.DataFrame:
    """Return the rows whose number fits a pupil of the roster with so many zeros before it.

    A sample decides which numbers of zeros are tried on all rows: a file of another county
    would otherwise be hashed four times over for nothing.
    """
    roster = _own(draft).drop_duplicates("pupil").set_index("pupil")
    found = []
    for zeros in range(1, _MOST_ZEROS + 1):
        for at in (unlisted[:_SAMPLE], unlisted):
            pupil = hashed("0" * zeros + number.iloc[at], draft.known.hash_numbers)
            fits = pupil.isin(roster.index).to_numpy(bool)
            if not fits.any():
                break
        else:
            rows = pd.DataFrame({"at": at[fits], "pupil": pupil[fits].array, "zeros": zeros})
            rows["name_hash"] = roster["name_hash"].reindex(rows["pupil"]).array
            found.append(rows[~_other_name(draft, rows)])
    return pd.concat(found) if found else pd.DataFrame({"at": [], "zeros": []}, dtype="int64")
