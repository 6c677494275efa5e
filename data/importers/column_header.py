"""Find the header row of a file by the columns that it may have, and the rows of data below."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from core.findings import Finding
from data.importers import column_words as words
from data.importers.column_letter import column_letter
from data.importers.grid import BLANK, EMPTY
from data.importers.header_row import Columns
from data.importers.headers import FIELDS, meaning, squeezed
from data.importers.pupil_rows import pupil_rows
from data.importers.remarks import plain
from data.importers.sheet import Sheet
from data.importers.tables import Positions

NOT_READ = "ignored"
"""What a remembered header means when its column is to be left out."""

_SEARCHED_ROWS = 40


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column that a file may have.

    Attributes
    ----------
    name : str
        Name of the column in the frame.
    title_zh : str
        The header that a template carries and a message quotes.
    synonyms : tuple of str
        Other headers that mean it; an earlier one wins over a later one.
    required : bool
        Whether a file without the column is refused.
    """

    name: str
    title_zh: str
    synonyms: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """Where the columns of a sheet stand.

    Attributes
    ----------
    at, line : int
        Header row: its position in the sheet, and its Excel row.
    rows : ndarray of intp
        Positions of the rows of data in the sheet.
    positions : dict of str to int
        Column by spec.
    others : dict of int to str
        Headers that are no spec and not known to be of no interest, by column.
    findings : tuple of Finding
    """

    at: int
    line: int
    rows: Positions
    positions: dict[str, int]
    others: dict[int, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def locate_columns(
    sheet: Sheet,
    specs: Sequence[ColumnSpec],
    *,
    remembered: Mapping[str, str] = {},
    is_other: Callable[[str], bool] = lambda _header: False,
) -> tuple[Located | None, tuple[Finding, ...]]:
    """Find the header row and give each header its spec.

    Parameters
    ----------
    is_other : callable
        Says whether a header that no spec knows is one that the file may have, such as an
        item's number; it helps to find the header row.

    Returns
    -------
    (Located or None, tuple of Finding)
        None with the errors where no header was found, a required column is missing, or there
        are no rows below.
    """
    known = _known(specs, remembered)
    at = _header_row(sheet, known, is_other=is_other)
    if at is None:
        titles = [s.title_zh for s in specs if s.required] or [s.title_zh for s in specs[:6]]
        return None, (words.no_header(titles, searched=_SEARCHED_ROWS),)
    line = int(sheet.lines[at])
    texts = _cells(sheet, at)
    positions, findings = _positions(texts, known, line=line)
    others, left_out = _others(sheet, at, texts, known)
    findings += words.left_out(left_out)
    findings += [
        words.unnamed(column_letter(i), line=line) for i in _nameless(sheet, at, texts)
    ]
    missing = [s for s in specs if s.required and s.name not in positions]
    findings += [words.missing(s.title_zh, s.name, line=line) for s in missing]
    rows, skipped = data_rows(sheet, at, positions, left_out)
    findings += skipped if len(rows) else [words.no_rows(line)]
    if missing or not len(rows):
        return None, tuple(findings)
    return Located(at, line, rows, positions, others, tuple(findings)), ()


def without_brackets(header: str) -> tuple[str, str]:
    """Return a squeezed header without its brackets, and what stood in them.

    Examples
    --------
    >>> without_brackets("在籍人数（人）"), without_brackets("School Code")
    (('在籍人数', '人'), ('schoolcode', ''))
    """
    stem: list[str] = []
    inner: list[str] = []
    depth = 0
    for character in squeezed(header):
        if character in "([【〔{":
            depth += 1
        elif character in ")]】〕}":
            depth = max(depth - 1, 0)
        else:
            (inner if depth else stem).append(character)
    return "".join(stem).strip("*:,.#"), "".join(inner)


Known = Mapping[str, tuple[str, int]]


def _known(specs: Sequence[ColumnSpec], remembered: Mapping[str, str]) -> Known:
    """Return spec and rank by squeezed header; what the bureau said wins."""
    table: dict[str, tuple[str, int]] = {}
    for spec in specs:
        for rank, synonym in enumerate((spec.title_zh, *spec.synonyms, spec.name)):
            table.setdefault(squeezed(synonym), (spec.name, rank))
    said = {squeezed(header): _meant(table, name) for header, name in remembered.items()}
    return table | {header: (name, -1) for header, name in said.items()}


def _meant(table: Known, name: str) -> str:
    """Return the spec that a remembered word means, the word itself where it means none."""
    if name.strip() in (NOT_READ, "忽略"):
        return NOT_READ
    found = table.get(squeezed(name))
    return found[0] if found else name.strip()


def _find(known: Known, header: str) -> tuple[str, int] | None:
    return known.get(squeezed(header)) or known.get(without_brackets(header)[0])


def _cells(sheet: Sheet, position: int) -> dict[int, str]:
    row = sheet.text.iloc[position]
    return {i: str(text) for i, text in enumerate(row) if isinstance(text, str)}


def _header_row(sheet: Sheet, known: Known, *, is_other: Callable[[str], bool]) -> int | None:
    """Return the row with most known headers: at least two, or one among several cells."""
    best, most = None, 0
    head = sheet.text.iloc[:_SEARCHED_ROWS].to_numpy(dtype=object)
    for position, cells in enumerate(head):
        texts = [text for text in cells if isinstance(text, str)]
        named = {found[0] for text in texts if (found := _find(known, text))}
        n_known = len(named) + sum(is_other(text) for text in texts if not _find(known, text))
        if named and len(texts) > 1 and n_known > most:
            best, most = position, n_known
    return best


def _positions(
    texts: Mapping[int, str], known: Known, *, line: int
) -> tuple[dict[str, int], list[Finding]]:
    """Return the column of each spec; of two with one meaning the better synonym wins."""
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, text in texts.items():
        found = _find(known, text)
        if found and found[0] != NOT_READ:
            groups[found[0]].append((found[1], i))
    positions, findings = {}, []
    for name, candidates in groups.items():
        (rank, first), *others = sorted(candidates)
        positions[name] = first
        for other_rank, i in others:
            say = words.second_choice if other_rank > rank else words.double
            findings.append(say(plain(texts[first]), plain(texts[i]), line=line))
    return positions, findings


def _others(
    sheet: Sheet, at: int, texts: Mapping[int, str], known: Known
) -> tuple[dict[int, str], dict[int, str]]:
    """Return the headers that no spec knows, and those known to be of no interest."""
    others, left_out = {}, {}
    for i, text in texts.items():
        found = _find(known, text)
        if found is None and meaning(text, declared=frozenset()).role != "ignored":
            if _is_filled(sheet, at, i):
                others[i] = text
        elif found is None or found[0] == NOT_READ:
            left_out[i] = text
    return others, left_out


def _is_filled(sheet: Sheet, at: int, position: int) -> bool:
    return bool((~np.isin(sheet.kinds[at + 1 :, position], (EMPTY, BLANK))).any())


def _nameless(sheet: Sheet, at: int, texts: Mapping[int, str]) -> list[int]:
    n_columns = sheet.text.shape[1]
    return [i for i in range(n_columns) if i not in texts and _is_filled(sheet, at, i)]


def data_rows(
    sheet: Sheet, at: int, positions: Mapping[str, int], left_out: Mapping[int, str]
) -> tuple[Positions, list[Finding]]:
    """Return the rows of data: repeated headers, totals and notes are set aside.

    A label such as 合计 is looked for where a place or a pupil is named, and in the first
    column, of which 序号 often carries it; a remark in any other column is no label.
    """
    places = {name: i for name, i in positions.items() if name in FIELDS}
    columns = Columns(
        fields=places | ({"first": 0} if 0 in left_out else {}),
        subjects=dict(positions),
        headers=_cells(sheet, at),
    )
    rows, _ = pupil_rows(sheet, columns, at=at)
    skipped = np.setdiff1d(np.arange(at + 1, len(sheet.lines)), rows)
    return rows, words.skipped(sheet.lines[skipped].tolist())
