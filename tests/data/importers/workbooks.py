"""Workbooks for tests: honest ones by xlsxwriter, hostile ones by rewriting their parts."""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

HEADER = ("学校名称", "班级", "学籍号", "姓名", "数学")
ROWS = (("一中", "1班", "P1", "甲", 85), ("一中", "1班", "P2", "乙", 90.5))
SHEET = "xl/worksheets/sheet1.xml"


def save_workbook(path: Path, *, rows: Sequence[Sequence[object]] = (HEADER, *ROWS)) -> Path:
    """Write one sheet of values."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("成绩")
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                sheet.write(i, j, value)
    return path


def save_sheets(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write several sheets of values."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
    return path


def change_parts(
    path: Path,
    *,
    changes: Mapping[str, tuple[str, str]] | None = None,
    added: Mapping[str, bytes] | None = None,
) -> Path:
    """Rewrite a workbook: replace text in parts, add parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, (old, new) in (changes or {}).items():
        assert old.encode() in parts[name]
        parts[name] = parts[name].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **(added or {})}.items():
            archive.writestr(name, data)
    return path


def save_sheet_xml(path: Path, *, data: str) -> Path:
    """Write a workbook whose only sheet has this ``sheetData``, in strict or odd forms."""
    save_workbook(path, rows=())
    return change_parts(
        path, changes={SHEET: ("<sheetData/>", f"<sheetData>{data}</sheetData>")}
    )


def record(kind: int, body: bytes) -> bytes:
    """Return one record of an .xls stream."""
    return struct.pack("<HH", kind, len(body)) + body


def bof(kind: int) -> bytes:
    """Return the record that opens a part of an .xls stream: 5 the book, 16 a sheet."""
    return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def xls_stream(cells: bytes, *, book: bytes = b"", state: int = 0) -> bytes:
    """Return a stream "Workbook" with one sheet, named S, that holds these records."""
    end = record(0x0A, b"")
    head = bof(5) + book
    offset = len(head) + 4 + 9 + len(end)
    sheet = record(0x85, struct.pack("<IBBBB", offset, state, 0, 1, 0) + b"S")
    return head + sheet + end + bof(16) + cells + end


def xls_book(sheets: Mapping[str, bytes]) -> bytes:
    """Return a stream "Workbook" of visible sheets, by name the records of each."""
    end = record(0x0A, b"")
    names = {name: name.encode("utf-16-le") for name in sheets}
    length = len(bof(5)) + sum(4 + 8 + len(name) for name in names.values()) + len(end)
    head, bodies = bof(5), b""
    for name, cells in sheets.items():
        place = struct.pack("<IBBBB", length + len(bodies), 0, 0, len(name), 1)
        head += record(0x85, place + names[name])
        bodies += bof(16) + cells + end
    return head + end + bodies


def save_ole(path: Path, *, name: str, data: bytes) -> Path:
    """Write a compound file with one stream."""
    path.write_bytes(ole_bytes(name, data))
    return path


def ole_bytes(name: str, data: bytes) -> bytes:
    """Return a compound file with one stream, filled up to 4096 bytes.

    Reference: [MS-CFB], section 2.
    """
    data = data.ljust(4096, b"\0")
    n_data = -(-len(data) // 512)
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    chain = [0xFFFFFFFD, end, *range(3, n_data + 2), end]
    fat = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    entries = _ole_entry("Root Entry", 5, child=1, start=end, size=0)
    entries += _ole_entry(name, 2, child=free, start=2, size=len(data))
    return header + fat + entries.ljust(512, b"\0") + data.ljust(n_data * 512, b"\0")


def _ole_entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    free = 0xFFFFFFFF
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(text), kind, 1, free, free, child)
    return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)
