"""What a message quotes of a file holds no pupil of it: such words become places.

Headers, sheets, schools and classes are quoted so that a person finds what is meant. A header
such as 语文(欧阳星海), or a school that is called like a pupil, would carry a name into
reports, logs and screens. Every report of a file goes through ``without_pupils``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.findings import Finding
from data.importers.column_letter import column_letter
from data.importers.header_search import row_texts
from data.importers.headers import meaning, squeezed
from data.importers.remarks import plain, quoted
from data.importers.several_sheets import STEP
from data.importers.sheet import Reading, Sheet, SheetSize
from data.importers.sheet_words import sheet_label

_PUPIL = frozenset({"pupil_name", "pupil_number", "exam_number"})
_PLACES = {
    "school_code": ("学校", "school"),
    "school_name": ("学校", "school"),
    "township": ("乡镇", "township"),
    "class_name": ("班级", "class"),
    "grade": ("年级", "grade"),
    "subject": ("科目", "subject"),
}
_SEARCHED_ROWS = 40
_LENGTHS = (2, 30)  # of a value that can be told in a word
_MIN_DIGITS = 5  # a shorter number is a class, a seat or a score as well
_HIDDEN = "□□"
_ODD = "[^一-鿿0-9A-Za-z]"  # plain ranges, which every regex engine reads
_SIGNS = re.compile(r"[\s·]+")

Labels = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Head:
    """The first row with a header of a pupil's column, and what its columns hold."""

    position: int
    fields: Mapping[int, str]

    @property
    def of_pupils(self) -> list[int]:
        return [i for i, name in self.fields.items() if name in _PUPIL]


def without_pupils(
    findings: Iterable[Finding],
    reading: Reading,
    *,
    said: Mapping[str, str] | None = None,
    others: Sequence[str] = (),
) -> list[Finding]:
    """Return findings in which no word of the file holds a pupil's name or number.

    Parameters
    ----------
    said : mapping of str to str, optional
        What headers of the bureau's own mean.
    others : sequence of str
        Further words that findings may quote, such as the file's name or the store's schools.
    """
    told = list(findings)
    if reading.sheet is None or not told:
        return told
    head = _head(reading.sheet, said or {})
    if head is None:
        return told
    labels = {**_sheets(reading), **_headers(reading.sheet, head)}
    words = [*others, *labels, *_units(reading.sheet, head)]
    pupils = _among(words, reading.sheet, head)
    if not pupils:
        return told
    unplaced = dict.fromkeys(others, (_HIDDEN, _HIDDEN))
    labels = {**unplaced, **_places(reading.sheet, head), **labels}
    hidden = _variants({word: at for word, at in labels.items() if _holds(word, pupils)})
    return [_without(finding, hidden, pupils) for finding in told]


def with_pupils(
    words: Iterable[str], sheet: Sheet, *, said: Mapping[str, str] | None = None
) -> set[str]:
    """Return the words that hold a pupil's name or number of the sheet."""
    distinct, head = set(words), _head(sheet, said or {})
    if head is None or not distinct:
        return set()
    pupils = _among(distinct, sheet, head)
    return {word for word in distinct if _holds(word, pupils)}


def sheet_labels(sheets: Sequence[Sheet], listed: Sequence[SheetSize]) -> list[str]:
    """Return what a message calls sheets of a workbook; none like a pupil of any of them.

    Parameters
    ----------
    listed : sequence of SheetSize
        Every sheet of the workbook in the order of the tabs; none for a text file.
    """
    places = {size.name: k for k, size in enumerate(listed, start=1)}
    names = [sheet.name for sheet in sheets]
    held = {word for sheet in sheets for word in with_pupils(names, sheet)}
    called = [(name, places.get(name, k)) for k, name in enumerate(names, start=1)]
    return [f"#{k}" if name in held else sheet_label(name, k) for name, k in called]


def _head(sheet: Sheet, said: Mapping[str, str]) -> _Head | None:
    own = {squeezed(header): word for header, word in said.items()}
    for position in range(min(_SEARCHED_ROWS, len(sheet.lines))):
        found = {
            i: meaning(own.get(squeezed(text), text), declared=frozenset())
            for i, text in row_texts(sheet, position).items()
        }
        fields = {i: h.name for i, h in found.items() if h.role in ("field", "long")}
        if _PUPIL & set(fields.values()):
            return _Head(position, fields)
    return None


def _units(sheet: Sheet, head: _Head) -> list[str]:
    """Return the different texts of the columns of schools, classes and subjects."""
    below = sheet.text.iloc[head.position + 1 :]
    columns = [i for i, name in head.fields.items() if name in _PLACES]
    return [t for i in columns for t in below.iloc[:, i].unique() if isinstance(t, str)]


