"""A sheet as it came out of the child: text cells, their kinds, their own row numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from core.findings import Finding
from data.importers.grid import KINDS
from data.importers.packed_sheet import NO_TEXT, PackedSheet
from data.importers.report import BrokenReportError, SheetSize
from data.importers.sheet_scan import Range

__all__ = ["Range", "Reading", "Sheet", "SheetSize", "sheet_of", "text_array"]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Filled rows of the sheet that was read, or of several alike.

    Attributes
    ----------
    name : str
        Name of the sheet; empty for a text file.
    text : DataFrame, shape (n_rows, n_columns)
        Columns v0, v1, ... of text; null where the cell is empty.
    kinds : ndarray of int8, shape (n_rows, n_columns)
        Position in ``data.importers.grid.KINDS``.
    lines : ndarray of int64, shape (n_rows,)
        Row numbers as a spreadsheet shows them; blank rows are left out. Of several sheets:
        see ``data.importers.several_sheets``.
    merged : sequence of (int, int, int, int)
        Merged cells: first and last row, first and last column, all from 1.
    parts : sequence of str
        What messages call the sheets that were put together; empty where it is one.
    """

    name: str
    text: pd.DataFrame
    kinds: NDArray[np.int8]
    lines: NDArray[np.int64]
    merged: Sequence[Range] = ()
    parts: Sequence[str] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Outcome of reading a file.

    Attributes
    ----------
    sheet : Sheet or None
        None when the file was refused.
    findings : tuple of Finding
    sheets : tuple of SheetSize
        Every sheet of the file with its visibility and the extent that it fills, in the order
        of the tabs; empty for a text file.
    """

    sheet: Sheet | None
    findings: tuple[Finding, ...]
    sheets: tuple[SheetSize, ...] = ()


def sheet_of(packed: PackedSheet) -> Sheet:
    """Return a sheet from the bytes that the child wrote.

    Raises
    ------
    BrokenReportError
        When a place, a kind, a line or a text is not what it may be.
    """
    shape = (packed.n_columns, packed.n_rows)
    codes = np.frombuffer(packed.codes, dtype=np.int32).reshape(shape)
    kinds = np.frombuffer(packed.kinds, dtype=np.int8).reshape(shape)
    lines = np.frombuffer(packed.lines, dtype=np.int32).astype(np.int64)
    texts = _texts(packed)
    if not (_inside(codes, NO_TEXT, len(texts)) and _inside(kinds, 0, len(KINDS))):
        raise BrokenReportError
    if (np.diff(lines, prepend=0) <= 0).any():
        raise BrokenReportError
    columns = {
        f"v{i}": text_array(texts.take(pa.array(code, mask=code == NO_TEXT)))
        for i, code in enumerate(codes)
    }
    return Sheet(packed.name, pd.DataFrame(columns), kinds.T, lines, merged=packed.merged)


def text_array(texts: pa.Array) -> pd.api.extensions.ExtensionArray:
    """Return an Arrow array of text as a column of a frame, without a copy."""
    column: pd.api.extensions.ExtensionArray = pd.array(texts, dtype="str")
    return column


def _inside(found: NDArray[np.generic], low: int, end: int) -> bool:
    return found.size == 0 or bool(found.min() >= low and found.max() < end)


def _texts(packed: PackedSheet) -> pa.Array:
    """Return the texts after Arrow's own full check of places and UTF-8."""
    offsets = packed.texts.offsets
    if not offsets or len(offsets) % 4:
        raise BrokenReportError
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(packed.texts.blob)]
    try:
        texts = pa.Array.from_buffers(pa.utf8(), len(offsets) // 4 - 1, buffers)
        texts.validate(full=True)
    except pa.ArrowInvalid as error:
        raise BrokenReportError from error
    return texts
