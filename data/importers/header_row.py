"""Find the header row by its content and give each column its meaning."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from core.findings import Finding
from data.importers.grid import BLANK, EMPTY
from data.importers.headers import Header, meaning, squeezed
from data.importers.remarks import plain, remark
from data.importers.sheet import Sheet

_SEARCHED_ROWS = 40
_MIN_KNOWN = 2
_LISTED = 20
_MOST_DIGITS = 2  # of an unknown header that a message may quote
_SCORE_OR_NUMBER = re.compile(r"[A-Za-z]{0,4}[-_]?[0-9]+(\.[0-9]+)?[A-Za-z]?")


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
    """

    fields: dict[str, int] = field(default_factory=dict)
    subjects: dict[str, int] = field(default_factory=dict)
    long: dict[str, int] = field(default_factory=dict)
    total: int | None = None
    headers: dict[int, str] = field(default_factory=dict)
    full_marks: dict[str, str] = field(default_factory=dict)

    @property
    def is_long(self) -> bool:
        """Whether the file has one row for each pupil and subject."""
        return {"subject", "score"} <= self.long.keys()


def find_header(sheet: Sheet, *, declared: frozenset[str]) -> int | None:
    """Return the position of the row with most known headers, or None."""
    best, most = None, _MIN_KNOWN - 1
    for position in range(min(_SEARCHED_ROWS, len(sheet.lines))):
        roles = [
            meaning(text, declared=declared).role for text in _cells(sheet, position).values()
        ]
        known = sum(role != "unknown" for role in roles)
        if known > most and {"field", "long"} & set(roles):
            best, most = position, known
    return best


def read_columns(
    sheet: Sheet, *, at: int, declared: frozenset[str]
) -> tuple[Columns, list[Finding]]:
    """Give each column its meaning; say which are unknown, double, unnamed or not read."""
    cells = _cells(sheet, at)
    line = int(sheet.lines[at])
    columns = Columns(headers={i: plain(text) for i, text in cells.items()})
    found = {i: meaning(text, declared=declared) for i, text in cells.items()}
    secret = _like_data({i: t for i, t in cells.items() if found[i].role == "unknown"})
    shown = {i: text for i, text in cells.items() if i not in secret}
    findings = _title_note(line, above=at) + _spacing_notes(shown, line=line)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, header in found.items():
        groups[header.role, header.name].append(i)
    ignored: list[int] = groups_of(groups, "ignored")
    for (role, name), positions in groups.items():
        if role == "unknown":
            findings += [
                _unknown_data(column_letter(i), line=line)
                if i in secret
                else _unknown(columns.headers[i], line=line)
                for i in positions
            ]
        elif role != "ignored":
            findings += _place(columns, found, positions, role=role, name=name, line=line)
    if not columns.is_long:
        ignored += [i for name, i in columns.long.items() if name == "full_mark"]
    findings += _ignored_note(columns, ignored)
    findings += _unnamed(sheet, at=at, named=set(cells))
    return columns, findings


def groups_of(groups: Mapping[tuple[str, str], list[int]], role: str) -> list[int]:
    """Return the positions of all columns of one role, in the order of the file."""
    return sorted(
        i for (kind, _), positions in groups.items() if kind == role for i in positions
    )


def _cells(sheet: Sheet, position: int) -> dict[int, str]:
    row = sheet.text.iloc[position]
    return {i: str(text) for i, text in enumerate(row) if isinstance(text, str)}


def _place(
    columns: Columns,
    found: Mapping[int, Header],
    positions: list[int],
    *,
    role: str,
    name: str,
    line: int,
) -> list[Finding]:
    first, *others = sorted(positions, key=lambda i: (found[i].rank, i))
    if role == "field":
        columns.fields[name] = first
    elif role == "subject":
        columns.subjects[name] = first
    elif role == "long":
        columns.long[name] = first
    else:
        columns.total = first
    stated = found[first].full_mark
    if role == "subject" and stated:
        columns.full_marks[name] = stated
    is_clear = role == "field" and all(found[i].rank > found[first].rank for i in others)
    report = _second_choice if is_clear else _double
    return [report(columns.headers[first], columns.headers[i], line=line) for i in others]


def _double(first: str, second: str, *, line: int) -> Finding:
    return remark(
        "error", "double_column",
        f"第 {line} 行表头：“{first}”与“{second}”两列含义相同（重复）。只能保留一列，"
        "请删除或改名。",
        f"Header row {line}: the columns {first} and {second} mean the same. Keep one of them.",
        row=line, column=second)  # fmt: skip


