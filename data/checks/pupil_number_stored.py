"""A pupil number must be stored as text: as a number it loses digits beyond the fifteenth."""

import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import Mask, entry_places, grouped, listed

_MAX_DIGITS = 15  # what a spreadsheet keeps of a number
_WORDS = {
    "": (
        "第 {line} 行的学籍号存成了数值，超过 15 位的尾数已经丢失。"
        "请把“{column}”列设为文本格式，从原系统重新填写。",
        "Row {line}: the pupil number in {column} is stored as a number; the digits beyond the "
        "fifteenth are lost. Format the column as text and fill it in again.",
    )
}
_SHORT = (
    "“{column}”列有 {n} 个学籍号存成了数值（{rows}），开头的 0 可能已经丢失。"
    "请核对，最好把该列设为文本格式。",
    "Pupil numbers in {column} that are stored as numbers: {n} ({rows}). Leading zeros may be "
    "lost; check them, and better format the column as text.",
)


def find_pupil_number_stored(draft: Draft) -> pd.DataFrame:
    """Return the rows whose pupil number lost digits."""
    is_long = draft.clean.frame["pupil_number"].str.len().gt(_MAX_DIGITS).to_numpy(bool)
    return entry_places(
        draft, (_is_number(draft) & is_long) | _is_exponent(draft), "pupil_number"
    )


def check_pupil_number_stored(draft: Draft) -> list[Finding]:
    """Refuse pupil numbers that lost digits; warn of those that may have lost zeros."""
    lost = find_pupil_number_stored(draft)
    is_kept = _is_number(draft) & ~draft.entries["row"].isin(lost["row"]).to_numpy()
    kept = entry_places(draft, is_kept, "pupil_number")
    return [
        *listed(lost, check="pupil_number_stored", words=_WORDS),
        *grouped(kept, check="pupil_number_stored", words=_SHORT, severity="warning"),
    ]


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
