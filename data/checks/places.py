"""Where a rule was broken, and the findings that say so: listed cell by cell, or grouped."""

import re
from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.findings import Finding, Severity
from data.checks.draft import FIELD_NAMES, Draft

LISTED = 200
SHOWN_ROWS = 5
Mask = NDArray[np.bool_]
Words = tuple[str, str]

# A cell is quoted only while it can be no name and no pupil number: short, few digits.
_QUOTABLE = re.compile(r"[\d.,+\-_%eExX/:分约\s]{1,10}")
_MAX_DIGITS = 6

_NO_PLACES = pd.DataFrame(columns=["row", "line", "column", "value", "fault", "field"])
_NO_PLACES = _NO_PLACES.astype({"row": "int64", "line": "int64"})


def mark_places(draft: Draft, mask: Mask) -> pd.DataFrame:
    """Return the cells where the mask holds: row, line, column, value, fault."""
    if not mask.any():
        return no_places()
    found = draft.read[["row", "line", "column", "text", "fault"]].take(np.flatnonzero(mask))
    return found.rename(columns={"text": "value"})


def entry_places(draft: Draft, mask: Mask, name: str, *, fault: str = "") -> pd.DataFrame:
    """Return the entries where the mask holds, as cells of one field."""
    if not mask.any():
        return no_places()
    rows = draft.entries["row"].to_numpy()[mask]
    header, usual = draft.header(name), FIELD_NAMES[name]
    return pd.DataFrame({
        "row": rows, "line": rows, "column": header, "value": None, "fault": fault,
        "field": "" if header == usual else f"（{usual}）",
    })  # fmt: skip


def no_places() -> pd.DataFrame:
    """Return an empty table of places."""
    return _NO_PLACES.copy()


def listed(
    places: pd.DataFrame,
    *,
    check: str,
    words: Mapping[str, Words],
    severity: Severity = "error",
) -> list[Finding]:
    """Return one finding a place, at most 200, then one that gives the total.

    Parameters
    ----------
    places : DataFrame
        row, line, column, value, fault; further columns may be named in the words.
    words : mapping of str to (str, str)
        Chinese and English template by fault, with {line}, {column} and {value}; the last
        brings its own space in English, as it is empty where it may not be shown.
    """
    if places.empty:
        return []
    shown = places.head(LISTED)
    findings = [
        _finding(place, check=check, words=words, severity=severity)
        for place in shown.to_dict("records")
    ]
    if len(places) > LISTED:
        findings.append(
            Finding(
                severity,
                check,
                None,
                None,
                None,
                f"这类问题共 {len(places)} 处，只列出前 {LISTED} 处。改正后请重新上传。",
                f"Places of this kind: {len(places)}; the first {LISTED} are listed.",
            )
        )
    return findings


def _finding(
    place: Mapping[Hashable, object],
    *,
    check: str,
    words: Mapping[str, Words],
    severity: Severity,
) -> Finding:
    value = quotable(place["value"])
    told = {str(k): v for k, v in place.items()}
    zh, en = words[str(place["fault"])]
    shown_zh, shown_en = (f"“{value}”", f" {value!r}") if value else ("", "")
    return Finding(
        severity,
        check,
        int(str(place["line"])),
        str(place["column"]),
        value,
        zh.format(**told | {"value": shown_zh}),
        en.format(**told | {"value": shown_en}),
    )


def quotable(value: object) -> str | None:
    """Return a score cell's text if it may be shown: never what could be a name or a number."""
    if not isinstance(value, str) or not _QUOTABLE.fullmatch(value):
        return None
    return value if 0 < sum(c.isdigit() for c in value) <= _MAX_DIGITS else None


def grouped(
    places: pd.DataFrame, *, check: str, words: Words, severity: Severity
) -> list[Finding]:
    """Return one finding a column, with the count and the first rows.

    Parameters
    ----------
    words : (str, str)
        Chinese and English template with {column}, {n} and {rows}.
    """
    if places.empty:
        return []
    findings = []
    for column, part in places.groupby("column", sort=False):
        lines = part["line"]
        told = {"column": column, "n": len(part), "value": quotable(part["value"].iloc[0])}
        findings.append(
            Finding(
                severity,
                check,
                int(lines.iloc[0]),
                str(column),
                None,
                words[0].format(rows=rows_zh(lines), **told),
                words[1].format(rows=rows_en(lines), **told),
            )
        )
    return findings


def rows_zh(lines: "pd.Series[int]", *, shown: int = SHOWN_ROWS) -> str:
    """Return the first rows in words, such as 第 3、4 行."""
    more = "等" if len(lines) > shown else ""
    return f"第 {'、'.join(map(str, lines.head(shown)))} 行{more}"


def rows_en(lines: "pd.Series[int]", *, shown: int = SHOWN_ROWS) -> str:
    """Return the first rows in words, such as rows 3, 4."""
    more = ", ..." if len(lines) > shown else ""
    return f"rows {', '.join(map(str, lines.head(shown)))}{more}"
