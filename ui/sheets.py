"""Figures as cells: a workbook with its stamp, and text that pastes into a spreadsheet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ui import formats
from ui.stamp import Caption, letters
from ui.table_columns import DIGITS, Column, without_lines

# Text stays text: no name may become a formula or a link in the reader's program.
_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
# A Chinese spreadsheet takes the wide signs for the narrow ones.
_FORMULA_STARTS = tuple("=+-@＝＋－＠\N{MINUS SIGN}")
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NUMBER = r"[+\-\u2212]?[0-9][0-9,]*(?:\.[0-9]+)?%?"
_FIGURE = re.compile(rf"{_NUMBER}(?: \[{_NUMBER}, {_NUMBER}\])?")
"""A number, alone or with its interval: nothing in it that a spreadsheet could run."""
_NARROWEST, _WIDEST = 8, 60
_TITLE_SIZE = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows in the reader's words, one column for each of ``columns``."""

    rows: pd.DataFrame
    columns: Mapping[str, Column]

    @property
    def shown(self) -> pd.DataFrame:
        """The cells with the digits that are shown, so that no reader rounds once more."""
        return pd.DataFrame(
            {name: column.shown(self.rows[name]) for name, column in self.columns.items()},
            index=self.rows.index,
        )


def cells_of(sheet: Sheet, *, missing: str) -> str:
    """Return headings and rows with tabs between the cells, as spreadsheets take them.

    A spreadsheet must not take a name for a formula: such a text gets an apostrophe before it.
    Figures with a sign, alone or with their interval, stay as they are shown.
    Small lines are left out.
    """
    held = without_lines(sheet.columns)
    texts = [column.texts(sheet.rows[name], missing=missing) for name, column in held.items()]
    lines = [[column.title for column in held.values()], *zip(*texts, strict=True)]
    return "\n".join("\t".join(_safe(cell) for cell in line) for line in lines)


def workbook_of(sheet: Sheet, caption: Caption, *, missing: str, link: str | None) -> bytes:
    """Return an XLSX workbook: finding, facts, notes, origin and link, then the cells.

    Parameters
    ----------
    missing : str
        What stands where a figure is not shown; a cell is never left empty.
    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, _SAFE) as book:
        bold = book.add_format({"bold": True, "font_size": _TITLE_SIZE})
        head = book.add_format({"bold": True, "bottom": 1})
        page = book.add_worksheet()
        page.write_string(0, 0, caption.finding, bold)
        stamp = (" · ".join(caption.facts), *caption.notes, caption.origin, link or "")
        told = [text for text in stamp if text]
        for row, text in enumerate(told, start=1):
            page.write_string(row, 0, text)
        top = len(told) + 2
        for place, (name, column) in enumerate(sheet.columns.items()):
            page.write_string(top, place, column.title, head)
            style = book.add_format({"num_format": _number_format(column)})
            texts = _texts(column, sheet.rows[name], missing)
            for row, (value, text) in enumerate(
                zip(sheet.shown[name], texts, strict=True), start=top + 1
            ):
                _write(page, (row, place), value, text, style)
            page.set_column(place, place, _wide([column.title, *texts]))
        page.freeze_panes(top + 1, 1)
        page.autofilter(top, 0, top + len(sheet.rows), max(len(sheet.columns) - 1, 0))
    return content.getvalue()


def _texts(column: Column, values: pd.Series, missing: str) -> list[str]:
    if column.kind != "line":
        return column.texts(values, missing=missing)
    return ["; ".join(formats.signed(item) for item in line) or missing for line in values]


def _write(
    page: Worksheet, cell: tuple[int, int], value: object, text: str, style: Format
) -> None:
    if formats.is_number(value):
        page.write_number(*cell, float(value), style)
    else:
        page.write_string(*cell, text)


def _number_format(column: Column) -> str:
    digits = DIGITS.get(column.kind)
    if digits is None:
        return "@"
    plain = "0" if not digits else "0." + "0" * digits
    return f"+{plain};-{plain};{plain}" if column.kind == "signed" else plain


def _wide(texts: list[str]) -> int:
    longest = max(letters(text) for text in texts)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _safe(cell: str) -> str:
    plain = " ".join(cell.split())
    seen = plain.lstrip(_UNSEEN)
    is_run = seen.startswith(_FORMULA_STARTS) and not _FIGURE.fullmatch(plain)
    return f"'{plain}" if is_run else plain
