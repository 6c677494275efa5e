"""Numbers that their format shows as a word, such as 缺考 for 0: what is seen is read."""

from collections.abc import Sequence

from core.findings import Finding
from data.importers.column_letter import column_letter
from data.importers.grid import BLANK
from data.importers.remarks import remark
from data.importers.sheet_scan import SheetFacts

_SHOWN = 5


def show_words(rows: Sequence[list[object]], facts: SheetFacts, *, sheet: str) -> list[Finding]:
    """Put the words that cells show in the place of their numbers, and say where.

    A number that is not shown at all becomes a cell whose content cannot be told.

    Parameters
    ----------
    rows : sequence of lists
        Values of the sheet from its first row and column on; changed in place.
    sheet : str
        What a message calls the sheet.
    """
    changed = []
    for (row, column), form in facts.formats.items():
        is_there = row <= len(rows) and column <= len(rows[row - 1])
        value = rows[row - 1][column - 1] if is_there else None
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        shown = form.shown(value)
        if shown is None:
            continue
        rows[row - 1][column - 1] = shown or None
        if not shown:
            facts.flags[row, column] = BLANK
        changed.append(f"{column_letter(column - 1)}{row}")
    return _told(changed, sheet=sheet)


def _told(cells: Sequence[str], *, sheet: str) -> list[Finding]:
    if not cells:
        return []
    listed = "、".join(cells[:_SHOWN]) + ("等" if len(cells) > _SHOWN else "")
    listed_en = ", ".join(cells[:_SHOWN]) + (", ..." if len(cells) > _SHOWN else "")
    return [remark(
        "warning", "shown_word",
        f"工作表“{sheet}”有 {len(cells)} 个单元格存的是数字，但按数字格式显示为文字或"
        f"不显示（{listed}）；已按显示的内容读取，不作数字。请核对，最好直接填写文字。",
        f"Cells of the sheet {sheet} that hold a number, which their format shows as a "
        f"word or not at all: {len(cells)} ({listed_en}). What is shown was read. Check them, "
        f"and better type the word.")]  # fmt: skip
