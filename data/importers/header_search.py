"""Where the header stands: one row, or up to three with merged groups, found by content."""

from dataclasses import dataclass

from data.importers.grid import DATE, NUMBER
from data.importers.header_words import HeaderWords
from data.importers.score_parts import part_of
from data.importers.sheet import Sheet

_SEARCHED_ROWS = 40
_MIN_KNOWN = 2
_MOST_ABOVE = _MOST_BELOW = 2  # header rows beside the one that is known best


@dataclass(frozen=True, slots=True)
class HeaderRows:
    """Positions of the first and the last row of a header."""

    top: int
    last: int


def row_texts(sheet: Sheet, position: int) -> dict[int, str]:
    """Return the filled cells of a row by column."""
    row = sheet.text.iloc[position]
    return {i: str(text) for i, text in enumerate(row) if isinstance(text, str)}


def find_header(sheet: Sheet, *, words: HeaderWords) -> int | None:
    """Return the position of the row with most known headers, or None."""
    best, most = None, _MIN_KNOWN - 1
    for position in range(min(_SEARCHED_ROWS, len(sheet.lines))):
        roles = [words.of(text).role for text in row_texts(sheet, position).values()]
        known = sum(role != "unknown" for role in roles)
        if known > most and {"field", "long"} & set(roles):
            best, most = position, known
    return best


def find_header_rows(sheet: Sheet, *, words: HeaderWords) -> HeaderRows | None:
    """Return the rows of the header, or None where there is none.

    Rows belong to it that stand next to the best known one and hold nothing but subjects,
    fields and their parts, as in 语文 over 得分 and 名次.
    """
    best = find_header(sheet, words=words)
    if best is None:
        return None
    top = last = best
    while last - best < _MOST_BELOW and _continues(sheet, last + 1, words=words):
        last += 1
    while best - top < _MOST_ABOVE and _begins(sheet, top - 1, last=last, words=words):
        top -= 1
    return HeaderRows(top, last)


def _continues(sheet: Sheet, position: int, *, words: HeaderWords) -> bool:
    """Say whether a row goes on with the header above it: known words only, and other ones."""
    if position >= len(sheet.lines) or not _adjoins(sheet, position):
        return False
    texts, above = row_texts(sheet, position), row_texts(sheet, position - 1)
    if (set(sheet.kinds[position].tolist()) & {NUMBER, DATE}) or not texts:
        return False
    repeats = sum(above.get(i) == text for i, text in texts.items())
    known = [part_of(text) or words.of(text).role in {"field", "subject", "total"}
             for text in texts.values()]  # fmt: skip
    return all(known) and repeats < max(1, len(texts) / 2)


def _begins(sheet: Sheet, position: int, *, last: int, words: HeaderWords) -> bool:
    """Say whether a row names subjects over parts, or fields over nothing, down to ``last``."""
    if position < 0 or not _adjoins(sheet, position + 1):
        return False
    below = [row_texts(sheet, row) for row in range(position + 1, last + 1)]
    filled = {i for texts in below for i in texts}
    parts = {i for i, text in below[0].items() if part_of(text)}
    roles = {i: words.of(text).role for i, text in row_texts(sheet, position).items()}
    return any(
        (role == "field" and i not in filled) or (role in {"subject", "total"} and i in parts)
        for i, role in roles.items()
    )


def _adjoins(sheet: Sheet, position: int) -> bool:
    return bool(sheet.lines[position] - sheet.lines[position - 1] == 1)
