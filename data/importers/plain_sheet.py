"""Rows of a large sheet by vectors: what each cell holds and what it is.

Covers what the usual programs write: rows and cells with references, values, formulas, inline
text. Anything else, also what may be damage or a trick, raises ``NotPlainError``; the careful
reader then decides. Tests hold the two to the same outcome.
"""

import math
import re
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from data.importers import plain_cells
from data.importers.cell_styles import CellStyles
from data.importers.grid import (
    BLANK,
    BOOLEAN,
    EMPTY,
    ERROR,
    FORMULA,
    MAX_TEXT,
    NUMBER,
    TEXT,
    number_text,
    percent_text,
)
from data.importers.plain_cells import PlainCells
from data.importers.plain_xml import (
    Mask,
    NotPlainError,
    Piece,
    Places,
    numbers_of,
    unescaped,
)

WORDS = 1 << 28  # codes below are places of shared strings
_LENGTHS = ((1, 8), (9, 24))  # of numbers: nearly all are of the first kind
_NUMBER = re.compile(rb"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_TRUTH = {b"1": "TRUE", b"0": "FALSE"}
_SPACES = b" \t\n\r"


class PlainTexts:
    """Texts of a sheet that are no shared strings; each different one is kept once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._lock = Lock()  # pieces of a sheet are read by threads

    def code(self, text: str) -> int:
        """Return the code of a text: ``WORDS`` and its place."""
        with self._lock:
            return WORDS + self._places.setdefault(text, len(self._places))

    @property
    def words(self) -> list[str]:
        """All texts by their place."""
        return list(self._places)


def read_contents(
    piece: Piece, cells: PlainCells, *, texts: PlainTexts, styles: CellStyles
) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """Return the code of each cell's text, -1 without one, and its kind.

    Raises
    ------
    NotPlainError
        For a date, a format that may show a word, or a value that its type does not allow.
    """
    code = np.full(cells.row.size, -1, dtype=np.int32)
    kind = np.full(cells.row.size, EMPTY, dtype=np.int8)
    is_number = cells.type == plain_cells.NUMBER
    is_percent = is_number & _among(cells.style, styles.percent)
    is_string = cells.type == plain_cells.STRING
    filled = cells.length > 0
    is_odd = (cells.type == plain_cells.BOOLEAN) | (cells.type == plain_cells.ERROR)
    careful = styles.date.union(styles.words)
    if (is_number & filled & _among(cells.style, careful)).any() or (
        is_odd & cells.has_value & ~filled
    ).any():
        raise NotPlainError
    for mask, codes_of, named in (
        (cells.type == plain_cells.SHARED, _shared, TEXT),
        (is_number & ~is_percent, _numbers, NUMBER),
        (is_percent, _percents, TEXT),
        (cells.type == plain_cells.BOOLEAN, _truths, BOOLEAN),
        (is_string, _strings, TEXT),
        (cells.type == plain_cells.INLINE, _inline, TEXT),
    ):
        at = np.flatnonzero(mask & filled)
        if at.size:
            code[at] = codes_of(piece, cells, at, texts)
            kind[at] = np.where(code[at] >= 0, named, EMPTY)
    kind = _of_formulas(cells, kind, is_string=is_string, is_percent=is_percent)
    kind[cells.type == plain_cells.ERROR] = ERROR
    return code, kind


def _among(style: Places, styles: frozenset[int]) -> Mask:
    return np.isin(style, np.array(sorted(styles), dtype=np.int64))


def _of_formulas(
    cells: PlainCells, kind: NDArray[np.int8], *, is_string: Mask, is_percent: Mask
) -> NDArray[np.int8]:
    """Return kinds where a formula's result is told apart, and a lost result is an error."""
    is_value = (kind == TEXT) | (kind == NUMBER)
    empty = np.where(is_string & cells.has_value, BLANK, ERROR)
    result = np.where(is_value & ~is_percent, FORMULA, np.where(kind == EMPTY, empty, kind))
    return np.where(cells.has_formula, result, kind).astype(np.int8)


def _shared(piece: Piece, cells: PlainCells, at: Places, _: PlainTexts) -> Places:
    return numbers_of(piece.words(cells.start[at]), cells.length[at])


def _truths(piece: Piece, cells: PlainCells, at: Places, texts: PlainTexts) -> Places:
    values = _slices(piece, cells, at)
    if not set(values) <= _TRUTH.keys():
        raise NotPlainError
    return np.array([texts.code(_TRUTH[value]) for value in values])


def _numbers(piece: Piece, cells: PlainCells, at: Places, texts: PlainTexts) -> Places:
    """Return codes of numbers; each different text is read once."""
    length = cells.length[at]
    codes = np.empty(at.size, dtype=np.int64)
    for shortest, longest in _LENGTHS:
        part = np.flatnonzero((length >= shortest) & (length <= longest))
        if part.size:
            first, place = piece.distinct(cells.start[at[part]], length[part], width=longest)
            read = [texts.code(_number(raw)) for raw in _slices(piece, cells, at[part[first]])]
            codes[part] = np.array(read, dtype=np.int64)[place]
    rest = np.flatnonzero(length > _LENGTHS[-1][1])
    codes[rest] = [texts.code(_number(raw)) for raw in _slices(piece, cells, at[rest])]
    return codes


def _number(raw: bytes) -> str:
    if not _NUMBER.fullmatch(raw):
        raise NotPlainError
    value = float(raw)
    if not math.isfinite(value):
        raise NotPlainError
    return number_text(value)


def _percents(piece: Piece, cells: PlainCells, at: Places, texts: PlainTexts) -> Places:
    values = _slices(piece, cells, at)
    return np.array([texts.code(percent_text(_number(raw))) for raw in values])


def _strings(piece: Piece, cells: PlainCells, at: Places, texts: PlainTexts) -> Places:
    known: dict[bytes, int] = {}
    codes = []
    for raw in _slices(piece, cells, at):
        code = known.get(raw)
        if code is None:
            word = _decoded(raw)
            code = known[raw] = texts.code(word) if word.strip() else -1
        codes.append(code)
    return np.array(codes)


def _decoded(raw: bytes) -> str:
    try:
        return unescaped(raw.decode("utf-8"))[:MAX_TEXT]
    except UnicodeDecodeError:
        raise NotPlainError from None


def _inline(piece: Piece, cells: PlainCells, at: Places, texts: PlainTexts) -> Places:
    bare = at[~cells.keeps_spaces[at]]
    start, end = cells.start[bare], cells.start[bare] + cells.length[bare]
    first, last = piece.text[start], piece.text[end - 1]
    if np.isin(np.concatenate([first, last]), list(_SPACES)).any():
        raise NotPlainError  # readers disagree on spaces that were not marked to be kept
    return _strings(piece, cells, at, texts)


def _slices(piece: Piece, cells: PlainCells, at: Places) -> list[bytes]:
    return piece.slices(cells.start[at], cells.length[at])
