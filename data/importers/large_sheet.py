"""Read a large sheet of the plain form in pieces; None where the careful reader is needed.

Rows and cells are read by vectors. What stands around them (columns, merged cells) goes through
the same scan as in a small sheet, with the rows taken out.
"""

import re
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import IO
from xml.parsers import expat  # the text holds no DTD, so no entity is ever expanded

import numpy as np
from numpy.typing import NDArray

from data.importers.cell_styles import CellStyles
from data.importers.container import DAMAGE
from data.importers.grid import BLANK, EMPTY, ERROR, FORMULA
from data.importers.limits import Limits
from data.importers.packed_sheet import NO_TEXT, PackedSheet, Texts
from data.importers.plain_cells import PlainCells, find_cells
from data.importers.plain_sheet import WORDS, PlainTexts, read_contents
from data.importers.plain_strings import PlainStrings
from data.importers.plain_xml import Mask, NotPlainError, Piece, Places
from data.importers.remarks import RefusedError
from data.importers.sheet_scan import SheetFacts, SheetScan

_PIECE = 1 << 20
_THREADS, _AHEAD = 2, 4
_LONGEST_PIECE = 1 << 24  # of rows without an end, and of what stands around the rows
_OPEN, _CLOSE, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding=[\"']([^\"']*)[\"']")


@dataclass(frozen=True, slots=True, eq=False)
class LargeSheet:
    """A large sheet: what a scan finds, and its cells by vectors.

    Attributes
    ----------
    facts : SheetFacts
        Without flags: ``kind`` tells.
    row, column : ndarray of int64, shape (n_cells,)
        From 1.
    kind : ndarray of int8
    code : ndarray of int32
        Place of a shared string; ``WORDS`` and the place of one of ``words``; -1 for no text.
    words : sequence of str
    """

    facts: SheetFacts
    row: Places
    column: Places
    kind: NDArray[np.int8]
    code: NDArray[np.int32]
    words: Sequence[str]


def read_large_sheet(
    archive: zipfile.ZipFile, path: str, *, styles: CellStyles, limits: Limits
) -> LargeSheet | None:
    """Return a sheet's cells, or None when its XML is not of the plain form.

    Never refuses: also what goes beyond a limit is left to the careful reader to say.
    """
    try:
        with archive.open(path) as part:
            return _read(part, styles=styles, limits=limits)
    except (NotPlainError, RefusedError, expat.ExpatError, *DAMAGE):
        return None


def _read(part: IO[bytes], *, styles: CellStyles, limits: Limits) -> LargeSheet:
    texts = PlainTexts()
    around: list[bytes] = []
    found: list[_Found] = []
    last_row = n_cells = 0
    read = partial(_read_piece, texts=texts, styles=styles)
    for piece in _in_threads(read, _pieces(part, around=around)):
        rows, n_cells = piece.cells.rows, n_cells + piece.cells.row.size
        _require_size(piece.cells, n_cells, limits=limits)
        if rows.size and rows[0] <= last_row:
            raise NotPlainError
        last_row = int(rows[-1]) if rows.size else last_row
        found.append(piece)
    row = np.concatenate([piece.cells.row for piece in found])
    column = np.concatenate([piece.cells.column for piece in found])
    facts = replace(
        _facts_around(b"".join(around), limits=limits),
        n_values=n_cells,
        n_rows=int(row.max(initial=0)),
        n_columns=int(column.max(initial=0)),
        hidden_rows=[row for piece in found for row in piece.cells.hidden_rows],
    )
    kind = np.concatenate([piece.kind for piece in found])
    code = np.concatenate([piece.code for piece in found])
    return LargeSheet(facts, row, column, kind, code, words=texts.words)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Cells of one piece with their texts' codes and their kinds."""

    cells: PlainCells
    code: NDArray[np.int32]
    kind: NDArray[np.int8]


def _read_piece(raw: bytes, *, texts: PlainTexts, styles: CellStyles) -> _Found:
    piece = Piece.of(raw)
    cells = find_cells(piece)
    return _Found(cells, *read_contents(piece, cells, texts=texts, styles=styles))


def _in_threads(read: Callable[[bytes], _Found], pieces: Iterable[bytes]) -> Iterator[_Found]:
    """Read pieces by two threads, while this one unpacks; few are on their way at a time."""
    on_the_way: deque[Future[_Found]] = deque()
    with ThreadPoolExecutor(_THREADS) as pool:
        for raw in pieces:
            on_the_way.append(pool.submit(read, raw))
            if len(on_the_way) > _AHEAD:
                yield on_the_way.popleft().result()
        while on_the_way:
            yield on_the_way.popleft().result()


