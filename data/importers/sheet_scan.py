"""Streaming scan of one sheet's XML: its true extent, and cells that are not plain values.

The reader of values drops what an error, a formula without result or a per cent format was;
this scan keeps it, so that no such cell passes for an empty or an honest one.
"""

import re
from dataclasses import dataclass, field
from typing import NoReturn

from data.importers.cell_styles import CellStyles
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
from data.importers.number_format import NumberFormat
from data.importers.remarks import refuse

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_STYLE = re.compile(r"\+?[0-9]{1,9}")
LEAST_HEIGHT, LEAST_WIDTH = 1.0, 0.1
"""Points of a row and characters of a column below which nothing of it is seen."""

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
    formats : dict
        Format of (row, column) for numbers that it may show as a word, or not at all.
    """

    n_values: int = 0
    flags: Flags = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    n_rows: int = 0
    n_columns: int = 0
    merged: list[Range] = field(default_factory=list)
    formats: dict[tuple[int, int], NumberFormat] = field(default_factory=dict)


class SheetScan:
    """Receives the elements of a sheet in order; ask ``facts`` after the last one."""

    def __init__(self, *, styles: CellStyles, limits: Limits) -> None:
        self._limits = limits
        self._styles = styles
        self._style_numbers: dict[str | None, int] = {None: 0}
        self._facts = SheetFacts()
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._row_text = "0"
        self._special = 0  # flag of the cell being read, as far as known
        self._has_value = self._has_formula = False
        self._type = ""
        self._format: NumberFormat | None = None
        self._in_cell = self._in_value = False
        self._are_rows_hidden = self._are_columns_hidden = False  # unless they say a size
        self._shown_columns: set[int] = set()
        self._prefix = ""  # of the cells' own names

    @property
    def has_rows(self) -> bool:
        """Whether a row was seen."""
        return self._row > 0

    @property
    def hides_by_default(self) -> bool:
        """Whether rows or columns that state no size of their own are not shown."""
        return self._are_rows_hidden or self._are_columns_hidden

    def on_start(self, name: str, attrs: dict[str, str]) -> None:
        """Take one start tag."""
        if self._in_value:
            self._refuse_content()
        if name == "c":
            self._start_cell(attrs)
        elif name in {"v", "is", "f"}:
            self._start_content(name)
        elif name == "row":
            self._start_row(attrs)
        elif name in {"col", "sheetFormatPr"}:
            self._sizes(name, attrs)
        elif name == "mergeCell":
            self._merge(attrs.get("ref", ""))
        elif ":" in name:
            self._prefixed(name, attrs)

    def on_end(self, name: str) -> None:
        """Take one end tag."""
        self._in_value = False
        if name == "c" or name.endswith(":c"):
            self._in_cell = False

    def on_rest(self, text: str) -> None:
        """Take what is no tag, as the part writes it: of a value, one plain text is read."""
        if not self._in_value:
            return
        is_reference = text.startswith("&") and self._type != "str"
        is_no_place = self._type == "s" and not text.isdecimal()
        if is_reference or is_no_place or text.startswith("<"):
            self._refuse_content()

    def facts(self) -> SheetFacts:
        """Return what was found; call once, after the last element."""
        self._end_cell()
        if self._are_columns_hidden:
            every = range(1, self._facts.n_columns + 1)
            self._facts.hidden_columns = [i for i in every if i not in self._shown_columns]
        return self._facts

    def _refuse_content(self) -> NoReturn:
        """Refuse a value of which readers see different parts."""
        refuse(
            "cell_content",
            f"第 {self._row} 行有单元格的内容写法异常（值不是一段完整的文字），不同软件读出的"
            "结果会不同。请在 Excel 或 WPS 中打开，另存为新的 .xlsx 后上传。",
            f"Row {self._row}: a cell whose value is not one plain text, so that programs read "
            "different values. Open the file in Excel or WPS, save it as a new .xlsx, upload "
            "it.",
            row=self._row,
        )

    def _prefixed(self, name: str, attrs: dict[str, str]) -> None:
        """Take a start tag with a prefix; formulas of foreign kinds belong to no cell."""
        prefix, _, bare = name.rpartition(":")
        if bare in {"row", "c"}:
            self._prefix = prefix
        elif bare in {"v", "is", "f"} and prefix != self._prefix:
            if self._in_cell:
                self._refuse_content()
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
        height = attrs.get("ht")
        is_flat = is_below(height, LEAST_HEIGHT) or (height is None and self._are_rows_hidden)
        if is_flat or attrs.get("hidden") in {"1", "true"}:
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
        self._in_cell = True
        self._type = kind = attrs.get("t", "n")
        if kind == "e":
            self._special = ERROR
        elif kind == "b":
            self._special = BOOLEAN
        elif kind == "n":
            style = self._style_numbers.get(attrs.get("s"), -1)
            self._start_number(style if style >= 0 else self._style_number(attrs["s"]))

    def _start_number(self, style: int) -> None:
        self._format = self._styles.words.get(style)
        if style in self._styles.percent:
            self._special = PERCENT

    def _style_number(self, text: str) -> int:
        if not _STYLE.fullmatch(text):
            refuse_damaged()
        number = self._style_numbers[text] = int(text)
        return number

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
            return
        if self._has_value or (name == "v" and self._type == "inlineStr"):
            self._refuse_content()
        self._has_value = True
        self._in_value = name == "v"
        if self._format and self._type == "n":
            self._facts.formats[self._row, self._column] = self._format

    def _end_cell(self) -> None:
        if self._has_formula and not self._has_value:
            self._special = ERROR
        elif self._has_formula and self._special in {0, PERCENT}:
            result = TEXT_FORMULA if self._type == "str" else FORMULA
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

    def _sizes(self, name: str, attrs: dict[str, str]) -> None:
        if name == "sheetFormatPr":
            self._are_rows_hidden = is_below(attrs.get("defaultRowHeight"), LEAST_HEIGHT)
            self._are_columns_hidden = is_below(attrs.get("defaultColWidth"), LEAST_WIDTH)
            return
        first, last = attrs.get("min", "0"), attrs.get("max", "0")
        if not (first.isdecimal() and last.isdecimal()):
            return
        columns = range(int(first), min(int(last), self._limits.max_columns) + 1)
        is_flat = is_below(attrs.get("width"), LEAST_WIDTH)
        if is_flat or attrs.get("hidden") in {"1", "true"}:
            self._facts.hidden_columns.extend(columns)
        else:
            self._shown_columns.update(columns)


def is_below(size: str | None, least: float) -> bool:
    """Say whether a size is too small to see anything."""
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
