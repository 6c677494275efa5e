"""Cells of names, schools and classes must be plain text or numbers."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.entry_text import FIELDS
from data.checks.places import entry_places, grouped, listed, no_places

_WORDS = {
    "error": (
        "第 {line} 行“{column}”是错误值，或是没有计算结果的公式。"
        "请在 Excel 或 WPS 中打开、重新计算并保存，或粘贴为数值，或改成文字。",
        "Row {line}, {column}: an error value, or a formula without a stored result. Open the "
        "file in Excel or WPS, recalculate and save it, or paste as values, or type the text.",
    ),
    "date": (
        "第 {line} 行“{column}”被存成了日期或时间（例如“7-1”班会变成日期）。"
        "请把该列设为文本格式后重新填写。",
        "Row {line}, {column}: stored as a date or time, as happens to a class 7-1. Format the "
        "column as text and fill it in again.",
    ),
    "boolean": (
        "第 {line} 行“{column}”是布尔值 TRUE 或 FALSE。请改成文字。",
        "Row {line}, {column}: a truth value, TRUE or FALSE. Type the text.",
    ),
}
_FORMULA = (
    "“{column}”列有 {n} 个单元格是公式（{rows}），用了其中保存的结果。请核对，最好粘贴为数值。",
    "Cells in {column} that are formulas: {n} ({rows}); their stored results were used. Check "
    "them, and better paste them as values.",
)


def find_entry_cells(draft: Draft) -> pd.DataFrame:
    """Return the cells that are errors, dates or truth values."""
    found = [
        entry_places(draft, mask, name, fault=fault)
        for name in FIELDS
        for fault in _WORDS
        if (mask := _of_kind(draft, name, fault)).any()
    ]
    return pd.concat(found, ignore_index=True) if found else no_places()


def check_entry_cells(draft: Draft) -> list[Finding]:
    """Refuse errors, dates and truth values; warn of formulas."""
    formulas = [
        finding
        for name in FIELDS
        if (mask := _of_kind(draft, name, "formula")).any()
        for finding in grouped(
            entry_places(draft, mask, name),
            check="entry_cells",
            words=_FORMULA,
            severity="warning",
        )
    ]
    return [*listed(find_entry_cells(draft), check="entry_cells", words=_WORDS), *formulas]


def _of_kind(
    draft: Draft, name: str, kind: str
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return (draft.kind(name) == kind).to_numpy(dtype=bool)
