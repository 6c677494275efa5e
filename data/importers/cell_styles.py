"""Formats of a workbook that change what a number means: per cent, dates, words."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from data.importers.number_format import NumberFormat
from data.importers.xml_part import Budget, local, scan_part

_PERCENT_BUILTIN = {9, 10}  # ECMA-376 part 1, 18.8.30: 0% and 0.00%
_QUOTED = re.compile(r'"[^"]*"|\\.')
# ECMA-376 part 1, 18.8.30, with the dates of the Chinese and Japanese lists.
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)}
_NO_SIGN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_SIGN = re.compile(r"[dmyhse]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellStyles:
    """Formats that change what a number means, by the value of a cell's ``s``.

    Attributes
    ----------
    percent : frozenset of int
    date : frozenset of int
        Those that may be a date; never too few.
    words : mapping of int to NumberFormat
        Those that show some number as a word, or not at all.
    """

    percent: frozenset[int] = frozenset()
    date: frozenset[int] = frozenset()
    words: Mapping[int, NumberFormat] = field(default_factory=dict)


def read_cell_styles(archive: zipfile.ZipFile, name: str, *, budget: Budget) -> CellStyles:
    """Return the formats that a workbook's part of styles defines."""
    formats: dict[str, str] = {}
    used: list[str] = []
    inside = [False]

    def on_start(element: str, attrs: dict[str, str]) -> None:
        kind = local(element)
        if kind == "numFmt":
            formats[_plain(attrs.get("numFmtId", ""))] = attrs.get("formatCode", "")
        elif kind in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            inside[0] = kind == "cellXfs"
        elif kind == "xf" and inside[0]:
            used.append(_plain(attrs.get("numFmtId", "0")))

    scan_part(archive, name, on_start=on_start, budget=budget)
    dates = {str(code) for code in _DATES}
    dates |= {code for code, text in formats.items() if _may_be_date(text)}
    percent = {str(code) for code in _PERCENT_BUILTIN}
    percent |= {code for code, text in formats.items() if "%" in _QUOTED.sub("", text)}
    words = {code: NumberFormat(text) for code, text in formats.items()}
    return CellStyles(
        percent=frozenset(style for style, code in enumerate(used) if code in percent),
        date=frozenset(style for style, code in enumerate(used) if code in dates),
        words={
            style: words[code]
            for style, code in enumerate(used)
            if code in words and words[code].may_show_words
        },
    )


def _plain(number: str) -> str:
    """Return a number as it is usually written, without a sign or zeros before it."""
    return number.strip().lstrip("+").lstrip("0") or "0"


def _may_be_date(text: str) -> bool:
    return bool(_ELAPSED.search(text) or _DATE_SIGN.search(_NO_SIGN.sub("", text)))
