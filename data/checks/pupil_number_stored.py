"""A pupil number must be stored as text: as a number it loses digits beyond the fifteenth."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import Mask, entry_places, grouped, listed

_MAX_DIGITS = 15  # what a spreadsheet keeps of a number
_LOST = rf"[0-9]{{{_MAX_DIGITS}}}0+"  # what it writes into a text file of a longer one
# Zeros that several numbers have by chance: one time in ten thousand, at one in ten a digit.
_LEAST_ZEROS = 4
_WORDS = {
    "": (
        "第 {line} 行的学籍号存成了数值，超过 15 位的尾数已经丢失。"
        "请把“{column}”列设为文本格式，从原系统重新填写。",
        "Row {line}: the pupil number in {column} is stored as a number; the digits beyond the "
        "fifteenth are lost. Format the column as text and fill it in again.",
    ),
    "zeros": (
        "第 {line} 行的学籍号第 15 位以后都是 0，本文件多数长学籍号都是这样：曾被存成数值，"
        "尾数已经丢失。请把“{column}”列设为文本格式，从原系统重新导出或填写。",
        "Row {line}: the pupil number in {column} has only zeros beyond its fifteenth digit, "
        "as most long ones of this file: they were stored as numbers and lost their last "
        "digits. Format the column as text and export or fill it in again.",
    ),
}
_SHORT = (
    "“{column}”列有 {n} 个学籍号存成了数值（{rows}），开头的 0 可能已经丢失。"
    "请核对，最好把该列设为文本格式。",
    "Pupil numbers in {column} that are stored as numbers: {n} ({rows}). Leading zeros may be "
    "lost; check them, and better format the column as text.",
)
_ZEROS = (
    "“{column}”列有 {n} 个学籍号第 15 位以后都是 0（{rows}），尾数可能已经丢失。请核对。",
    "Pupil numbers in {column} with only zeros beyond the fifteenth digit: {n} ({rows}). Their "
    "last digits may be lost; check them.",
)


def find_pupil_number_stored(draft: Draft) -> pd.DataFrame:
    """Return the rows whose pupil number lost digits."""
    is_long = draft.clean.frame["pupil_number"].str.len().gt(_MAX_DIGITS).to_numpy(bool)
    is_lost = (_is_number(draft) & is_long) | _is_exponent(draft)
    zeros, are_most = _zeros(draft)
    found = [entry_places(draft, is_lost, "pupil_number")]
    if are_most:
        found.append(entry_places(draft, zeros & ~is_lost, "pupil_number", fault="zeros"))
    return pd.concat(found, ignore_index=True).sort_values("row", kind="stable")


def check_pupil_number_stored(draft: Draft) -> list[Finding]:
    """Refuse pupil numbers that lost digits; warn of those that may have lost some."""
    lost = find_pupil_number_stored(draft)
    is_found = draft.entries["row"].isin(lost["row"]).to_numpy()
    kept = entry_places(draft, _is_number(draft) & ~is_found, "pupil_number")
    zeros = entry_places(draft, _zeros(draft)[0] & ~is_found, "pupil_number")
    check = "pupil_number_stored"
    return [
        *listed(lost, check=check, words=_WORDS),
        *grouped(kept, check=check, words=_SHORT, severity="warning"),
        *grouped(zeros, check=check, words=_ZEROS, severity="warning"),
    ]


def _zeros(draft: Draft) -> tuple[Mask, bool]:
    """Return which numbers end in zeros from the sixteenth digit on, and if most long ones do.

    A number of its own may end so; most numbers do where a spreadsheet saved them as text.
    """
    text = draft.clean.frame["pupil_number"]
    length = text.str.len().to_numpy(np.float64, na_value=0)
    if (length <= _MAX_DIGITS).all():
        return np.zeros(len(text), dtype=bool), False
    is_long = text.str.fullmatch(rf"[0-9]{{{_MAX_DIGITS + 1},}}", na=False).to_numpy(bool)
    zeros = is_long & text.str.fullmatch(_LOST, na=False).to_numpy(bool)
    n_zeros = float((length[zeros] - _MAX_DIGITS).sum())
    return zeros, bool(2 * zeros.sum() > is_long.sum() and n_zeros >= _LEAST_ZEROS)


def _is_number(draft: Draft) -> Mask:
    kind = draft.kind("pupil_number")
    is_digits = draft.clean.frame["pupil_number"].str.fullmatch("[0-9.]+", na=False)
    computed = (kind == "formula").to_numpy(bool) & is_digits.to_numpy(bool)
    return (kind == "number").to_numpy(bool) | computed


def _is_exponent(draft: Draft) -> Mask:
    """Find numbers that were written as 9.99E+17 on the way into a text file."""
    text = draft.clean.frame["pupil_number"]
    found = text.str.fullmatch(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+", na=False)
    return found.to_numpy(bool)
