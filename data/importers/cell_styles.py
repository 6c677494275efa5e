"""Formats of a workbook that make a number a date or a per cent."""

import re
import zipfile
from dataclasses import dataclass

from data.importers.xml_part import Budget, local, scan_part

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
    """

    percent: frozenset[int] = frozenset()
    date: frozenset[int] = frozenset()


def read_cell_styles(
    archive: zipfile.ZipFile, *, percent: set[str], budget: Budget
) -> CellStyles:
    """Return the formats of a workbook; ``percent`` as ``WorkbookParts`` names them."""
    names = {name.lower(): name for name in archive.namelist()}
    formats: dict[str, str] = {}
    used: list[str] = []
    inside = [False]

    def on_start(element: str, attrs: dict[str, str]) -> None:
        kind = local(element)
        if kind == "numFmt":
            formats[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
        elif kind in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            inside[0] = kind == "cellXfs"
        elif kind == "xf" and inside[0]:
            used.append(attrs.get("numFmtId", "0"))

    if "xl/styles.xml" in names:
        scan_part(archive, names["xl/styles.xml"], on_start=on_start, budget=budget)
    dates = {str(code) for code in _DATES}
    dates |= {code for code, text in formats.items() if _may_be_date(text)}
    return CellStyles(
        percent=frozenset(int(style) for style in percent),
        date=frozenset(style for style, code in enumerate(used) if code in dates),
    )


def _may_be_date(text: str) -> bool:
    return bool(_ELAPSED.search(text) or _DATE_SIGN.search(_NO_SIGN.sub("", text)))
