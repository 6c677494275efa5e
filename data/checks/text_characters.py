"""Names hold letters, digits and few signs: nothing a page, a sheet or a database may run."""

import unicodedata
from functools import lru_cache

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.entry_text import TEXT_FIELDS
from data.checks.places import entry_places, listed, no_places

_ODD = "[一-鿿0-9A-Za-z·]*"
_ALLOWED_SIGNS = frozenset(" ·-—.()（）、“”")
_ALLOWED_CLASSES = ("L", "M", "Nd", "Nl")
_FORMULA_STARTS = ("=", "+", "-", "@")

_WORDS = {
    "formula": (
        "第 {line} 行“{column}”{field}以 = + - @ 开头，像公式，含非法字符。请改成普通文字。",
        "Row {line}, {column}: starts with = + - or @ like a formula. Type plain text.",
    ),
    "invisible": (
        "第 {line} 行“{column}”{field}含不可见的控制字符（非法字符）。请删除后重新输入。",
        "Row {line}, {column}: holds invisible control characters. Delete and retype it.",
    ),
    "sign": (
        "第 {line} 行“{column}”{field}含非法字符。只能用文字、数字、间隔号 ·、"
        "连字符和圆括号，请改正。",
        "Row {line}, {column}: holds characters that are not allowed. Use letters, digits, "
        "the middle dot, hyphens and round brackets.",
    ),
}


def find_text_characters(draft: Draft) -> pd.DataFrame:
    """Return the cells with characters that a name does not need."""
    found = []
    for name in TEXT_FIELDS:
        text = draft.clean.frame[name]
        odd = np.flatnonzero(~text.str.fullmatch(_ODD, na=True).to_numpy(bool))
        if not odd.size:
            continue
        faults = np.full(len(text), "", dtype=object)
        faults[odd] = [fault_of(str(value)) for value in text.iloc[odd]]
        found += [
            entry_places(draft, faults == fault, name, fault=fault)
            for fault in _WORDS
            if (faults == fault).any()
        ]
    return pd.concat(found, ignore_index=True) if found else no_places()


def check_text_characters(draft: Draft) -> list[Finding]:
    """Refuse control characters, markup, formulas and the like; the text is never shown."""
    return listed(find_text_characters(draft), check="text_characters", words=_WORDS)


def fault_of(text: str) -> str:
    """Return what is wrong with a name: formula, invisible or sign; empty if nothing is."""
    kinds = {_kind(c) for c in text}
    if "invisible" in kinds:
        return "invisible"
    if text.startswith(_FORMULA_STARTS):
        return "formula"
    return "sign" if "sign" in kinds else ""


@lru_cache(maxsize=1 << 16)
def _kind(character: str) -> str:
    """Return what is wrong with one character, or nothing."""
    if character in _ALLOWED_SIGNS:
        return ""
    category = unicodedata.category(character)
    if category[0] == "C" or category in {"Zl", "Zp"}:
        return "invisible"
    return "" if category.startswith(_ALLOWED_CLASSES) else "sign"
