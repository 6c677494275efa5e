"""Cells merged over several pupils or subjects: only the first of them has a value."""

import numpy as np
from numpy.typing import NDArray

from core.findings import Finding
from data.importers.header_row import Columns
from data.importers.merged_cells import FILLED
from data.importers.remarks import remark
from data.importers.sheet import Sheet

_SHOWN = 5


def check_merged_marks(
    sheet: Sheet, columns: Columns, *, rows: NDArray[np.intp]
) -> list[Finding]:
    """Refuse merged cells that leave a pupil without the mark or name that he is shown with.

    Columns of schools, classes and places are filled downward and may be merged.

    Parameters
    ----------
    rows : ndarray of int, shape (n_pupils,)
        Positions of the pupils' rows in the sheet.
    """
    if not len(sheet.merged):
        return []
    read = {*columns.subjects.values(), *columns.long.values()}
    read |= {i for name, i in columns.fields.items() if name not in FILLED}
    read |= set() if columns.total is None else {columns.total}
    merged = np.array(sheet.merged, dtype=np.int64)
    lost = {i: _covered(merged, sheet.lines[rows], column=i + 1) for i in sorted(read)}
    return [_finding(columns.headers[i], lines) for i, lines in lost.items() if lines.size]


def _covered(
    merged: NDArray[np.int64], lines: NDArray[np.int64], *, column: int
) -> NDArray[np.int64]:
    """Return the rows, of those given, whose cell of a column is merged into another one."""
    is_over = (merged[:, 2] <= column) & (column <= merged[:, 3])
    top, bottom, left, _ = merged[is_over].T
    start = np.searchsorted(lines, top + (left == column))  # below the cell that has a value
    end = np.maximum(np.searchsorted(lines, bottom, side="right"), start)
    n = lines.size + 1
    inside = np.cumsum(np.bincount(start, minlength=n) - np.bincount(end, minlength=n))
    found: NDArray[np.int64] = lines[inside[:-1] > 0]
    return found


def _finding(header: str, lines: NDArray[np.int64]) -> Finding:
    shown = lines[:_SHOWN].tolist()
    more, more_en = ("等", ", ...") if len(lines) > len(shown) else ("", "")
    return remark(
        "error", "merged_marks",
        f"“{header}”列有合并单元格，第 {'、'.join(map(str, shown))} 行{more}共 {len(lines)} 行"
        "没有自己的内容，不能判断是否相同。请取消合并，逐格填写后重新上传。",
        f"Merged cells in {header} leave rows without a content of their own: {len(lines)} "
        f"(rows {', '.join(map(str, shown))}{more_en}). Unmerge them, fill in every cell, and "
        f"upload again.",
        row=shown[0], column=header)  # fmt: skip
