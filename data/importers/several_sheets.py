"""Several sheets of one header put together, as when each school or class has its own sheet.

Row numbers of such a sheet hold the sheet too: ``STEP`` times its number, from 1, and the row.
So each is unique, and ``in_sheets`` turns them into words that a person can follow.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.findings import Finding
from data.importers.grid import EMPTY
from data.importers.header_search import find_header_rows, row_texts
from data.importers.header_words import HeaderWords
from data.importers.headers import squeezed
from data.importers.remarks import plain, remark
from data.importers.sheet import Sheet

STEP = 10_000_000  # no sheet has as many rows
_ENCODED = re.compile(r"(?<![0-9.])[1-9][0-9]{7,8}(?![0-9])")
_SHOWN = 10


def joined(sheets: Sequence[Sheet]) -> tuple[Sheet, list[Finding]]:
    """Return one sheet from several: those whose header equals the first's.

    The rows down to the header are taken from the first sheet only.
    """
    first, *others = sheets
    if not others:
        return first, []
    _, header = _head(first)
    heads = [_head(sheet) for sheet in others]
    is_alike = [own == header != () for _, own in heads]
    alike = [
        _below(s, at) for s, (at, _), is_ in zip(others, heads, is_alike, strict=True) if is_
    ]
    parts = [first, *alike]
    unlike = [s.name for s, is_ in zip(others, is_alike, strict=True) if not is_]
    width = max(part.kinds.shape[1] for part in parts)
    together = Sheet(
        name=first.name,
        text=pd.concat([part.text for part in parts], ignore_index=True),
        kinds=np.concatenate([_widened(part.kinds, width) for part in parts]),
        lines=np.concatenate([STEP * k + p.lines for k, p in enumerate(parts, start=1)]),
        merged=[
            (STEP * k + top, STEP * k + bottom, left, right)
            for k, part in enumerate(parts, start=1)
            for top, bottom, left, right in part.merged
        ],
        parts=[part.name for part in parts],
    )
    return together, [*_together(together.parts), *_unlike(unlike, first=first.name)]


Header = tuple[tuple[str, ...], ...]


def _head(sheet: Sheet) -> tuple[int, Header]:
    """Return where the rows below the header begin, and the header's texts without spaces."""
    rows = find_header_rows(sheet, words=HeaderWords())
    if rows is None:
        return 0, ()
    levels = [row_texts(sheet, position) for position in range(rows.top, rows.last + 1)]
    return rows.last + 1, tuple(
        tuple(f"{i}{squeezed(text)}" for i, text in level.items()) for level in levels
    )


def _below(sheet: Sheet, start: int) -> Sheet:
    return replace(
        sheet,
        text=sheet.text.iloc[start:],
        kinds=sheet.kinds[start:],
        lines=sheet.lines[start:],
    )


def _widened(kinds: NDArray[np.int8], width: int) -> NDArray[np.int8]:
    return np.pad(kinds, ((0, 0), (0, width - kinds.shape[1])), constant_values=EMPTY)


def _together(names: Sequence[str]) -> list[Finding]:
    if len(names) == 1:
        return []
    listed = "、".join(plain(name) for name in names[:_SHOWN])
    listed += "……" if len(names) > _SHOWN else ""
    return [remark(
        "note", "sheets_together",
        f"{len(names)} 张表头相同的工作表已合并读取：{listed}。",
        f"Sheets with the same header were read together: {len(names)} ({listed}).",
    )]  # fmt: skip


def _unlike(names: Sequence[str], *, first: str) -> list[Finding]:
    if not names:
        return []
    listed = "、".join(plain(name) for name in names[:_SHOWN])
    return [remark(
        "warning", "several_sheets",
        f"有 {len(names)} 张工作表的表头与“{plain(first)}”不同，没有读取：{listed}。"
        f"如需导入，请统一表头，或用 --sheet 名称 单独导入。",
        f"Sheets whose header differs from that of {plain(first)} were not read: {len(names)} "
        f"({listed}). Make the headers equal, or import each with --sheet NAME.",
    )]  # fmt: skip


def in_sheets(findings: Iterable[Finding], sheet: Sheet) -> list[Finding]:
    """Return findings that name sheet and row where several sheets were read together.

    Row numbers in a message become as in 一中!5: the sheet, and the row as it is shown there.
    """
    if not sheet.parts:
        return list(findings)
    rows = set(sheet.lines.tolist())
    return [_in_sheet(finding, sheet.parts, rows) for finding in findings]


def _in_sheet(finding: Finding, names: Sequence[str], rows: set[int]) -> Finding:
    def place(match: re.Match[str]) -> str:
        number = int(match[0])
        if number not in rows:
            return match[0]
        return f"{plain(names[number // STEP - 1])}!{number % STEP}"

    row = finding.row
    return replace(
        finding,
        row=row if row is None or row < STEP else row % STEP,
        message_zh=_ENCODED.sub(place, finding.message_zh),
        message_en=_ENCODED.sub(place, finding.message_en),
    )
