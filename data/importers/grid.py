"""Cells of one sheet as text with a kind each, in the child process; no pandas here."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import repeat
from typing import Any, NoReturn

from data.importers.limits import Limits
from data.importers.remarks import refuse

# Error: also a formula of which the file stores no result. Blank: one that shows empty text, or
# a number that its format does not show.
KINDS = ("empty", "text", "number", "boolean", "date", "error", "formula", "blank")
EMPTY, TEXT, NUMBER, BOOLEAN, DATE, ERROR, FORMULA, BLANK = range(len(KINDS))
# Marks of a scan that become kinds here: a number shown in per cent, which ends as text; the
# same from a formula; a formula whose result is text.
PERCENT, PERCENT_FORMULA, TEXT_FORMULA = range(len(KINDS), len(KINDS) + 3)
_WITHOUT_VALUE = {
    FORMULA: ERROR,
    PERCENT_FORMULA: ERROR,
    TEXT_FORMULA: BLANK,
    PERCENT: EMPTY,
}

# Every reader of a cell refuses far shorter texts, so nothing of use is lost by the cut.
MAX_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Grid:
    """Filled rows of a sheet.

    Attributes
    ----------
    name : str
        Name of the sheet; empty for a text file.
    lines : list of int
        Row number of each kept row, as a spreadsheet shows it; blank rows are left out.
    columns : list of list of (str or None), shape (n_columns, n_rows)
        Text of the cells.
    kinds : list of str, shape (n_columns,)
        One digit a cell: position in ``KINDS``.
    """

    name: str
    lines: list[int]
    columns: list[list[str | None]]
    kinds: list[str]


def make_grid(
    rows: Iterable[Sequence[Any]],
    *,
    name: str,
    flags: Mapping[tuple[int, int], int],
    limits: Limits,
) -> Grid:
    """Turn rows of values into a grid; rows and columns of ``flags`` count from 1.

    Parameters
    ----------
    rows : iterable of sequences
        Values as the reader gives them, from the first row and column of the sheet on.
    flags : mapping
        Kind of the cells that are not what their value says: errors, formulas, per cent.
    """
    texts: list[list[str | None]] = []
    kinds: list[list[int]] = []
    lines: list[int] = []
    last_flags: dict[int, int] = {}
    for row_number, column in flags:
        last_flags[row_number] = max(column, last_flags.get(row_number, 0))
    convert = _converter()
    for line, values in enumerate(_all_rows(rows, last=max(last_flags, default=0)), start=1):
        cells = [convert(value) for value in values]
        if line in last_flags:
            cells += repeat(_NOTHING, last_flags[line] - len(cells))
            cells = _flagged(cells, line=line, flags=flags)
        if any(kind not in {EMPTY, BLANK} for _, kind in cells):
            lines.append(line)
            texts.append([text for text, _ in cells])
            kinds.append([kind for _, kind in cells])
    width = max((len(row) for row in texts), default=0)
    _require_size(n_rows=len(lines), n_columns=width, limits=limits)
    for row, codes in zip(texts, kinds, strict=True):
        row.extend([None] * (width - len(row)))
        codes.extend([EMPTY] * (width - len(codes)))
    return Grid(
        name=name,
        lines=lines,
        columns=[list(column) for column in zip(*texts, strict=True)],
        kinds=["".join(map(str, column)) for column in zip(*kinds, strict=True)],
    )


def _all_rows(rows: Iterable[Sequence[Any]], *, last: int) -> Iterator[Sequence[Any]]:
    """Yield the rows, and empty ones up to the last flag: the reader ends with the values."""
    n_rows = 0
    for n_rows, row in enumerate(rows, start=1):  # noqa: B007  # the count is used below
        yield row
    yield from repeat((), last - n_rows)


def _require_size(*, n_rows: int, n_columns: int, limits: Limits) -> None:
    if n_rows > limits.max_rows:
        too_many_rows(limits)
    if n_columns > limits.max_columns:
        too_many_columns(limits)
    if n_rows * n_columns > limits.max_cells:
        refuse_cells(n_rows * n_columns, limits=limits)


def refuse_cells(found: int, *, limits: Limits) -> NoReturn:
    """Refuse a sheet with more cells than can be read in time."""
    refuse(
        "too_many_cells",
        f"单元格过多：超过 {limits.max_cells} 个（{found} 个）。请分成几个文件上传。",
        f"Too many cells: {found}, at most {limits.max_cells}. Split the file.",
    )


def too_many_rows(limits: Limits) -> NoReturn:
    """Refuse a sheet that is too long."""
    refuse(
        "too_many_rows",
        f"行数过多：超过 {limits.max_rows} 行。请删除表格下方的空白内容，"
        "或按学校分成几个文件上传。",
        f"Too many rows: more than {limits.max_rows}. Delete what stands below the table, "
        f"or split the file by school.",
    )


def too_many_columns(limits: Limits) -> NoReturn:
    """Refuse a sheet that is too wide."""
    refuse(
        "too_many_columns",
        f"列数过多：超过 {limits.max_columns} 列。请删除表格右侧多余的列后重新上传。",
        f"Too many columns: more than {limits.max_columns}. Delete the columns to the right "
        f"of the table and upload it again.",
    )


Cell = tuple[str | None, int]
_NOTHING: Cell = (None, EMPTY)


def _converter() -> Callable[[Any], Cell]:
    numbers: dict[float, Cell] = {}

    def convert(value: Any) -> Cell:
        if isinstance(value, str):
            return (value[:MAX_TEXT], TEXT) if value.strip() else (None, EMPTY)
        if isinstance(value, bool):
            return ("TRUE" if value else "FALSE"), BOOLEAN
        if isinstance(value, int | float):
            cell = numbers.get(value)
            if cell is None:
                cell = numbers[value] = (number_text(value), NUMBER)
            return cell
        if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
            return str(value), DATE
        return None, EMPTY

    return convert


def number_text(value: float) -> str:
    """Return the shortest decimal form, at the 15 digits that a spreadsheet keeps.

    Examples
    --------
    >>> number_text(85.0), number_text(85.30000000000001), number_text(1e18)
    ('85', '85.3', '1000000000000000000')
    """
    text = str(value) if isinstance(value, int) else f"{value + 0.0:.15g}"  # -0.0 becomes 0
    if "e" not in text:
        return text
    return f"{int(value)}" if value.is_integer() else f"{value:.20f}".rstrip("0").rstrip(".")


def _flagged(
    cells: list[Cell], *, line: int, flags: Mapping[tuple[int, int], int]
) -> list[Cell]:
    return [
        _apply(cell, flags.get((line, position)))
        for position, cell in enumerate(cells, start=1)
    ]


def _apply(cell: Cell, flag: int | None) -> Cell:
    text, kind = cell
    if flag is None:
        return cell
    if kind == EMPTY:
        return None, _WITHOUT_VALUE.get(flag, flag)
    if flag in {FORMULA, TEXT_FORMULA}:
        return (text, FORMULA) if kind in {TEXT, NUMBER} else cell
    if flag in {PERCENT, PERCENT_FORMULA}:
        return (percent_text(text), TEXT) if kind == NUMBER and text else cell
    return text, flag


def percent_text(text: str) -> str:
    """Return a number as it is shown in per cent.

    Examples
    --------
    >>> percent_text("0.855")
    '85.5%'
    """
    return f"{(Decimal(text) * 100).normalize():f}%"
