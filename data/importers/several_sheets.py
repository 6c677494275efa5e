"""Several sheets of one header put together, as when each school or class has its own sheet.

Row numbers of such a sheet hold the sheet too: ``STEP`` times its number, from 1, and the row.
So each is unique, and ``in_sheets`` turns them into words that a person can follow.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
from data.importers.sheet_words import sheet_label

STEP = 10_000_000  # no sheet has as many rows
_ENCODED = re.compile(r"(?<![0-9.])[1-9][0-9]{7,8}(?![0-9])")
_SHOWN = 10
_PUPIL = ("pupil_number", "exam_number", "pupil_name")
_SCHOOL = ("school_code", "school_name")


def joined(sheets: Sequence[Sheet], labels: Sequence[str] = ()) -> tuple[Sheet, list[Finding]]:
    """Return one sheet from several: those with the header of the first table of pupils.

    The rows down to the header are taken from that sheet only; without such a table the first
    sheet counts.

    Parameters
    ----------
    labels : sequence of str
        What a message calls each sheet; by default by ``sheet_label``.
    """
    labels = labels or labels_of(sheets)
    heads = [_head(sheet) for sheet in sheets]
    base = next((i for i, head in enumerate(heads) if head.is_of_pupils), 0)
    first, own = sheets[base], heads[base]
    if len(sheets) == 1:
        return first, []
    others = [o for o in zip(sheets, heads, labels, strict=True) if o[0] is not first]
    alike = [(_below(s, h.end), name) for s, h, name in others if h.texts == own.texts != ()]
    unlike = [name for _, h, name in others if not h.texts == own.texts != ()]
    parts = [first, *(part for part, _ in alike)]
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
        parts=[labels[base], *(name for _, name in alike)],
    )
    return together, [*_together(together.parts), *_unlike(unlike, first=labels[base])]


def labels_of(sheets: Sequence[Sheet]) -> list[str]:
    """Return what a message calls sheets of which nothing else is known."""
    return [sheet_label(sheet.name, k) for k, sheet in enumerate(sheets, start=1)]


def which_sheets(sheets: Sequence[Sheet], labels: Sequence[str] = ()) -> list[Finding]:
    """Ask which sheets to read where several alike hold the pupils of different schools.

    Parameters
    ----------
    sheets : sequence of Sheet
        The one that would be read, then the others; their first rows are enough.
    labels : sequence of str
        What a message calls each sheet, and a person may call it in answer; by default by
        ``sheet_label``.

    Returns
    -------
    list of Finding
        One error that names the sheets, in its value with a slash between them: no name of a
        sheet may hold one. Nothing where the first sheet leaves no school out.
    """
    alike: dict[Header, list[tuple[int, frozenset[str]]]] = {}
    for k, sheet in enumerate(sheets):
        head = _head(sheet)
        if head.is_of_pupils:
            alike.setdefault(head.texts, []).append((k, _schools(sheet, head)))
    labels = labels or labels_of(sheets)
    for (first, schools), *others in alike.values():
        is_left_out = first > 0 or any(own - schools for _, own in others)
        if others and is_left_out:
            asked = [first, *(k for k, _ in others)]
            return [_which([sheets[k].name for k in asked], [labels[k] for k in asked])]
    return []


Header = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """A sheet's header.

    Attributes
    ----------
    end : int
        Position of the first row below it.
    texts : tuple
        Its texts without spaces, each with its column; empty where there is none.
    fields : mapping of str to int
        Columns of the fields that it names.
    """

    end: int = 0
    texts: Header = ()
    fields: Mapping[str, int] = field(default_factory=dict)

    @property
    def pupil(self) -> int | None:
        """Column that tells pupils apart, if any."""
        return next((self.fields[name] for name in _PUPIL if name in self.fields), None)

    @property
    def is_of_pupils(self) -> bool:
        """Whether it stands over a table of pupils."""
        return self.pupil is not None


def _head(sheet: Sheet) -> _Head:
    words = HeaderWords()
    rows = find_header_rows(sheet, words=words)
    if rows is None:
        return _Head()
    levels = [row_texts(sheet, position) for position in range(rows.top, rows.last + 1)]
    texts = tuple(tuple(f"{i}{squeezed(t)}" for i, t in level.items()) for level in levels)
    meanings = [(i, words.of(text)) for level in levels for i, text in level.items()]
    fields = {meaning.name: i for i, meaning in meanings if meaning.role == "field"}
    return _Head(rows.last + 1, texts, fields)


def _schools(sheet: Sheet, head: _Head) -> frozenset[str]:
    """Return the schools of the pupils' rows."""
    column = next((head.fields[name] for name in _SCHOOL if name in head.fields), None)
    if column is None or head.pupil is None:
        return frozenset()
    below = sheet.text.iloc[head.end :]
    schools = below.iloc[:, column][below.iloc[:, head.pupil].notna()]
    return frozenset(squeezed(str(text)) for text in schools.dropna().unique())


def _which(names: Sequence[str], labels: Sequence[str]) -> Finding:
    listed = "、".join(labels[:_SHOWN])
    answers = [
        name if label == plain(name) else label
        for name, label in zip(names, labels, strict=True)
    ]
    listed += "……" if len(names) > _SHOWN else ""
    return remark(
        "error", "which_sheet",
        f"有 {len(names)} 张工作表的表头相同，都是学生名单，学校却不同：{listed}。没有读取，"
        "请选择一张：--sheet 名称；全部一起读取：--sheet \"*\"。",
        f"Sheets with the same header that list pupils of different schools: {len(names)} "
        f"({listed}). None was read. Choose one with --sheet NAME, or read all of them "
        "together with --sheet \"*\".",
        value="/".join(answers[:_SHOWN]),
    )  # fmt: skip


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
    listed = "、".join(names[:_SHOWN])
    listed += "……" if len(names) > _SHOWN else ""
    return [remark(
        "note", "sheets_together",
        f"{len(names)} 张表头相同的工作表已合并读取：{listed}。",
        f"Sheets with the same header were read together: {len(names)} ({listed}).",
    )]  # fmt: skip


def _unlike(names: Sequence[str], *, first: str) -> list[Finding]:
    if not names:
        return []
    listed = "、".join(names[:_SHOWN])
    return [remark(
        "warning", "several_sheets",
        f"有 {len(names)} 张工作表的表头与“{first}”不同，没有读取：{listed}。"
        f"如需导入，请统一表头，或用 --sheet 名称 单独导入。",
        f"Sheets whose header differs from that of {first} were not read: {len(names)} "
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
        return f"{names[number // STEP - 1]}!{number % STEP}"

    row = finding.row
    return replace(
        finding,
        row=row if row is None or row < STEP else row % STEP,
        message_zh=_ENCODED.sub(place, finding.message_zh),
        message_en=_ENCODED.sub(place, finding.message_en),
    )
