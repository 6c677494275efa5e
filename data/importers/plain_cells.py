"""Cells in a piece of sheet XML: references, types, and where their values stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.importers.plain_xml import (
    FIRST,
    WORD,
    Mask,
    NotPlainError,
    Piece,
    Places,
    Words,
    numbers_of,
    word_of,
)
from data.importers.sheet_scan import LEAST_HEIGHT, is_below

_ROW, _CELL, _VALUE, _FORMULA, _INLINE, _TEXT, _KEPT = range(1, 8)
_END_ROW, _END_CELL, _END_VALUE, _END_FORMULA, _END_INLINE, _END_TEXT = range(8, 14)
_STARTS = (
    (_ROW, b'row r="'), (_CELL, b'c r="'), (_VALUE, b"v>"), (_FORMULA, b"f>"),
    (_FORMULA, b"f "), (_FORMULA, b"f/"), (_INLINE, b"is>"), (_TEXT, b"t>"),
    (_KEPT, b"t xml:sp"), (_END_ROW, b"/row>"), (_END_CELL, b"/c>"), (_END_VALUE, b"/v>"),
    (_END_FORMULA, b"/f>"), (_END_INLINE, b"/is>"), (_END_TEXT, b"/t>"),
)  # fmt: skip
_KEPT_REST = b'ace="preserve">'
_LOOKUP = np.zeros(1 << 16, dtype=np.int8)
_SIGNS, _SEEN = np.zeros(14, dtype=np.uint64), np.zeros(14, dtype=np.uint64)
for _name, _start in _STARTS:
    _LOOKUP[word_of(_start[:2])] = _name
    if _name != _FORMULA:  # of which the first two signs tell all
        _SIGNS[_name], _SEEN[_name] = word_of(_start), FIRST[len(_start)]
_LETTERS = np.zeros(256, dtype=np.int64)
_LETTERS[ord("A") : ord("Z") + 1] = np.arange(1, 27)
_DIGITS = np.isin(np.arange(256), list(b"0123456789"))

NUMBER, SHARED, STRING, BOOLEAN, ERROR, INLINE = range(6)
_TYPES = {
    b"": NUMBER, b"n": NUMBER, b"s": SHARED, b"str": STRING, b"b": BOOLEAN, b"e": ERROR,
    b"inlineStr": INLINE,
}  # fmt: skip
_STYLE, _TYPE = rb'(?: s="([0-9]{1,6})")?', rb'(?: t="([a-zA-Z]+)")?'
_ATTRIBUTES = re.compile(_STYLE + _TYPE + rb'(?: s="([0-9]{1,6})")?(/?)>\s*')
_QUOTE = ord('"')
_MAX_ATTRIBUTES, _MAX_ROW_ATTRIBUTES = 40, 256
_ATTRIBUTE = rb' ([A-Za-z_][A-Za-z0-9_.:-]*)="[^"<>&]*"'
_ROW_REST = re.compile(rb"(?:" + _ATTRIBUTE + rb")*\s*/?>\s*")
_FORMULA_START = re.compile(rb"f(?:" + _ATTRIBUTE + rb")*\s*/?>")
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_HEIGHT = re.compile(rb' ht="([^"]*)"')


@dataclass(frozen=True, slots=True, eq=False)
class PlainCells:
    """Cells of a piece that hold a value or a formula, in the order of the file.

    Attributes
    ----------
    row, column : ndarray of int64, shape (n_cells,)
        From 1.
    type, style : ndarray
        Position in the types above; the number of the cell's format.
    has_formula, has_value, keeps_spaces : ndarray of bool
        A value may be empty. Spaces around an inline text are part of it or not.
    start, length : ndarray of int64
        Place of the value in the piece; the length is 0 without one.
    rows : ndarray of int64, shape (n_rows,)
        Numbers of all rows of the piece, rising, also of empty ones.
    hidden_rows : list of int
    """

    row: Places
    column: Places
    type: NDArray[np.int8]
    style: Places
    has_formula: Mask
    has_value: Mask
    keeps_spaces: Mask
    start: Places
    length: Places
    rows: Places
    hidden_rows: list[int]


@dataclass(frozen=True, slots=True, eq=False)
class _Marked:
    """Tags of a piece by name, with the signs that each begins with."""

    piece: Piece
    names: NDArray[np.int8]
    signs: Words


def find_cells(piece: Piece) -> PlainCells:
    """Return the cells of a piece of whole rows.

    Raises
    ------
    NotPlainError
        Where the piece has other elements, or another order.
    """
    marked = _marked(piece)
    cells = np.flatnonzero(marked.names == _CELL)
    rows = np.flatnonzero(marked.names == _ROW)
    owner = np.cumsum(marked.names == _ROW)[cells] - 1
    if (owner < 0).any():
        raise NotPlainError
    row_closes, is_hidden = _rows(marked, rows=rows)
    if row_closes[owner].any():
        raise NotPlainError  # a cell behind a row without cells belongs to none
    numbers, column, after = _references(marked, cells=cells, rows=rows, owner=owner)
    if (np.diff(numbers, prepend=0) <= 0).any():
        raise NotPlainError
    style, kind, closed = _attributes(piece, after, piece.tags[cells + 1] - 1 - after)
    value, has_formula = _contents(marked, cells=cells, rows=rows, closed=closed)
    kept = np.flatnonzero((value >= 0) | has_formula)
    at = value[kept]
    name = marked.names[at]
    is_odd = (kind == BOOLEAN) | (kind == ERROR)
    if (is_odd & ~has_formula & (value < 0)).any():
        raise NotPlainError  # nothing stands there, and yet it is said to be an error
    if (((kind[kept] == INLINE) != (name != _VALUE)) & (at >= 0)).any():
        raise NotPlainError
    opening = np.array([len(b"v>"), len(b"t>"), len(b"t xml:sp" + _KEPT_REST)])
    start = piece.tags[at] + opening[np.where(name == _KEPT, 2, 0)]
    return PlainCells(
        row=numbers[owner[kept]],
        column=column[kept],
        type=kind[kept],
        style=style[kept],
        has_formula=has_formula[kept],
        has_value=at >= 0,
        keeps_spaces=name == _KEPT,
        start=start,
        length=np.where(at >= 0, piece.tags[at + 1] - 1 - start, 0),
        rows=numbers,
        hidden_rows=numbers[is_hidden].tolist(),
    )


def _marked(piece: Piece) -> _Marked:
    """Name each tag, and compare all that a tag of this name must begin with."""
    signs = piece.words(piece.tags[:-1])
    names = _LOOKUP.take((signs & FIRST[2]).view(np.int64))
    if not names.all() or (signs & _SEEN.take(names) != _SIGNS.take(names)).any():
        raise NotPlainError
    kept = piece.tags[:-1][names == _KEPT] + WORD
    for offset in (0, len(_KEPT_REST) - WORD):
        part = word_of(_KEPT_REST[offset : offset + WORD])
        if (piece.words(kept + offset) != part).any():
            raise NotPlainError
    return _Marked(piece, names, signs)


def _rows(marked: _Marked, *, rows: Places) -> tuple[Mask, Mask]:
    """Return which rows are of the form <row/> and which are hidden; few forms occur.

    Attributes must be well formed, and every row that is not <row/> must have its end.
    """
    piece = marked.piece
    start = piece.tags[rows] + len(b'row r="')
    length = piece.tags[rows + 1] - 1 - start
    if (length > _MAX_ROW_ATTRIBUTES).any():
        raise NotPlainError
    quote = piece.text[start[:, None] + np.arange(WORD)] == _QUOTE
    digits = quote.argmax(axis=1) + 1
    start, length = start + digits, length - digits
    width = -(-int(length.max(initial=1)) // WORD) * WORD
    first, which = piece.distinct(start, length, width=width)
    rests = piece.slices(start[first], length[first])
    if not all(map(_is_row_rest, rests)):
        raise NotPlainError
    closes = np.array([rest.rstrip().endswith(b"/>") for rest in rests], dtype=bool)[which]
    hidden = np.array([_is_hidden(rest) for rest in rests], dtype=bool)[which]
    if int((~closes).sum()) != int((marked.names == _END_ROW).sum()):
        raise NotPlainError
    return closes, hidden


def _formulas_closed(marked: _Marked) -> Mask:
    """Return which formulas are of the form <f/>; refuse those that are not well formed."""
    places: Sequence[int] = marked.piece.tags[:-1][marked.names == _FORMULA].tolist()
    found = [_FORMULA_START.match(marked.piece.raw, place) for place in places]
    starts = [match[0] for match in found if match]
    if len(starts) != len(places) or not all(map(_are_different, starts)):
        raise NotPlainError
    return np.array([start.endswith(b"/>") for start in starts], dtype=bool)


def _is_row_rest(raw: bytes) -> bool:
    return bool(_ROW_REST.fullmatch(raw)) and _are_different(b' r="1"' + raw)


def _is_hidden(raw: bytes) -> bool:
    height = _HEIGHT.search(raw)
    is_flat = height is not None and is_below(height[1].decode(), LEAST_HEIGHT)
    return is_flat or bool(_HIDDEN.search(raw))


def _are_different(attributes: bytes) -> bool:
    names = re.findall(_ATTRIBUTE, attributes)
    return len(set(names)) == len(names)


def _references(
    marked: _Marked, *, cells: Places, rows: Places, owner: Places
) -> tuple[Places, Places, Places]:
    """Return the rows' numbers, the cells' columns and the place after each reference.

    A cell must carry the very digits of its row, and columns must rise within a row.
    """
    piece = marked.piece
    digits = piece.words(piece.tags[rows] + len(b'row r="'))
    n_digits = np.zeros(rows.size, dtype=np.int64)
    for place in range(WORD):
        sign = (digits >> np.uint64(8 * place) & np.uint64(255)).astype(np.intp)
        n_digits += (n_digits == place) & _DIGITS[sign]
    numbers = numbers_of(digits, n_digits)
    numeral = digits & FIRST[np.minimum(n_digits + 1, WORD)]  # with the closing quote
    if (numeral >> (8 * n_digits).astype(np.uint64) != _QUOTE).any():
        raise NotPlainError
    signs = marked.signs[cells]
    first = _LETTERS[(signs >> np.uint64(40) & np.uint64(255)).astype(np.intp)]
    second = _LETTERS[(signs >> np.uint64(48) & np.uint64(255)).astype(np.intp)]
    column = np.where(second > 0, first * 26 + second, first)
    at = piece.tags[cells] + len(b'c r="A') + (second > 0)
    length = n_digits[owner] + 1
    if (first == 0).any() or (piece.words(at) & FIRST[length] != numeral[owner]).any():
        raise NotPlainError
    if ((column[1:] <= column[:-1]) & (owner[1:] == owner[:-1])).any():
        raise NotPlainError
    return numbers, column, at + length


def _attributes(
    piece: Piece, start: Places, length: Places
) -> tuple[Places, NDArray[np.int8], Mask]:
    """Return style, type and whether the tag closes itself, from the rest of each tag."""
    if (length > _MAX_ATTRIBUTES).any():
        raise NotPlainError
    width = -(-int(length.max(initial=1)) // WORD) * WORD
    first, which = piece.distinct(start, length, width=width)
    found = [_ATTRIBUTES.fullmatch(raw) for raw in piece.slices(start[first], length[first])]
    if not all(found):
        raise NotPlainError
    read = [_attribute(match) for match in found if match]
    style, kind, closed = (np.array(values) for values in zip(*read, strict=True))
    return style[which], kind.astype(np.int8)[which], closed[which].astype(bool)


def _attribute(match: re.Match[bytes]) -> tuple[int, int, bool]:
    before, kind, after, slash = match.groups()
    if (kind or b"") not in _TYPES or (before and after):
        raise NotPlainError
    return int(before or after or 0), _TYPES[kind or b""], bool(slash)


def _contents(
    marked: _Marked, *, cells: Places, rows: Places, closed: Mask
) -> tuple[Places, Mask]:
    """Return the tag of each cell's value (-1: none) and whether it has a formula.

    Every tag must belong to a row, or to a cell of one of the known forms.
    """
    names = np.concatenate([marked.names, np.zeros(WORD, dtype=np.int8)])
    before = names[cells - 1]
    is_first = before == _ROW
    is_next = (before == _END_CELL) | (before == _CELL)
    if not (is_first | is_next).all():
        raise NotPlainError
    at = cells + 1
    has_formula = ~closed & (names[at] == _FORMULA)
    is_long = has_formula & (names[at + 1] == _END_FORMULA)
    if not np.array_equal(_formulas_closed(marked), ~is_long[has_formula]):
        raise NotPlainError
    at = at + has_formula + is_long
    has_value = ~closed & (names[at] == _VALUE) & (names[at + 1] == _END_VALUE)
    is_text = (names[at + 1] == _TEXT) | (names[at + 1] == _KEPT)
    is_inline = ~closed & ~has_formula & (names[at] == _INLINE) & is_text
    is_inline &= (names[at + 2] == _END_TEXT) & (names[at + 3] == _END_INLINE)
    value = np.where(has_value, at, np.where(is_inline, at + 1, -1))
    at = at + 2 * has_value + 4 * is_inline
    if (~closed & (names[at] != _END_CELL)).any():
        raise NotPlainError
    n_used = int(np.where(closed, 1, at - cells + 1).sum())
    n_closed = int((names == _END_ROW).sum())
    if n_used + rows.size + n_closed != marked.names.size:
        raise NotPlainError
    return value, has_formula
