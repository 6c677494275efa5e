"""A pupil number that starts with G is G and an 18-character identity number."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import Mask, entry_places, listed

_LENGTH = 19
# GB 11643: weights of the first 17 digits, and the check character by the sum modulo 11.
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK = np.frombuffer(b"10X98765432", dtype=np.uint8)
_ANY = "[0-9A-Za-z-]{1,30}"
_WHOLE = "G[0-9]{17}[0-9X]"

_WORDS = {
    "length": (
        "第 {line} 行的学籍号长度不对：G 开头的学籍号须为 19 位（G 加 17 位数字和 1 位校验码）"
        "。请核对。",
        "Row {line}: a pupil number that starts with G must have 19 characters: G, 17 digits "
        "and a check character. Correct it.",
    ),
    "character": (
        "第 {line} 行的学籍号格式不对：只能含字母、数字和连字符，最多 30 位。请核对。",
        "Row {line}: a pupil number may hold letters, digits and hyphens, at most 30. "
        "Correct it.",
    ),
}
_CHECK_WORDS = {
    "": (
        "第 {line} 行的学籍号校验码不符，可能输错了一位。请核对后再确认导入。",
        "Row {line}: the check character of the pupil number does not fit; a digit may be "
        "wrong. Check it before you import.",
    )
}


def find_pupil_number_shape(draft: Draft) -> pd.DataFrame:
    """Return the rows whose pupil number has a wrong length or odd characters."""
    every = draft.clean.frame["pupil_number"]
    rest = np.flatnonzero(~_is_whole(every))
    text = every.iloc[rest]  # nearly all numbers of most files are whole
    odd = ~text.str.fullmatch(_ANY, na=True).to_numpy(bool) & ~_is_exponent_like(text)
    short = text.str.fullmatch("G[0-9A-Za-z]+", na=False).to_numpy(bool) & ~odd
    is_odd, is_short = np.zeros(len(every), dtype=bool), np.zeros(len(every), dtype=bool)
    is_odd[rest], is_short[rest] = odd, short
    return pd.concat([
        entry_places(draft, is_odd, "pupil_number", fault="character"),
        entry_places(draft, is_short, "pupil_number", fault="length"),
    ], ignore_index=True).sort_values("row", kind="stable")  # fmt: skip


def check_pupil_number_shape(draft: Draft) -> list[Finding]:
    """Refuse pupil numbers of a wrong shape; warn where the check character does not fit."""
    wrong = entry_places(draft, _fails_check(draft.clean.frame["pupil_number"]), "pupil_number")
    return [
        *listed(find_pupil_number_shape(draft), check="pupil_number_shape", words=_WORDS),
        *listed(wrong, check="pupil_number_shape", words=_CHECK_WORDS, severity="warning"),
    ]


def _is_exponent_like(text: "pd.Series[str]") -> Mask:
    """Leave 9.99E+17 to the rule on stored numbers, which tells the cause."""
    return text.str.contains(r"[eE]\+", regex=True, na=False).to_numpy(bool)


def _is_whole(text: "pd.Series[str]") -> Mask:
    return text.str.fullmatch(_WHOLE, na=False).to_numpy(bool)


def _fails_check(text: "pd.Series[str]") -> Mask:
    fails = np.zeros(len(text), dtype=bool)
    whole = np.flatnonzero(_is_whole(text))
    if whole.size:
        numbers = text.iloc[whole].to_numpy(dtype=object).astype(f"S{_LENGTH}")
        letters = numbers.view(np.uint8).reshape(-1, _LENGTH)
        digits = letters[:, 1:18].astype(np.int64) - ord("0")
        fails[whole] = _CHECK[digits @ _WEIGHTS % 11] != letters[:, 18]
    return fails
