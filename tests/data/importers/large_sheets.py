"""Large sheets read twice, by vectors and with care, and compared."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from data.importers import spreadsheet
from data.importers.limits import Limits
from data.importers.remarks import RefusedError
from data.importers.report import Report
from data.importers.spreadsheet import read_spreadsheet

LIMITS = Limits()


def careful(path: Path) -> Report:
    """Read a workbook without vectors."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spreadsheet, "_LARGE", math.inf)
        return read_spreadsheet(path.read_bytes(), limits=LIMITS)


Cells = list[tuple[int, int, str | None, str]]


def filled(report: Report) -> tuple[list[int], Cells]:
    """Return what a report holds, cell by cell; empty columns at the right do not count."""
    grid = report.sheets[0].unpacked()
    cells = [
        (i, j, column[i], grid.kinds[j][i])
        for j, column in enumerate(grid.columns)
        for i in range(len(column))
        if grid.kinds[j][i] != "0"
    ]
    return grid.lines, cells


def equal(path: Path) -> Report:
    """Return what vectors read, after a comparison with careful reading."""
    found, expected = read_spreadsheet(path.read_bytes(), limits=LIMITS), careful(path)
    assert filled(found) == filled(expected)
    assert (found.findings, found.listed) == (expected.findings, expected.listed)
    assert found.sheets[0].merged == expected.sheets[0].merged
    return found


def outcome(path: Path) -> object:
    """Return what is read, or the finding that refuses the file."""
    try:
        return filled(read_spreadsheet(path.read_bytes(), limits=LIMITS))
    except RefusedError as refusal:
        return refusal.finding


def save(path: Path, rows: Sequence[Sequence[object]], *, inline: bool = False) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": inline}) as book:
        sheet = book.add_worksheet("成绩")
        percent = book.add_format({"num_format": "0.0%"})
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if isinstance(value, Mapping):
                    sheet.write_formula(i, j, value["formula"], None, value["result"])
                elif isinstance(value, complex):
                    sheet.write_number(i, j, value.real, percent)
                else:
                    sheet.write(i, j, value)
    return path
