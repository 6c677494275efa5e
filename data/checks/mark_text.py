"""What the text of a score cell means: a state and hundredths, or a fault."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

ABSENT = frozenset({"缺考", "缺", "旷考", "未考", "未参考", "未参加", "缺席", "absent", "abs"})
WITHHELD = frozenset({
    "违纪", "作弊", "舞弊", "违规", "雷同", "雷同卷", "取消成绩", "成绩取消", "withheld",
    "cheat", "cheated", "cheating", "disqualified",
})  # fmt: skip
EXEMPT = frozenset({"免考", "免试", "免修", "免测", "免", "exempt", "exempted", "excused"})
AMBIGUOUS = frozenset({
    "-", "--", "---", "—", "——", "–", "―", "_", "/", "//", "\\", "*", "**", "#", "?", ".",
    "。", "、", "×", "○", "无", "空", "未录", "未录入", "未知", "待定", "缓考", "休学", "转学",
    "转出", "病假", "事假", "请假", "借读", "n/a", "na", "#n/a", "null", "none", "nil",
})  # fmt: skip

_STATES = (
    (ABSENT, "absent"),
    (WITHHELD, "withheld"),
    (EXEMPT, "exempt"),
    (AMBIGUOUS, "missing"),
)
_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_NEGATIVE = re.compile(r"[-－−][0-9]+(\.[0-9]+)?")
# Digits and point as they come from a Chinese keyboard; other scripts' digits stay refused.
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_LONGEST = 4  # digits before the point
_KIND_FAULTS = {"boolean": "boolean", "date": "date", "error": "error", "blank": "blank"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Meaning of one cell.

    Attributes
    ----------
    state : str
        present absent withheld exempt missing; missing where there is a fault.
    value : int or None
        Hundredths of a point, of a present mark.
    fault : str
        Empty, or: boolean date error blank not_number negative precision above_full_mark.
    is_ambiguous, is_tidied : bool
        The word may mean several things; spaces or full-width digits were put right.
    """

    state: str
    value: int | None = None
    fault: str = ""
    is_ambiguous: bool = False
    is_tidied: bool = False


def parse_mark(text: str | None, *, kind: str) -> Mark:
    """Read one cell; nothing is ever read as 0 or as absent unless it says so.

    Examples
    --------
    >>> parse_mark("85.5", kind="number").value, parse_mark("缺考", kind="text").state
    (8550, 'absent')
    >>> parse_mark("85分", kind="text").fault
    'not_number'
    """
    if kind in _KIND_FAULTS:
        return Mark("missing", fault=_KIND_FAULTS[kind])
    bare = (text or "").strip().translate(_FULL_WIDTH)
    if not bare:
        return Mark("missing")
    is_tidied = bare != text
    number = _NUMBER.fullmatch(bare)
    if number:
        return _number(number, is_tidied=is_tidied)
    if _NEGATIVE.fullmatch(bare):
        return Mark("missing", fault="negative")
    word = "".join(unicodedata.normalize("NFKC", bare).casefold().split())
    for words, state in _STATES:
        if word in words or bare in words:
            return Mark(state, is_ambiguous=words is AMBIGUOUS)
    return Mark("missing", fault="not_number")


def _number(match: re.Match[str], *, is_tidied: bool) -> Mark:
    whole, decimals = match[1], (match[2] or "").rstrip("0")
    if len(whole) > _LONGEST:
        return Mark("missing", fault="above_full_mark" if whole[0] != "0" else "not_number")
    if len(decimals) > 2:
        return Mark("missing", fault="precision")
    return Mark(
        "present", value=int(whole) * 100 + int(decimals.ljust(2, "0")), is_tidied=is_tidied
    )


def read_marks(marks: pd.DataFrame, *, full_marks: Mapping[str, int]) -> pd.DataFrame:
    """Read every cell of MARKS; few texts are distinct, so each is parsed once.

    Parameters
    ----------
    marks : DataFrame
        MARKS rows.
    full_marks : mapping of str to int
        Full mark by subject code, hundredths of a point.

    Returns
    -------
    DataFrame
        MARKS with state (text), value (hundredths, Int64, null unless present), fault (text,
        empty where there is none), is_ambiguous and is_tidied.
    """
    text_codes, texts = pd.factorize(marks["text"])
    kind_codes, kinds = pd.factorize(marks["kind"])
    position, distinct = pd.factorize(text_codes * len(kinds) + kind_codes)
    parsed = [
        parse_mark(
            None if code < 0 else str(texts[code // len(kinds)]),
            kind=str(kinds[code % len(kinds)]),
        )
        for code in distinct.tolist()
    ]
    values = np.array([-1 if m.value is None else m.value for m in parsed], dtype=np.int64)
    subject_codes, subjects = pd.factorize(marks["subject"])
    limits = np.array([full_marks[str(code)] for code in subjects], dtype=np.int64)
    is_above = values[position] > limits[subject_codes]
    # One meaning more than was parsed: that of a mark above the full mark of its subject.
    told = pa.array(np.where(is_above, len(parsed), position))
    states = pa.array([*(mark.state for mark in parsed), "missing"], pa.large_string())
    faults = pa.array([*(mark.fault for mark in parsed), "above_full_mark"], pa.large_string())
    return marks.assign(
        state=pd.array(states.take(told), dtype="str"),
        value=pd.arrays.IntegerArray(values[position], (values[position] < 0) | is_above),
        fault=pd.array(faults.take(told), dtype="str"),
        is_ambiguous=np.array([mark.is_ambiguous for mark in parsed], dtype=bool)[position],
        is_tidied=np.array([mark.is_tidied for mark in parsed], dtype=bool)[position],
    )