def _pieces(part: IO[bytes], *, around: list[bytes]) -> Iterator[bytes]:
    """Yield pieces of whole rows; what stands before and after them goes to ``around``."""
    raw = b""
    while _OPEN not in raw:
        raw += _more(part, raw)
    head, _, raw = raw.partition(_OPEN)
    around.append(head + _OPEN + _CLOSE)
    while _CLOSE not in raw:
        cut = raw.rfind(_ROW_END) + len(_ROW_END)
        if cut >= len(_ROW_END):
            yield raw[:cut]
            raw = raw[cut:]
        raw += _more(part, raw)
    rows, _, rest = raw.partition(_CLOSE)
    yield rows
    around.append(rest)
    while chunk := part.read(_PIECE):
        around.append(chunk)
        if sum(map(len, around)) > _LONGEST_PIECE:
            raise NotPlainError


def _more(part: IO[bytes], raw: bytes) -> bytes:
    chunk = part.read(_PIECE)
    if not chunk or len(raw) > _LONGEST_PIECE:
        raise NotPlainError
    return chunk


def _require_size(cells: PlainCells, n_cells: int, *, limits: Limits) -> None:
    if n_cells > limits.max_cells or (cells.column > limits.max_columns).any():
        raise NotPlainError
    if (cells.row > limits.max_rows).any():
        raise NotPlainError


def _facts_around(xml: bytes, *, limits: Limits) -> SheetFacts:
    """Scan what stands around the rows; without comments, a < there is always a tag."""
    encoding = _ENCODING.match(xml.removeprefix(b"\xef\xbb\xbf"))
    if b"<!" in xml or xml.count(b"<?") > 1 or xml.count(_OPEN) > 1:
        raise NotPlainError
    if encoding and encoding[1].lower() != b"utf-8":
        raise NotPlainError
    scan = SheetScan(styles=CellStyles(), limits=limits)
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.on_start
    parser.Parse(xml, True)
    facts = scan.facts()
    if facts.n_values or scan.has_rows or scan.hides_by_default:
        raise NotPlainError
    return facts


def pack_large_sheet(
    sheet: LargeSheet, *, name: str, strings: PlainStrings | None, limits: Limits
) -> PackedSheet | None:
    """Return the filled rows of a large sheet; None when the careful reader is needed."""
    is_shared = (sheet.code >= 0) & (sheet.code < WORDS)
    n_strings = len(strings.texts) if strings else 0
    if (sheet.code[is_shared] >= n_strings).any():
        return None
    kind, code = sheet.kind.copy(), sheet.code.copy()
    if strings and is_shared.any():
        at = np.flatnonzero(is_shared)
        blank = at[strings.blank[code[at]]]
        code[blank] = NO_TEXT
        kind[blank] = np.where(kind[blank] == FORMULA, ERROR, EMPTY)
    is_solid = (kind != EMPTY) & (kind != BLANK)
    has_solid = np.zeros(int(sheet.row.max(initial=0)) + 1, dtype=bool)
    has_solid[sheet.row[is_solid]] = True
    kept = np.flatnonzero(has_solid[sheet.row] & (kind != EMPTY))
    n_rows, n_columns = int(has_solid.sum()), int(sheet.column[kept].max(initial=0))
    if n_rows * n_columns > limits.max_cells or n_rows == 0:
        return None
    place = (np.cumsum(has_solid) - 1)[sheet.row[kept]]
    codes = np.full((n_columns, n_rows), NO_TEXT, dtype=np.int32)
    kinds = np.zeros((n_columns, n_rows), dtype=np.int8)
    texts, codes[sheet.column[kept] - 1, place] = _used(code[kept], strings, sheet.words)
    kinds[sheet.column[kept] - 1, place] = kind[kept]
    return PackedSheet(
        name=name,
        n_rows=n_rows,
        n_columns=n_columns,
        texts=texts,
        codes=codes.tobytes(),
        kinds=kinds.tobytes(),
        lines=np.flatnonzero(has_solid).astype(np.int32).tobytes(),
        merged=sheet.facts.merged,
    )


def _used(
    code: NDArray[np.int32], strings: PlainStrings | None, words: Sequence[str]
) -> tuple[Texts, NDArray[np.int32]]:
    """Return the texts that cells point to, and the cells' places among them."""
    is_word = code >= WORDS
    is_shared: Mask = (code >= 0) & ~is_word
    known = strings.texts if strings else []
    is_used = np.zeros(len(known), dtype=bool)
    is_used[code[is_shared]] = True
    n_used = int(is_used.sum())
    places = code.copy()
    places[is_shared] = (np.cumsum(is_used) - 1)[code[is_shared]]
    places[is_word] += n_used - WORDS
    texts = (
        known if n_used == len(known) else [known[i] for i in np.flatnonzero(is_used).tolist()]
    )
    return Texts.of([*texts, *words]), places
