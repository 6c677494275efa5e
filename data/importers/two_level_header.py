"""Headers of several rows: each column's words from top to bottom, read as one header.

An upper row names the subject, often in a merged cell, a lower one says which figure of it the
column holds. Only the mark is read: a rank or a grade is never taken for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from data.importers.column_letter import column_letter
from data.importers.header_search import HeaderRows, row_texts
from data.importers.header_words import HeaderWords
from data.importers.headers import Header, squeezed
from data.importers.remarks import plain
from data.importers.score_parts import Part, converted_subject, part_of
from data.importers.sheet import Sheet

Source = Literal["given", "remembered", "table"]


@dataclass(frozen=True, slots=True)
class ColumnHeader:
    """Header of one column.

    Attributes
    ----------
    text : str
        As the file writes it, the rows' words one after the other.
    header : Header
        Its meaning.
    converted : str
        Code of the subject whose converted score (赋分, 标准分) it holds; empty otherwise.
    name : str
        Name of the subject where the header says more; empty otherwise.
    source : str
        Who said what it means: given for this file, remembered, or the table of synonyms.
    """

    text: str
    header: Header
    converted: str = ""
    name: str = ""
    source: Source = "table"


def column_headers(
    sheet: Sheet, rows: HeaderRows, *, words: HeaderWords
) -> dict[int, ColumnHeader]:
    """Return the header of each column that has one."""
    levels = [row_texts(sheet, position) for position in range(rows.top, rows.last + 1)]
    for depth in range(len(levels) - 1):
        levels[depth] = _spread(sheet, rows.top + depth, levels[depth], levels[depth + 1])
    columns = sorted({i for level in levels for i in level})
    stacks = {i: [level[i] for level in levels if i in level] for i in columns}
    return {i: _header(stack, i, words=words) for i, stack in stacks.items()}


def _spread(
    sheet: Sheet, position: int, texts: Mapping[int, str], below: Mapping[int, str]
) -> dict[int, str]:
    """Return a row's texts with merged cells filled.

    Where the file tells of no merged cells at all, a word reaches over the parts below it.
    """
    line = int(sheet.lines[position])
    spread = dict(texts)
    if sheet.merged:
        for top, bottom, left, right in sheet.merged:
            if top <= line <= bottom and left - 1 in texts:
                spread |= dict.fromkeys(range(left - 1, right), texts[left - 1])
        return spread
    for i in sorted(below):
        if i not in spread and part_of(below[i]) and i - 1 in spread:
            spread[i] = spread[i - 1]
    return spread


def _header(stack: Sequence[str], position: int, *, words: HeaderWords) -> ColumnHeader:
    """Read a column's words: a person's word first, then subject and part, then the lowest."""
    text = _together(stack)
    letter = column_letter(position)
    said = words.said(text, letter=letter)
    if said:
        is_given = HeaderWords(given=words.given).said(text, letter=letter)
        return ColumnHeader(text, said, source="given" if is_given else "remembered")
    found = _of_part(stack, words=words)
    if found:
        name, header, part = found
        if part == "mark":
            return ColumnHeader(text, header, name=name)
        converted = header.name if part == "converted" and header.role == "subject" else ""
        return ColumnHeader(text, Header("ignored", squeezed(text)), converted)
    known = [words.of(level) for level in reversed(stack)]
    header = next((h for h in known if h.role != "unknown"), words.of(text))
    single = converted_subject(text, declared=words.declared)
    is_converted = single is not None and header.role == "ignored"
    return ColumnHeader(text, header, single.name if single and is_converted else "")


def _of_part(stack: Sequence[str], *, words: HeaderWords) -> tuple[str, Header, Part] | None:
    """Return the subject (or total) of a column and the figure of it, where both are told."""
    part = part_of(stack[-1]) if len(stack) > 1 else None
    for level in reversed(stack[:-1]):
        header = words.of(level)
        if part and header.role in {"subject", "total"}:
            return plain(level), header, part
    return None


def _together(stack: Sequence[str]) -> str:
    """Return a column's words as one header; a word that is merged downward counts once."""
    return plain("".join(dict.fromkeys(text.strip() for text in stack)))
