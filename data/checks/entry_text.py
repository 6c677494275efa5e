"""Put right what is safe to put right in entries: spaces, middle dots, letter case.

Only values that look unusual are touched; what stays odd is for the checks to refuse.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
TEXT_FIELDS = ("school_code", "school_name", "township", "class_name", "pupil_name", "sex")
NUMBER_FIELDS = ("pupil_number", "exam_number")
FIELDS = (*TEXT_FIELDS, *NUMBER_FIELDS)

_PLAIN = "[一-鿿0-9A-Za-z]*"  # nothing to do; plain ranges, which every regex engine reads
_PLAIN_NUMBER = "[0-9A-Z]*"
_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACE_IN_HAN = re.compile(rf"(?<=[{_HAN}·])\s+(?=[{_HAN}·])")
_SPACE_AT_HAN = re.compile(rf"(?<=[{_HAN}])\s+(?=[0-9(])|(?<=[0-9)])\s+(?=[{_HAN}])")
_DOTS = re.compile(r"[•．‧・･●⋅∙]")
_DOT_IN_HAN = re.compile(rf"(?<=[{_HAN}])\.(?=[{_HAN}])")
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
_CODE = re.compile(r"[0-9A-Za-z-]*[0-9][0-9A-Za-z-]*")
_SEXES = {
    **dict.fromkeys(("男", "男生", "男性", "m", "male", "boy"), "男"),
    **dict.fromkeys(("女", "女生", "女性", "f", "female", "girl"), "女"),
}
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True, eq=False)
class CleanEntries:
    """Entries after cleaning.

    Attributes
    ----------
    frame : DataFrame
        ENTRIES with its further columns; same rows in the same order.
    changed : dict of str to ndarray of bool, shape (n_rows,)
        By ``"<field>:<change>"``: rows of which that field was changed. Changes are
        ``space``, ``dot``, ``width`` (of a class), ``letter`` (case, width, a leading
        apostrophe).
    unknown_sex : ndarray of bool, shape (n_rows,)
        Rows whose word for the sex is neither; ``frame`` holds 男, 女 or null.
    """

    frame: pd.DataFrame
    changed: dict[str, Mask]
    unknown_sex: Mask


def clean_entries(entries: pd.DataFrame) -> CleanEntries:
    """Clean the text columns of ENTRIES."""
    frame, changed = entries.copy(), {}
    for name in FIELDS:
        pattern = _PLAIN_NUMBER if name in NUMBER_FIELDS else _PLAIN
        usual = entries[name].str.fullmatch(pattern, na=True)
        odd = np.flatnonzero(~usual.to_numpy(bool))
        if not odd.size:
            continue
        before = entries[name].to_numpy(dtype=object).copy()
        for change, step in _STEPS[name]:
            after = before.copy()
            after[odd] = [step(text) for text in before[odd]]
            differs = np.zeros(len(after), dtype=bool)
            differs[odd] = after[odd] != before[odd]
            if differs.any():
                changed[f"{name}:{change}"] = differs
            before = after
        frame[name] = pd.array([text or None for text in before], dtype="str")
    words = frame["sex"]
    frame["sex"] = words.map({word: sex_of(str(word)) for word in words.dropna().unique()})
    frame["sex"] = frame["sex"].astype("str")
    unknown = (words.notna() & frame["sex"].isna()).to_numpy(bool)
    return CleanEntries(frame=frame, changed=changed, unknown_sex=unknown)


def sex_of(word: str) -> str | None:
    """Return 男 or 女, or None for a word that means neither.

    Examples
    --------
    >>> sex_of("女生"), sex_of("Male"), sex_of("5")
    ('女', '男', None)
    """
    return _SEXES.get(_no_spaces(unicodedata.normalize("NFKC", word)).casefold())


def _spaces(text: str) -> str:
    return _SPACE_IN_HAN.sub("", " ".join(text.split()))


def _class_spaces(text: str) -> str:
    return _SPACE_AT_HAN.sub("", _spaces(text))


def _width(text: str) -> str:
    return text.translate(_FULL_WIDTH)


def clean_number(text: str) -> str:
    """Return a pupil number as files are cleaned: no spaces, capitals, usual width.

    Examples
    --------
    >>> clean_number(" ｇ12x "), clean_number("a2023-01")
    ('G12X', 'A2023-01')
    """
    for _, step in _NUMBER_STEPS:
        text = step(text)
    return text


def _dots(text: str) -> str:
    return _DOT_IN_HAN.sub("·", _DOTS.sub("·", text))


def _no_spaces(text: str) -> str:
    return "".join(text.split())


def _letters(text: str) -> str:
    bare = _QUOTED_FORMULA.sub(r"\1", text.translate(_FULL_WIDTH).removeprefix("'"))
    return bare.upper() if _CODE.fullmatch(bare) else bare


Step = tuple[str, Callable[[str], str]]
_TEXT_STEPS: tuple[Step, ...] = (("space", _spaces), ("dot", _dots))
_CLASS_STEPS: tuple[Step, ...] = (("width", _width), ("space", _class_spaces), ("dot", _dots))
_NUMBER_STEPS: tuple[Step, ...] = (("space", _no_spaces), ("letter", _letters))
_STEPS = {
    **dict.fromkeys(TEXT_FIELDS, _TEXT_STEPS),
    **dict.fromkeys(NUMBER_FIELDS, _NUMBER_STEPS),
    "class_name": _CLASS_STEPS,
}
