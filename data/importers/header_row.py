"""Give each column of a header its meaning; what is doubtful is asked, never guessed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from core.findings import Finding
from data.importers import header_remarks as remarks
from data.importers.column_letter import column_letter
from data.importers.grid import BLANK, EMPTY
from data.importers.header_search import HeaderRows, find_header, find_header_rows
from data.importers.header_words import HeaderWords, like_known
from data.importers.headers import meaning, squeezed, subject_title
from data.importers.pupil_words import with_pupils
from data.importers.sheet import Sheet
from data.importers.two_level_header import ColumnHeader, column_headers

__all__ = ["Columns", "column_letter", "find_header", "find_header_rows", "read_columns"]


@dataclass(slots=True)
class Columns:
    """Positions of the columns that are read.

    Attributes
    ----------
    fields, subjects, long : dict of str to int
        Position by field, by subject code, and by long column (科目, 分数, 满分).
    total : int or None
        Position of the column 总分.
    headers : dict of int to str
        Header by position, as the file writes it, on one line.
    full_marks : dict of str to str
        Full mark that a subject's header states.
    names : dict of str to str
        Name of a subject by its code, where the header says more than the name.
    top : int or None
        Position of the header's first row where it has several.
    """

    fields: dict[str, int] = field(default_factory=dict)
    subjects: dict[str, int] = field(default_factory=dict)
    long: dict[str, int] = field(default_factory=dict)
    total: int | None = None
    headers: dict[int, str] = field(default_factory=dict)
    full_marks: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    top: int | None = None

    @property
    def is_long(self) -> bool:
        """Whether the file has one row for each pupil and subject."""
        return {"subject", "score"} <= self.long.keys()


def read_columns(
    sheet: Sheet, *, at: int, words: HeaderWords, top: int | None = None
) -> tuple[Columns, list[Finding]]:
    """Give each column its meaning; say which are unknown, double, unnamed or not read.

    Parameters
    ----------
    at, top : int
        Last and first row of the header; the same where ``top`` is not given.
    """
    rows = HeaderRows(at if top is None else top, at)
    line = int(sheet.lines[rows.top])
    found = column_headers(sheet, rows, words=words)
    columns = Columns(headers={i: column.text for i, column in found.items()}, top=rows.top)
    findings = remarks.titles(line, above=rows.top, depth=at - rows.top + 1)
    secret = _secret(sheet, _of_role(found, "unknown"), at=at)
    shown = [column.text for i, column in found.items() if i not in secret]
    findings += remarks.spacing(shown, line=line)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, column in found.items():
        groups[column.header.role, column.header.name].append(i)
    spare = []
    for (role, _), positions in groups.items():
        if role not in {"unknown", "ignored"}:
            read, doubts = _place(columns, found, positions, line=line)
            findings += doubts
            spare += [i for i in positions if i not in read and not doubts]
    findings += _unknown(found, secret, line=line)
    findings += _converted(columns, found, line=line)
    findings += remarks.not_read([columns.headers[i] for i in _ignored(columns, found, spare)])
    findings += remarks.remembered(
        [(c.text, c.header.name) for c in found.values() if c.source == "remembered"]
    )
    findings += _unused(words, found, line=line)
    findings += _unnamed(sheet, at=at, named=set(found))
    return columns, findings


def _secret(sheet: Sheet, unknown: Mapping[int, str], *, at: int) -> set[int]:
    """Return the unknown headers that no message may quote.

    What stands among the data too, such as a pupil's name, is perhaps no header; nor may one
    be told that holds a pupil's name or number.
    """
    below = sheet.text.iloc[at + 1 :]
    among = {i for i, text in unknown.items() if (below == text.strip()).to_numpy().any()}
    hold = with_pupils(unknown.values(), sheet)
    among |= {i for i, text in unknown.items() if text in hold}
    return remarks.like_data(unknown) | among


def _of_role(found: Mapping[int, ColumnHeader], role: str) -> dict[int, str]:
    return {i: column.text for i, column in found.items() if column.header.role == role}


def _unknown(
    found: Mapping[int, ColumnHeader], secret: set[int], *, line: int
) -> list[Finding]:
    taken = {(column.header.role, column.header.name) for column in found.values()}
    return [
        remarks.unknown_data(column_letter(i), line=line)
        if i in secret
        else remarks.unknown(
            text, line=line, letter=column_letter(i), like=_free_likes(text, taken)
        )
        for i, text in _of_role(found, "unknown").items()
    ]


def _free_likes(text: str, taken: Collection[tuple[str, str]]) -> list[str]:
    """Return what a header is like, but for what another column is already."""
    likes = {name: meaning(name, declared=frozenset()) for name in like_known(text)}
    return [name for name, like in likes.items() if (like.role, like.name) not in taken]


def _ignored(
    columns: Columns, found: Mapping[int, ColumnHeader], spare: Sequence[int]
) -> list[int]:
    ignored = [i for i in _of_role(found, "ignored") if not found[i].converted]
    if not columns.is_long:
        ignored += [i for name, i in columns.long.items() if name == "full_mark"]
    return sorted({*ignored, *spare})


def _place(
    columns: Columns, found: Mapping[int, ColumnHeader], positions: list[int], *, line: int
) -> tuple[set[int], list[Finding]]:
    """Place the column of one meaning; a person's word wins, a tie is asked."""
    said = [i for i in positions if found[i].source == "given"]
    said = said or [i for i in positions if found[i].source == "remembered"]
    first, *others = sorted(said or positions, key=lambda i: (found[i].header.rank, i))
    header = found[first].header
    if header.role == "field":
        columns.fields[header.name] = first
    elif header.role == "subject":
        columns.subjects[header.name] = first
        if header.full_mark:
            columns.full_marks[header.name] = header.full_mark
        if found[first].name:
            columns.names[header.name] = found[first].name
    elif header.role == "long":
        columns.long[header.name] = first
    else:
        columns.total = first
    is_clear = header.role == "field" and all(
        found[i].header.rank > header.rank for i in others
    )
    report = remarks.second_choice if is_clear else remarks.double
    return {first}, [
        report(
            found[first].text,
            found[i].text,
            line=line,
            letters=(column_letter(first), column_letter(i)),
        )
        for i in others
    ]


