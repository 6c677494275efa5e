"""Read an .xls or .et workbook: look for passwords, macros, errors and formulas, then values.

The stream "Workbook" is a row of records, each of two little-endian numbers, type and length,
and a body. Reference: [MS-XLS], sections 2.3 and 2.4.
"""

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

import olefile
import python_calamine

from data.importers.container import refuse_damaged, refuse_password
from data.importers.file_kind import refuse_macro
from data.importers.grid import (
    BOOLEAN,
    ERROR,
    FORMULA,
    TEXT_FORMULA,
    make_grid,
    too_many_columns,
    too_many_rows,
)
from data.importers.limits import Limits
from data.importers.packed_sheet import PackedSheet, pack
from data.importers.remarks import refuse
from data.importers.report import Report
from data.importers.sheet_choice import (
    HEAD_ROWS,
    book_remarks,
    choose_sheets,
    first_rows,
    hidden_area,
    is_table,
    label_of,
    size_of,
)
from data.importers.sheet_scan import SheetFacts
from data.importers.workbook_parts import SheetPart, WorkbookParts

_BOF, _EOF, _FILEPASS, _SHEET, _ROW = 0x809, 0x0A, 0x2F, 0x85, 0x208
_FORMULA, _BOOLERR, _EXTERNAL = 0x06, 0x205, 0x1AE
_CELLS = {_FORMULA, _BOOLERR, 0x203, 0x204, 0xBD, 0xFD, 0x27E, 0xD6}  # those with a value
_INTERNAL_BOOK = b"\x01\x04"  # a SupBook record that means this very workbook
_ROW_HIDDEN = 0x20


@dataclass(frozen=True, slots=True)
class _Globals:
    offsets: dict[str, int]
    parts: WorkbookParts


def read_old_workbook(data: bytes, *, limits: Limits, sheet: str | None = None) -> Report:
    """Return the chosen sheets, and what else the book holds; see ``read_spreadsheet``.

    Raises
    ------
    RefusedError
        For other documents, passwords, macros, damage, too large an extent, or the choice.
    """
    stream = _workbook_stream(data)
    book = _read_globals(stream)
    facts = {name: _scan_sheet(stream, at, limits) for name, at in book.offsets.items()}
    sheets = book.parts.sheets
    chosen, shown = choose_sheets(sheets, facts, wanted=sheet)
    read = partial(_read_sheet, data, sheets=sheets, facts=facts, limits=limits)
    found = [read(part) for part in chosen]
    others = [part for part in shown if sheet is None and part not in chosen]
    heads = [read(part, most=HEAD_ROWS) for part in others if is_table(facts[part.path])]
    hidden = [
        finding
        for part in chosen
        for finding in hidden_area(facts[part.path], sheet=label_of(part, sheets))
    ]
    return Report(
        sheets=[packed for packed in found if packed.n_rows],
        findings=[*book_remarks(book.parts, shown=shown, chosen=chosen), *hidden],
        listed=[size_of(part, facts[part.path]) for part in sheets],
        heads=[packed for packed in heads if packed.n_rows],
    )


def _read_sheet(
    data: bytes,
    part: SheetPart,
    *,
    sheets: Sequence[SheetPart],
    facts: Mapping[str, SheetFacts],
    limits: Limits,
    most: int | None = None,
) -> PackedSheet:
    rows = _values(data, sheets.index(part), most=most)
    flags = first_rows(facts[part.path].flags, most=most)
    return pack(make_grid(rows, name=part.name, flags=flags, limits=limits))


def _workbook_stream(data: bytes) -> bytes:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                refuse_password()
            if ole.exists("_VBA_PROJECT_CUR") or ole.exists("Macros"):
                refuse_macro()
            name = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
            if name is None:
                _refuse_document()
            stream = bytes(ole.openstream(name).read())
    except (OSError, ValueError, IndexError, struct.error, TypeError):
        refuse_damaged()
    return stream


def _refuse_document() -> NoReturn:
    refuse(
        "file_type",
        "文件格式不对：这是旧式 Office 文件，但不是 Excel 表格。"
        "请打开原表，另存为 .xlsx 后上传。",
        "Wrong type of file: an old Office document, but no workbook. Save the table as .xlsx.",
    )


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream; charts nest substreams of their own."""
    position, depth = start, 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        body = stream[position + 4 : position + 4 + length]
        if len(body) != length:
            refuse_damaged()
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, body
        position += 4 + length
    refuse_damaged()


def _read_globals(stream: bytes) -> _Globals:
    parts, offsets = WorkbookParts(), {}
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            refuse_password()
        elif kind == _EXTERNAL and body[2:4] != _INTERNAL_BOOK:
            parts.has_external = True
        elif kind == _SHEET and len(body) >= 8 and body[5] == 0:  # 0: a worksheet
            path = str(len(parts.sheets))
            parts.sheets.append(SheetPart(_sheet_name(body), path, body[4] & 3 != 0))
            offsets[path] = struct.unpack_from("<I", body)[0]
    return _Globals(offsets=offsets, parts=parts)


def _sheet_name(body: bytes) -> str:
    is_wide = bool(body[7] & 1)
    return body[8:].decode("utf-16-le" if is_wide else "latin-1", "replace")


def _scan_sheet(stream: bytes, start: int, limits: Limits) -> SheetFacts:
    facts = SheetFacts()
    for kind, body in _records(stream, start):
        if kind == _ROW and len(body) >= 16 and body[12] & _ROW_HIDDEN:
            facts.hidden_rows.append(struct.unpack_from("<H", body)[0] + 1)
        elif kind in _CELLS and len(body) >= 6:
            _take_cell(kind, body, facts=facts, limits=limits)
    return facts


def _take_cell(kind: int, body: bytes, *, facts: SheetFacts, limits: Limits) -> None:
    row, column = (number + 1 for number in struct.unpack_from("<HH", body))
    if row > limits.max_rows:
        too_many_rows(limits)
    if column > limits.max_columns:
        too_many_columns(limits)
    facts.n_values += 1
    facts.n_rows = max(facts.n_rows, row)
    facts.n_columns = max(facts.n_columns, column)
    if kind == _BOOLERR and len(body) >= 8:
        facts.flags[row, column] = ERROR if body[7] else BOOLEAN
    elif kind == _FORMULA and len(body) >= 14:
        is_special = body[12:14] == b"\xff\xff"  # the result is text, truth, error or empty
        special = {1: BOOLEAN, 2: ERROR}.get(body[6], TEXT_FORMULA)
        facts.flags[row, column] = special if is_special else FORMULA


def _values(data: bytes, position: int, *, most: int | None) -> list[list[object]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        worksheets = [
            number
            for number, sheet in enumerate(book.sheets_metadata)
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        rows: list[list[object]] = book.get_sheet_by_index(worksheets[position]).to_python(
            skip_empty_area=False, nrows=most
        )  # type: ignore[assignment]
    except python_calamine.PasswordError:
        refuse_password()
    except (python_calamine.CalamineError, OSError, ValueError, IndexError):
        refuse_damaged()
    return rows
