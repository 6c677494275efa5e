"""Streaming scan of one sheet's XML: its true extent, and cells that are not plain values.

The reader of values drops what an error, a formula without result or a per cent format was;
this scan keeps it, so that no such cell passes for an empty or an honest one.
"""

import re
from dataclasses import dataclass, field

from data.importers.container import refuse_damaged
from data.importers.grid import (
    BOOLEAN,
    ERROR,
    FORMULA,
    PERCENT,
    PERCENT_FORMULA,
    TEXT_FORMULA,
    refuse_cells,
    too_many_columns,
    too_many_rows,
)
from data.importers.limits import Limits

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
Flags = dict[tuple[int, int], int]
Range = tuple[int, int, int, int]


@dataclass(slots=True)
class SheetFacts:
    """What a scan found.

    Attributes
    ----------
    n_values : int
        Cells that hold a value or a formula.
    flags : dict
        Kind of (row, column), both from 1, for cells that are not what their value says.
    hidden_rows : list of int
        Rows that the spreadsheet does not show.
    hidden_columns : list of int
    n_rows, n_columns : int
        Farthest row and column with a value or a formula.
    merged : list of (int, int, int, int)
        Merged cells: first and last row, first and last column, all from 1.
    """

    n_values: int = 0
    flags: Flags = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    n_rows: int = 0
    n_columns: int = 0
    merged: list[Range] = field(default_factory=list)


class SheetScan:
    """Receives the elements of a sheet in order; ask ``facts`` after the last one."""

    def __init__(self, *, percent_styles: set[str], limits: Limits) -> None:
        self._limits = limits
        self._percent = percent_styles
        self._facts = SheetFacts()
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._row_text = "0"
        self._special = 0  # flag of the cell being read, as far as known
        self._has_value = self._has_formula = self._is_text = False
        self._prefix = ""  # of the cells' own names

    @property
    def has_rows(self) -> bool:
        """Whether a row was seen."""
        return self._row > 0

    def on_start(self, name: str, attrs: dict[str, str]) -> None:
        """Take one start tag."""
        if name == "c":
            self._start_cell(attrs)
        elif name in {"v", "is", "f"}:
            self._start_content(name)
        elif name == "row":
            self._start_row(attrs)
        elif name == "col":
            self._column_style(attrs)
        elif name == "mergeCell":
            self._merge(attrs.get("ref", ""))
        elif ":" in name:
            self._prefixed(name, attrs)

    def facts(self) -> SheetFacts:
        """Return what was found; call once, after the last element."""
        self._end_cell()
        return self._facts

    def _prefixed(self, name: str, attrs: dict[str, str]) -> None:
        """Take a start tag with a prefix; formulas of foreign kinds belong to no cell."""
        prefix, _, bare = name.rpartition(":")
        if bare in {"row", "c"}:
            self._prefix = prefix
        elif bare in {"v", "is", "f"} and prefix != self._prefix:
            return
        self.on_start(bare, attrs)

    def _merge(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        if len(corners) != 2 or not (corners[0] and corners[1]):
            refuse_damaged()
        if len(self._facts.merged) == self._limits.max_rows:
            refuse_cells(self._limits.max_rows, limits=self._limits)
        (first_row, first), (last_row, last) = (
            (int(corner[2]), _column_number(corner[1])) for corner in corners if corner
        )
        self._facts.merged.append((first_row, last_row, first, last))

    def _start_row(self, attrs: dict[str, str]) -> None:
        self._end_cell()
        number = attrs.get("r", "")
        row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
        if row <= self._row:  # the order is fixed by the format; another order hides cells
            refuse_damaged()
        self._row, self._column, self._row_text = row, 0, str(row)
        if attrs.get("hidden") in {"1", "true"}:
            self._facts.hidden_rows.append(row)

    def _start_cell(self, attrs: dict[str, str]) -> None:
        if self._special or self._has_formula:
            self._end_cell()
        column = self._column + 1
        reference = attrs.get("r")
        if reference is not None:
            letters = reference.rstrip("0123456789")
            if reference[len(letters) :] != self._row_text:
                refuse_damaged()
            column = self._columns.get(letters) or self._column_number(reference)
            if column <= self._column:
                refuse_damaged()
        self._column = column
        self._has_value = False
        kind = attrs.get("t")
        self._is_text = kind == "str"
        if kind == "e":
            self._special = ERROR
        elif kind == "b":
            self._special = BOOLEAN
        elif kind in {None, "n"} and attrs.get("s") in self._percent:
            self._special = PERCENT

    def _column_number(self, reference: str) -> int:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            refuse_damaged()
        number = self._columns[match[1]] = _column_number(match[1])
        return number

    def _start_content(self, name: str) -> None:
        if self._row > self._limits.max_rows:
            too_many_rows(self._limits)
        if self._column > self._limits.max_columns:
            too_many_columns(self._limits)
        self._facts.n_values += 1
        self._facts.n_rows = self._row
        self._facts.n_columns = max(self._facts.n_columns, self._column)
        if self._facts.n_values > 2 * self._limits.max_cells:  # a formula and its value
            refuse_cells(self._facts.n_values // 2, limits=self._limits)
        if name == "f":
            self._has_formula = True
        else:
            self._has_value = True

    def _end_cell(self) -> None:
        if self._has_formula and not self._has_value:
            self._special = ERROR
        elif self._has_formula and self._special in {0, PERCENT}:
            result = TEXT_FORMULA if self._is_text else FORMULA
            self._special = PERCENT_FORMULA if self._special else result
        if self._special and (self._has_content() or self._is_odd_and_near()):
            self._facts.flags[self._row, self._column] = self._special
        self._special = 0
        self._has_formula = False

    def _has_content(self) -> bool:
        return self._has_value or self._has_formula

    def _is_odd_and_near(self) -> bool:
        """Say so of an error without its value; far away there are no limits on such cells."""
        is_near = self._row <= self._limits.max_rows
        is_near &= self._column <= self._limits.max_columns
        return self._special in {ERROR, BOOLEAN} and is_near

    def _column_style(self, attrs: dict[str, str]) -> None:
        if attrs.get("hidden") in {"1", "true"}:
            first, last = attrs.get("min", "0"), attrs.get("max", "0")
            if first.isdecimal() and last.isdecimal():
                end = min(int(last), self._limits.max_columns)
                self._facts.hidden_columns.extend(range(int(first), end + 1))


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
