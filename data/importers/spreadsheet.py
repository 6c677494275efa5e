"""Read an .xlsx workbook: guard every part, then take the values of the chosen sheets."""

import io
import zipfile
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import python_calamine

from core.findings import Finding
from data.importers.container import open_container, refuse_damaged
from data.importers.grid import make_grid
from data.importers.limits import Limits
from data.importers.packed_sheet import PackedSheet, pack
from data.importers.remarks import refuse
from data.importers.report import Report
from data.importers.sheet_choice import (
    EVERY_SHEET,
    HEAD_ROWS,
    book_remarks,
    choose_sheets,
    first_rows,
    hidden_area,
    is_same_name,
    is_table,
    label_of,
    meant_name,
    size_of,
)
from data.importers.sheet_scan import SheetFacts, SheetScan
from data.importers.shown_words import show_words
from data.importers.workbook_parts import SheetPart, WorkbookParts, read_parts
from data.importers.xml_part import Budget, is_markup, scan_part

if TYPE_CHECKING:  # what reads by vectors is loaded for large sheets only
    from data.importers.large_sheet import LargeSheet
    from data.importers.plain_strings import PlainStrings

_LARGE = 1 << 20  # bytes of a sheet's XML from which reading by vectors pays


def read_spreadsheet(data: bytes, *, limits: Limits, sheet: str | None = None) -> Report:
    """Return the chosen sheets, and what else the book holds.

    Parameters
    ----------
    sheet : str or None
        Name of a sheet, or its place as in ``#3``; ``*`` for every visible one; None for the
        first visible with data.

    Raises
    ------
    RefusedError
        When the container, a part, the extent of a sheet or the choice is not acceptable.
    """
    with open_container(data, limits=limits) as archive:
        parts = read_parts(archive, budget=Budget.of(limits))
        _require_sheets(parts.sheets, limits=limits)
        book = _Book(data, archive, parts, limits=limits)
        book.scan(wanted=meant_name(parts.sheets, sheet))
        chosen, shown = choose_sheets(parts.sheets, book.facts, wanted=sheet)
        sheets = [book.values(part) for part in chosen]
        others = [part for part in shown if sheet is None and part not in chosen]
        heads = [book.head(part) for part in others if is_table(book.facts[part.path])]
    hidden = [
        finding
        for part in chosen
        for finding in hidden_area(book.facts[part.path], sheet=label_of(part, parts.sheets))
    ]
    return Report(
        sheets=[found for found in sheets if found.n_rows],
        findings=[*book_remarks(parts, shown=shown, chosen=chosen), *hidden, *book.remarks],
        listed=[size_of(part, book.facts.get(part.path)) for part in parts.sheets],
        heads=[found for found in heads if found.n_rows],
    )


def _require_sheets(sheets: Sequence[SheetPart], *, limits: Limits) -> None:
    if len({sheet.name.lower() for sheet in sheets}) != len(sheets):
        refuse_damaged()  # values are asked for by name, so a name must mean one sheet
    if len(sheets) > limits.max_sheets:
        refuse(
            "too_many_sheets",
            f"工作表过多：{len(sheets)} 张，最多 {limits.max_sheets} 张。请只保留成绩表。",
            f"Too many sheets: {len(sheets)}, at most {limits.max_sheets}. Keep the marks "
            "only.",
        )


class _Book:
    """An open workbook: every part is scanned, then the values of some sheets are asked for.

    Attributes
    ----------
    facts : dict of str to SheetFacts
        By path, once ``scan`` is done.
    remarks : list of Finding
        What was seen with the values.
    """

    def __init__(
        self, data: bytes, archive: zipfile.ZipFile, parts: WorkbookParts, *, limits: Limits
    ) -> None:
        self.facts: dict[str, SheetFacts] = {}
        self.remarks: list[Finding] = []
        self._data = data
        self._archive = archive
        self._parts = parts
        self._limits = limits
        self._budget = Budget.of(limits)
        self._large: dict[str, LargeSheet] = {}

    def scan(self, *, wanted: str | None) -> None:
        """Look at every part; keep the cells of large sheets that may be chosen."""
        names = set(self._archive.namelist())
        for sheet in self._parts.sheets:
            if sheet.path in names and sheet.path not in self.facts:
                large = self._read_large(sheet.path)
                self.facts[sheet.path] = large.facts if large else self._scan(sheet.path)
                if large and self._may_be_chosen(sheet, wanted=wanted):
                    self._large[sheet.path] = large
        for name in self._archive.namelist():
            if name not in self.facts and is_markup(self._archive, name):
                scan_part(self._archive, name, on_start=None, budget=self._budget)

    def values(self, sheet: SheetPart) -> PackedSheet:
        """Return a sheet's filled rows."""
        large = self._large.pop(sheet.path, None)
        if large:
            from data.importers.large_sheet import pack_large_sheet

            packed = pack_large_sheet(
                large, name=sheet.name, strings=self._strings, limits=self._limits
            )
            if packed:
                return packed
            self._budget = Budget.of(self._limits)
            self.facts[sheet.path] = self._scan(sheet.path)
        facts = self.facts[sheet.path]
        rows = self._rows(sheet.name)
        self.remarks += show_words(rows, facts, sheet=label_of(sheet, self._parts.sheets))
        grid = make_grid(rows, name=sheet.name, flags=facts.flags, limits=self._limits)
        return pack(grid, merged=facts.merged)

    def head(self, sheet: SheetPart) -> PackedSheet:
        """Return a sheet's first filled rows, to tell what table it holds."""
        flags = first_rows(self.facts[sheet.path].flags, most=HEAD_ROWS)
        rows = self._rows(sheet.name, most=HEAD_ROWS)
        return pack(make_grid(rows, name=sheet.name, flags=flags, limits=self._limits))

    def _scan(self, path: str) -> SheetFacts:
        scan = SheetScan(styles=self._parts.styles, limits=self._limits)
        scan_part(
            self._archive, path, budget=self._budget,
            on_start=scan.on_start, on_end=scan.on_end, on_rest=scan.on_rest,
        )  # fmt: skip
        return scan.facts()

    def _read_large(self, path: str) -> "LargeSheet | None":
        size = self._archive.getinfo(path).file_size
        if size < _LARGE or self._strings is None:
            return None
        from data.importers.large_sheet import read_large_sheet

        large = read_large_sheet(
            self._archive, path, styles=self._parts.styles, limits=self._limits
        )
        if large:
            self._budget.bytes_left -= size
        return large

    def _may_be_chosen(self, sheet: SheetPart, *, wanted: str | None) -> bool:
        """Say whether a sheet's cells are worth their memory until the choice is made."""
        if wanted is None:
            return not sheet.is_hidden and not self._large
        return wanted == EVERY_SHEET or is_same_name(sheet.name, wanted)

    @cached_property
    def _strings(self) -> "PlainStrings | None":
        from data.importers.plain_strings import read_plain_strings

        return read_plain_strings(self._archive)

    @cached_property
    def _workbook(self) -> python_calamine.CalamineWorkbook:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(self._data))

    def _rows(self, name: str, *, most: int | None = None) -> list[list[object]]:
        try:
            sheet = self._workbook.get_sheet_by_name(name)
            rows: list[list[object]] = sheet.to_python(skip_empty_area=False, nrows=most)  # type: ignore[assignment]
        except (python_calamine.CalamineError, OSError, ValueError):
            refuse_damaged()
        return rows
