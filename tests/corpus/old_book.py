"""Workbooks of the old binary kind, .xls and .et, written record by record.

Reference: [MS-XLS], sections 2.4.148 (Label) and 2.4.180 (Number).
"""

import struct
from collections.abc import Mapping, Sequence

from tests.corpus.pupils import Row
from tests.data.importers.workbooks import ole_bytes, record, xls_book, xls_stream

_LABEL, _NUMBER, _FILEPASS = 0x204, 0x203, 0x2F


def old_workbook(rows: Sequence[Row]) -> bytes:
    """Return a workbook of one sheet with texts and numbers."""
    return ole_bytes("Workbook", xls_stream(_cells(rows)))


def old_workbook_of(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Return a workbook of several sheets."""
    return ole_bytes("Workbook", xls_book({n: _cells(rows) for n, rows in sheets.items()}))


def locked_old_workbook() -> bytes:
    """Return a workbook that asks for a password before it can be read."""
    return ole_bytes("Workbook", xls_stream(b"", book=record(_FILEPASS, bytes(6))))


def locked_workbook() -> bytes:
    """Return the compound file that a password makes of an .xlsx."""
    return ole_bytes("EncryptedPackage", bytes(range(256)) * 20)


def _cells(rows: Sequence[Sequence[object]]) -> bytes:
    return b"".join(
        _cell(i, j, value)
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
        if value is not None
    )


def _cell(row: int, column: int, value: object) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, int | float):
        return record(_NUMBER, place + struct.pack("<d", value))
    text = str(value)
    body = struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
    return record(_LABEL, place + body)