def _second_choice(first: str, second: str, *, line: int) -> Finding:
    return remark(
        "warning", "double_column",
        f"“{first}”与“{second}”两列含义相近，只读取了“{first}”。如不对，请删除一列后重新上传。",
        f"The columns {first} and {second} mean nearly the same; only {first} was read. "
        f"If that is wrong, delete one of them.",
        row=line, column=second)  # fmt: skip


def _unknown(header: str, *, line: int) -> Finding:
    return remark(
        "error", "unknown_column",
        f"第 {line} 行表头“{header}”是未知的列，不在已知表头中，不能忽略它。"
        f"请改成已知的表头，或用 --full-mark {header}=满分 声明为科目，或删除该列。",
        f"Header row {line}: the column {header} is unknown. Rename it to a known header, "
        f"declare it as a subject with --full-mark {header}=MARK, or delete it.",
        row=line, column=header)  # fmt: skip


def _like_data(unknown: Mapping[int, str]) -> set[int]:
    """Return the unknown headers that may be a pupil's name, number or score.

    A score or a number among them makes all of them doubtful: the row is perhaps a pupil's.
    """
    narrow = {i: unicodedata.normalize("NFKC", text).strip() for i, text in unknown.items()}
    if any(_SCORE_OR_NUMBER.fullmatch(text) for text in narrow.values()):
        return set(narrow)
    return {i for i, text in narrow.items() if sum(c.isdigit() for c in text) > _MOST_DIGITS}


def _unknown_data(letter: str, *, line: int) -> Finding:
    return remark(
        "error", "unknown_column",
        f"第 {line} 行表头：第 {letter} 列不是已知的表头，其内容像是学生的数据，因此不显示。"
        f"请检查第 {line} 行是不是表头，并把该列改成已知的表头，或删除该列。",
        f"Header row {line}: column {letter} has no known header; its text looks like a "
        f"pupil's data and is not shown. Check that row {line} is the header, and rename the "
        f"column to a known header or delete it.",
        row=line, column=letter)  # fmt: skip


def _title_note(line: int, *, above: int) -> list[Finding]:
    if above == 0:
        return []
    return [remark(
        "note", "header_row", f"表头在第 {line} 行，上方 {above} 行标题已跳过。",
        f"The header stands in row {line}; title rows skipped above it: {above}.",
        row=line)]  # fmt: skip


def _spacing_notes(cells: Mapping[int, str], *, line: int) -> list[Finding]:
    spaced = [text for text in cells.values() if _is_spaced(text)]
    if not spaced:
        return []
    names = "、".join(plain(text) for text in spaced[:_LISTED])
    return [remark(
        "note", "header_spacing", f"表头含空格、换行或括号，已按去掉后的名称识别：{names}。",
        f"Headers with spaces, line breaks or brackets were read without them: {names}.",
        row=line)]  # fmt: skip


def _is_spaced(text: str) -> bool:
    if text.isascii() and text == " ".join(text.split()):
        return False  # words of an English header stand apart by right
    return text.casefold() != squeezed(text) or "(" in text or any(c.isspace() for c in text)


def _ignored_note(columns: Columns, ignored: Iterable[int]) -> list[Finding]:
    names = [columns.headers[i] for i in ignored]
    if not names:
        return []
    listed = "、".join(names[:_LISTED])
    return [remark(
        "note", "ignored_column", f"以下 {len(names)} 列与成绩无关，没有读取：{listed}。",
        f"Columns that do not bear on the marks were not read: {len(names)} ({listed}).",
    )]  # fmt: skip


def _unnamed(sheet: Sheet, *, at: int, named: set[int]) -> list[Finding]:
    line = int(sheet.lines[at])
    return [
        remark(
            "error", "unnamed_column",
            f"第 {column_letter(i)} 列有数据，但第 {line} 行没有表头。表头须只占一行；"
            "请补上列名或删除该列。",
            f"Column {column_letter(i)} holds data but has no header in row {line}. The header "
            f"must stand in one row; name the column or delete it.",
            row=line, column=column_letter(i))
        for i in range(sheet.text.shape[1])
        if i not in named and (~np.isin(sheet.kinds[at + 1 :, i], (EMPTY, BLANK))).any()
    ]  # fmt: skip


def column_letter(position: int) -> str:
    """Return a column's letter, counted from 0.

    Examples
    --------
    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    name, rest = "", position + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(65 + letter) + name
    return name