def _among(words: Iterable[str], sheet: Sheet, head: _Head) -> list[str]:
    """Return the pupils' names and numbers that stand in any of the words.

    The few words are cut into parts as long as the values, not the many pupils.
    """
    bare = {_SIGNS.sub("", word) for word in words}
    found: set[str] = set()
    for i in head.of_pupils:
        values = sheet.text.iloc[head.position + 1 :, i]
        if head.fields[i] == "pupil_name":
            odd = values.str.contains(_ODD, regex=True, na=False)
            spaced = values[odd].str.replace(_SIGNS, "", regex=True)
            values = pd.concat([values, spaced]) if len(spaced) else values
        parts = _parts(bare, values.str.len().unique(), head.fields[i])
        if parts:
            found |= set(values[values.isin(parts)])
    return sorted(filter(_tells, found), key=len, reverse=True)


def _parts(words: Iterable[str], lengths: Iterable[float], field: str) -> list[str]:
    """Return the parts of words that are as long as values; of numbers those with a digit."""
    low, high = _LENGTHS
    wanted = [int(n) for n in lengths if low <= n <= high]
    parts = {w[i : i + n] for w in words for n in wanted for i in range(len(w) - n + 1)}
    is_number = field != "pupil_name"
    return [part for part in parts if not is_number or any(c.isdigit() for c in part)]


def _tells(value: str) -> bool:
    """Whether a value can be nothing but a pupil's: no header, no short number."""
    if value.isascii() and any(c.isdigit() for c in value) and len(value) < _MIN_DIGITS:
        return False
    return meaning(value, declared=frozenset()).role == "unknown"


def _holds(word: str, pupils: Sequence[str]) -> bool:
    bare = _SIGNS.sub("", word)
    return any(_pattern(value).search(bare) for value in pupils)


def _pattern(value: str) -> re.Pattern[str]:
    """Return what finds a value; one of ASCII letters and digits only where it stands alone."""
    spaced = r"[\s·]*".join(map(re.escape, value))
    return re.compile(
        rf"(?<![0-9A-Za-z]){spaced}(?![0-9A-Za-z])" if value.isascii() else spaced
    )


def _headers(sheet: Sheet, head: _Head) -> Labels:
    """Return column by header text, from the first row to the one below the header's."""
    labels: dict[str, tuple[str, str]] = {}
    for position in range(min(head.position + 2, len(sheet.lines))):
        texts = row_texts(sheet, position)
        if position > head.position and any(i in texts for i in head.of_pupils):
            break  # a pupil's row, and no second row of headers
        for i, text in texts.items():
            labels[text] = (f"{column_letter(i)}列",) * 2
    return labels


def _sheets(reading: Reading) -> Labels:
    names = [size.name for size in reading.sheets]
    if reading.sheet is not None and not names:
        names = [reading.sheet.name]
    return {name: (f"第 {k} 张工作表", f"sheet {k}") for k, name in enumerate(names, 1) if name}


def _places(sheet: Sheet, head: _Head) -> Labels:
    """Return the first row by each text of the columns of schools, classes and subjects."""
    labels: dict[str, tuple[str, str]] = {}
    for i, name in head.fields.items():
        if name not in _PLACES:
            continue
        column = sheet.text.iloc[head.position + 1 :, i]
        first = np.flatnonzero((~column.duplicated() & column.notna()).to_numpy(bool))
        lines = sheet.lines[head.position + 1 + first]
        zh, en = _PLACES[name]
        for text, line in zip(column.iloc[first].tolist(), lines.tolist(), strict=True):
            row = f"{sheet.parts[line // STEP - 1]}!{line % STEP}" if sheet.parts else line
            labels[text] = (f"第 {row} 行的{zh}", f"the {en} of row {row}")
    return labels


def _variants(labels: Labels) -> list[tuple[str, tuple[str, str]]]:
    """Return the words in every form in which a message may quote them, the longest first."""
    forms = {
        form: at
        for word, at in labels.items()
        for form in (plain(word), quoted(word), _SIGNS.sub("", word), word)
        if form
    }
    return sorted(forms.items(), key=lambda item: len(item[0]), reverse=True)


def _without(
    finding: Finding, hidden: Sequence[tuple[str, tuple[str, str]]], pupils: Sequence[str]
) -> Finding:
    zh, en = finding.message_zh, finding.message_en
    for word, at in hidden:
        zh, en = zh.replace(word, at[0]), en.replace(word, at[1])
    for pupil in pupils:
        zh, en = (_pattern(pupil).sub(_HIDDEN, text) for text in (zh, en))
    column, value = finding.column, finding.value
    if column is not None and _holds(column, pupils):
        column = next((at[0].removesuffix("列") for word, at in hidden if word == column), None)
    if value is not None and _holds(value, pupils):
        value = None
    return replace(finding, column=column, value=value, message_zh=zh, message_en=en)
