"""A table as cells: text that pastes into a spreadsheet, and a workbook with its stamp."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ui import formats
from ui.stamp import Caption, letters
from ui.table_columns import Column, Kind

_FORMATS: dict[Kind, str] = {
    "count": "#,##0",
    "signed": "+0.00;-0.00;0.00",
    "plain": "0.00",
    "percent": "0",
    "points": "0.0",
}
_NARROWEST, _WIDEST = 8, 60
_TEXT_SIZE = 11


def without_lines(columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return the columns that cells and pictures can hold: small lines are left out."""
    return {name: column for name, column in columns.items() if column.kind != "line"}


def cells_of(rows: pd.DataFrame, *, columns: Mapping[str, Column], missing: str) -> str:
    """Return headings and rows with tabs between the cells, as spreadsheets take them.

    A spreadsheet must not take a name for a formula: such a text gets an apostrophe before it.
    """
    held = without_lines(columns)
    texts = [column.texts(rows[name], missing=missing) for name, column in held.items()]
    lines = [[column.title for column in held.values()], *zip(*texts, strict=True)]
    return "\n".join("\t".join(_safe(cell) for cell in line) for line in lines)


def workbook_of(
    rows: pd.DataFrame,
    *,
    columns: Mapping[str, Column],
    missing: str,
    caption: Caption,
    link: str | None,
) -> bytes:
    """Return the table as a workbook: finding and stamp above it, numbers as numbers."""
    held = without_lines(columns)
    file = BytesIO()
    # Names come from files: a text stays a text, whatever it starts with.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "font_size": _TEXT_SIZE + 3})
        head = book.add_format({"bold": True, "bottom": 1})
        stamp = [*caption.facts, *caption.notes, caption.origin, link or ""]
        sheet.write_string(0, 0, caption.finding, bold)
        told = [text for text in stamp if text]
        for place, text in enumerate(told, start=1):
            sheet.write_string(place, 0, text)
        first = len(told) + 2
        for place, (name, column) in enumerate(held.items()):
            sheet.write_string(first, place, column.title, head)
            style = book.add_format({"num_format": _FORMATS.get(column.kind, "@")})
            _write(sheet, first + 1, place, column, rows[name], style, missing)
            texts = [column.title, *column.texts(rows[name], missing=missing)]
            sheet.set_column(place, place, _wide(texts))
        sheet.freeze_panes(first + 1, 1)
        sheet.autofilter(first, 0, first + len(rows), max(len(held) - 1, 0))
    return file.getvalue()


def _write(
    sheet: Worksheet,
    first: int,
    place: int,
    column: Column,
    values: Sequence[object] | pd.Series,
    style: Format,
    missing: str,
) -> None:
    texts = column.texts(pd.Series(values), missing=missing)
    for line, (value, text) in enumerate(zip(values, texts, strict=True), start=first):
        if column.kind != "text" and formats.is_number(value):
            sheet.write_number(line, place, value, style)
        else:
            sheet.write_string(line, place, text)


def _wide(texts: Sequence[str]) -> int:
    longest = max(letters(text) for text in texts)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _safe(cell: str) -> str:
    plain = " ".join(cell.split())
    starts = plain[:1] in ("=", "@") or (plain[:1] in ("+", "-") and not plain[1:2].isdigit())
    return f"'{plain}" if starts else plain
