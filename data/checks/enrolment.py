"""What the roster says of each row of a file, found by pseudonym."""

import re
import unicodedata
from datetime import date

import numpy as np
import pandas as pd
from pandas.api.extensions import take

from data.checks.known import Known

_DIGITS = re.compile(r"[0-9]+")
_CHINESE_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_GRADE_NAMES = "一二三四五六七八九"
_GRADE = re.compile(
    r"(小学|初中|高中|小|初|高)?[一二三四五六七八九十0-9]{1,4}(年级|年|级)|[初高][一二三1-3]"
)
_NO_WORD = re.compile(r"[\W\d_班第]")
_TEN = re.compile(r"([0-9]?)十([0-9]?)")


def hashed(text: "pd.Series[str]", hash_of: "object") -> "pd.Series[int]":
    """Return the keyed hashes of a column, null where the cell is empty.

    Parameters
    ----------
    hash_of : callable or None
        ``Known.hash_numbers`` or ``Known.hash_names``; None gives nulls only.
    """
    found = pd.array(np.zeros(len(text), dtype=np.int64), dtype="Int64")
    found[:] = pd.NA
    filled = np.flatnonzero(text.notna().to_numpy(bool))
    if callable(hash_of) and filled.size:
        found[filled] = hash_of(text.iloc[filled].tolist()).to_numpy(np.int64)
    return pd.Series(found, index=text.index)


def enrolment_of(frame: pd.DataFrame, known: Known) -> pd.DataFrame:
    """Return what the roster and the moves say of each row.

    Parameters
    ----------
    frame : DataFrame
        Clean ENTRIES.
    known : Known

    Returns
    -------
    DataFrame, same rows in the same order
        row, pupil (pseudonym, Int64; null while the store knows no pupils), is_listed (whether
        the roster has the number), then, null unless listed: school, class_name, cohort,
        is_enrolled (false unless listed) as the roster stands now; school_then and
        is_enrolled_then as the moves say of the day of the exam, null without moves; and
        is_other_name.
    """
    pupil = hashed(frame["pupil_number"], known.hash_numbers if known.has_pupils else None)
    roster = known.roster.drop_duplicates("pupil").astype({"is_enrolled": "boolean"})
    at = pd.Index(roster["pupil"]).get_indexer(pd.Index(pupil.fillna(-1).astype("int64")))
    own = {
        column: take(roster[column].array, at, allow_fill=True)
        for column in ("school", "class_name", "cohort", "is_enrolled", "name_hash")
    }
    named = frame["pupil_name"].where(at >= 0)  # only a listed pupil's name is compared
    name = hashed(named, known.hash_names).reset_index(drop=True)
    is_other_name = name != pd.Series(own["name_hash"])
    then = enrolled_on(known.moves, known.held_on).reindex(pupil.to_numpy(dtype=object))
    return pd.DataFrame({
        "row": frame["row"].to_numpy(),
        "pupil": pupil.array,
        "is_listed": at >= 0,
        "school": own["school"],
        "class_name": own["class_name"],
        "cohort": own["cohort"],
        "is_enrolled": pd.Series(own["is_enrolled"]).fillna(False).to_numpy(bool),
        "is_other_name": is_other_name.fillna(False).to_numpy(bool),
        "school_then": then["school"].astype("str").array,
        "is_enrolled_then": then["is_enrolled"].astype("boolean").array,
    })  # fmt: skip


def enrolled_on(moves: pd.DataFrame, day: date | None) -> pd.DataFrame:
    """Return school and is_enrolled on a day, by pupil, of those who moved at any time.

    The first move after the day tells where a pupil came from; without one the last move up
    to the day tells where he went.
    """
    if day is None or moves.empty:
        nobody = pd.Index([], dtype="int64", name="pupil")
        return pd.DataFrame(
            {"school": pd.Series(dtype="str"), "is_enrolled": pd.Series(dtype="boolean")},
            index=nobody,
        )
    sorted_moves = moves.sort_values("moved_on", kind="stable")
    is_later = (sorted_moves["moved_on"] > day).to_numpy(bool)
    after = sorted_moves[is_later].drop_duplicates("pupil", keep="first")
    before = sorted_moves[~is_later].drop_duplicates("pupil", keep="last")
    before = before[~before["pupil"].isin(after["pupil"])]
    then = pd.concat([
        after.assign(school=after["from_school"],
                     is_enrolled=after["kind"].isin(["out", "between", "suspended"])),
        before.assign(school=before["to_school"],
                      is_enrolled=before["kind"].isin(["in", "between", "resumed"])),
    ])  # fmt: skip
    return then.set_index("pupil")[["school", "is_enrolled"]].astype(
        {"school": "str", "is_enrolled": "boolean"}
    )


def class_keys(names: "pd.Series[str]", *, grade: int | None) -> "pd.Series[str]":
    """Return ``class_key`` of each class, null where there is none."""
    distinct = names.dropna().unique()
    return names.map({name: class_key(str(name), grade=grade) for name in distinct})


def class_key(name: str, *, grade: int | None) -> str:
    """Return what two ways of writing one class have in common.

    Examples
    --------
    >>> [class_key(name, grade=8) for name in ("八年级3班", "8.3", "八三班", "803", "初二(3)")]
    ['3', '3', '3', '3', '3']
    >>> class_key("实验班", grade=8)
    '实验班'
    """
    numbers = _DIGITS.findall(_without_grade(name, grade=grade))
    if not numbers:
        return _plain(name)
    last = str(numbers[-1]).lstrip("0") or "0"
    if grade and len(last) == len(str(grade)) + 2 and last.startswith(str(grade)):
        last = last[len(str(grade)) :].lstrip("0") or "0"
    return last


def class_spelling_key(name: str, *, grade: int | None) -> str:
    """Return what two spellings of one class have in common: its number and its other words.

    Examples
    --------
    >>> [class_spelling_key(name, grade=8) for name in ("八年级1班", "(1)班", "01", "实验一班")]
    ['1', '1', '1', '1实验']
    """
    words = _NO_WORD.sub("", _without_grade(name, grade=grade))
    key = class_key(name, grade=grade)
    return f"{key}{words}" if key.isdecimal() else key


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _without_grade(name: str, *, grade: int | None) -> str:
    """Return a class without its grade, all numbers in digits."""
    own = _GRADE_NAMES[grade - 1] if grade and 1 <= grade <= len(_GRADE_NAMES) else "-"
    bare = _GRADE.sub("", _plain(name))
    short = re.sub(rf"{own}(?=[0-9(一二三四五六七八九十])", "", bare, count=1)
    return _TEN.sub(_tens, short.translate(_CHINESE_DIGITS))


def _tens(match: re.Match[str]) -> str:
    return f"{match[1] or '1'}{match[2] or '0'}"
