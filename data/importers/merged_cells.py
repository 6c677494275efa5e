"""Cells merged downward, such as a school over its pupils: filled where the file says so."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from core.findings import Finding
from data.importers.grid import BLANK, EMPTY
from data.importers.header_row import Columns
from data.importers.remarks import remark
from data.importers.sheet import Sheet

FILLED = ("school_code", "school_name", "township", "class_name", "grade")


def filled_down(sheet: Sheet, columns: Columns, *, at: int) -> tuple[Sheet, list[Finding]]:
    """Return the sheet with the merged cells of schools, classes and places filled downward.

    Only cells that the workbook itself merged are filled, and only where they are empty; a
    number or a mark is never carried to another pupil.

    Parameters
    ----------
    at : int
        Last row of the header.
    """
    text, kinds, findings = sheet.text, sheet.kinds, []
    for name in FILLED:
        position = columns.fields.get(name)
        if position is None:
            continue
        source = _source(sheet, position, at=at)
        filled = np.flatnonzero(source != np.arange(source.size))
        if filled.size:
            column = text.iloc[:, position].array.take(source)
            text = text.assign(**{str(text.columns[position]): column})
            kinds = kinds.copy()
            kinds[:, position] = sheet.kinds[source, position]
            findings.append(_note(columns.headers[position], filled.size))
    return replace(sheet, text=text, kinds=kinds), findings


def _source(
    sheet: Sheet, position: int, *, at: int
) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    """Return for each row the row whose cell of this column it shows."""
    source = np.arange(len(sheet.lines))
    is_empty = np.isin(sheet.kinds[:, position], (EMPTY, BLANK))
    for first, last in _merged_rows(sheet, position):
        start, end = np.searchsorted(sheet.lines, (first, last + 1))
        if start > at and end - start > 1 and sheet.lines[start] == first:
            below = np.arange(start + 1, end)
            source[below[is_empty[below]]] = start
    return source


def _merged_rows(sheet: Sheet, position: int) -> Iterable[tuple[int, int]]:
    return [
        (top, bottom)
        for top, bottom, left, right in sheet.merged
        if left == right == position + 1 and bottom > top
    ]


def _note(header: str, count: int) -> Finding:
    return remark(
        "note", "merged_cells",
        f"“{header}”列有合并单元格，已按合并的范围向下填充 {count} 行。",
        f"Merged cells in {header} were filled downward over the rows that they cover: "
        f"{count}.",
        column=header)  # fmt: skip
