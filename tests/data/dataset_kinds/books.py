"""Sheets, workbooks and schools for the tests of dataset kinds."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from data.dataset_kinds.kind import Content, DatasetKind, Surroundings
from data.dataset_kinds.school_book import SchoolBook
from data.importers.grid import NUMBER, TEXT, number_text
from data.importers.limits import Limits
from data.importers.read_file import read_sheet
from data.importers.sheet import Sheet

Rows = Sequence[Any]
SCHOOLS = SchoolBook(
    {"S01": "青禾一中", "S02": "青禾二中", "S03": "南溪学校"},
    {"青禾一中": ("S01",), "青禾二中": ("S02",), "南溪学校": ("S03",)},
)
AROUND = Surroundings(SCHOOLS)


def make_sheet(rows: Rows) -> Sheet:
    """Return a sheet with these values; None is an empty cell."""
    width = max(len(row) for row in rows)
    cells = [[*row, *[None] * (width - len(row))] for row in rows]
    kinds = np.array([[_kind(value) for value in row] for row in cells], dtype=np.int8)
    columns = {
        f"v{i}": pd.array([_text(row[i]) for row in cells], dtype="str") for i in range(width)
    }
    filled = np.flatnonzero((kinds > 0).any(axis=1))
    frame = pd.DataFrame(columns).iloc[filled].reset_index(drop=True)
    return Sheet("表1", frame, kinds[filled], filled.astype(np.int64) + 1)


def read(kind: DatasetKind, rows: Rows, around: Surroundings = AROUND) -> Content:
    """Return what a kind makes of these values."""
    return kind.read(make_sheet(rows), around)


def save(path: Path, rows: Rows) -> Path:
    """Write the values as a workbook, text as text."""
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("表1")
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if value is not None:
                    sheet.write(i, j, value)
    return path


def read_book(
    kind: DatasetKind, path: Path, rows: Rows, around: Surroundings = AROUND
) -> Content:
    """Return what a kind makes of a workbook with these values."""
    reading = read_sheet(save(path, rows), limits=Limits())
    assert reading.sheet is not None, reading.findings
    return kind.read(reading.sheet, around)


def checks(content: Content, severity: str = "error") -> list[tuple[str, int | None]]:
    """Return check and row of the findings of one severity."""
    return [(f.check, f.row) for f in content.findings if f.severity == severity]


def plain_rows(content: Content, *names: str) -> list[list[object]]:
    """Return the stored rows, null as None."""
    assert content.rows is not None, content.findings
    frame = content.rows[list(names)] if names else content.rows
    plain = frame.astype(object).where(frame.notna(), None)
    return [list(row) for row in plain.itertuples(index=False)]


def _kind(value: object) -> int:
    if value is None:
        return 0
    return NUMBER if isinstance(value, int | float) else TEXT


def _text(value: object) -> str | None:
    if value is None:
        return None
    return number_text(value) if isinstance(value, int | float) else str(value)
