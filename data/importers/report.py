"""What the child tells its parent: a line of JSON, then the bytes of the sheets, all checked.

The child has read a hostile file, so nothing it says is taken for granted: every length, place
and kind is compared with what it may be before it is used.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import BinaryIO

from core.findings import Finding
from data.importers.packed_sheet import PackedSheet, Texts
from data.importers.sheet_scan import Range

_PARTS = ("blob", "offsets", "codes", "kinds", "lines")


@dataclass(frozen=True, slots=True)
class SheetSize:
    """One sheet of a workbook: its name, whether it is hidden, the extent that it fills."""

    name: str
    is_hidden: bool
    n_rows: int
    n_columns: int


@dataclass(frozen=True, slots=True)
class Report:
    """Outcome of one child.

    Attributes
    ----------
    sheets : sequence of PackedSheet
        Those that were read; none when the file was refused.
    findings : sequence of Finding
    listed : sequence of SheetSize
        Every sheet of the file in the order of the tabs; none for a text file.
    heads : sequence of PackedSheet
        First rows of the sheets that were not read because none was asked for.
    """

    sheets: Sequence[PackedSheet]
    findings: Sequence[Finding]
    listed: Sequence[SheetSize] = ()
    heads: Sequence[PackedSheet] = ()


class BrokenReportError(Exception):
    """The report is cut short or contradicts itself."""


def write_report(report: Report, output: BinaryIO) -> None:
    """Write a report."""
    head = {
        "findings": [asdict(finding) for finding in report.findings],
        "listed": [asdict(size) for size in report.listed],
        "sheets": [
            {
                "name": sheet.name, "n_rows": sheet.n_rows, "n_columns": sheet.n_columns,
                "merged": list(sheet.merged), "lengths": [len(part) for part in _parts(sheet)],
            }
            for sheet in (*report.sheets, *report.heads)
        ],
        "n_heads": len(report.heads),
    }  # fmt: skip
    output.write(json.dumps(head).encode("ascii") + b"\n")
    for sheet in (*report.sheets, *report.heads):
        for part in _parts(sheet):
            output.write(part)
    output.flush()


def read_report(raw: bytes) -> Report:
    """Read a report.

    Raises
    ------
    BrokenReportError
        When it is cut short, or its parts do not fit.
    """
    head, separator, rest = raw.partition(b"\n")
    try:
        told = json.loads(head)
        sheets, at = [], 0
        for sheet in told["sheets"]:
            packed, at = _sheet(sheet, rest, at=at)
            sheets.append(packed)
        (n_heads,) = _whole([told["n_heads"]])
        n_read = len(sheets) - n_heads
        if n_read < 0:
            raise BrokenReportError
        report = Report(
            sheets=sheets[:n_read],
            heads=sheets[n_read:],
            findings=[Finding(**finding) for finding in told["findings"]],
            listed=[SheetSize(**size) for size in told["listed"]],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenReportError from error
    if not separator or at != len(rest):
        raise BrokenReportError
    return report


def _parts(sheet: PackedSheet) -> tuple[bytes, ...]:
    return (sheet.texts.blob, sheet.texts.offsets, sheet.codes, sheet.kinds, sheet.lines)


def _sheet(told: dict[str, object], rest: bytes, *, at: int) -> tuple[PackedSheet, int]:
    parts = {}
    for name, length in zip(_PARTS, _whole(told["lengths"]), strict=True):
        parts[name] = rest[at : at + length]
        at += length
    n_rows, n_columns = _whole([told["n_rows"], told["n_columns"]])
    n_cells = n_rows * n_columns
    sizes = [len(parts[name]) for name in ("codes", "kinds", "lines")]
    if sizes != [4 * n_cells, n_cells, 4 * n_rows]:
        raise BrokenReportError
    packed = PackedSheet(
        name=str(told["name"]),
        n_rows=n_rows,
        n_columns=n_columns,
        texts=Texts(parts["blob"], parts["offsets"]),
        codes=parts["codes"],
        kinds=parts["kinds"],
        lines=parts["lines"],
        merged=[_range(found) for found in _list(told["merged"])],
    )
    return packed, at


def _range(found: object) -> Range:
    first_row, last_row, first_column, last_column = _whole(found)
    return first_row, last_row, first_column, last_column


def _whole(found: object) -> list[int]:
    numbers = _list(found)
    if not all(type(number) is int and number >= 0 for number in numbers):
        raise BrokenReportError
    return numbers


def _list(found: object) -> list[int]:
    if not isinstance(found, list):
        raise BrokenReportError
    return found