def _converted(
    columns: Columns, found: Mapping[int, ColumnHeader], *, line: int
) -> list[Finding]:
    """Ask which column is a subject's mark where a converted score stands beside it."""
    asked: dict[str, list[int]] = defaultdict(list)
    for i, column in found.items():
        if column.converted:
            asked[column.converted].append(i)
    findings = []
    for code, positions in asked.items():
        own = columns.subjects.get(code)
        if own is not None and found[own].source != "table":
            continue  # a person said which column is the mark
        candidates = [*([own] if own is not None else []), *positions]
        name = subject_title(code)
        texts = [found[i].text for i in candidates]
        findings.append(remarks.candidates(texts, name=name, line=line))
    return findings


def _unused(
    words: HeaderWords, found: Mapping[int, ColumnHeader], *, line: int
) -> list[Finding]:
    """Refuse a column that the user named and the file does not have."""
    used = {squeezed(column.text) for column in found.values()}
    used |= {squeezed(f"{column_letter(i)}列") for i in found}
    return [
        remarks.no_such_column(header, line=line)
        for header in words.given
        if header not in used
    ]


def _unnamed(sheet: Sheet, *, at: int, named: set[int]) -> list[Finding]:
    line = int(sheet.lines[at])
    return [
        remarks.unnamed(column_letter(i), line=line)
        for i in range(sheet.text.shape[1])
        if i not in named and (~np.isin(sheet.kinds[at + 1 :, i], (EMPTY, BLANK))).any()
    ]
