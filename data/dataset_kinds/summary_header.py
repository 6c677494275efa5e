"""The two-level header of a bureau's summary: a subject merged over its figures.

    学校 | 实考人数 | 语文 |        |        | 数学 | ...
         |          | 均分 | 优秀率 | 及格率 | 均分 | ...

A merged cell gives its text to its first column only, so the texts of the upper rows are
carried to the right. One header row (语文均分, 语文优秀率 ..), a column 科目, and one sheet a
subject are read too.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from data.dataset_kinds.school_book import SCHOOL_SPECS
from data.importers.column_header import without_brackets
from data.importers.column_letter import column_letter
from data.importers.grid import BLANK, EMPTY
from data.importers.headers import LONG, Header, meaning, squeezed
from data.importers.remarks import plain
from data.importers.sheet import Sheet

_SEARCHED_ROWS = 15

FIGURES: dict[str, tuple[str, ...]] = {
    "mean": ("平均分", "均分", "平均成绩", "人均分", "人平分", "平均",
             "averagescore", "average", "mean"),
    "excellent_rate": ("优秀率", "优生率", "优率", "excellentrate"),
    "good_rate": ("良好率", "优良率", "良率", "goodrate"),
    "pass_rate": ("及格率", "合格率", "passrate"),
    "low_rate": ("低分率", "低差率", "学困率", "lowrate"),
    "n_sat": ("实考人数", "参考人数", "实考数", "参考数", "实考", "参考", "考试人数", "人数",
              "nsat"),
}  # fmt: skip
RATES = ("excellent_rate", "good_rate", "pass_rate", "low_rate")
_FIGURE_OF = {squeezed(word): name for name, words in FIGURES.items() for word in words}
_FIGURE_END = re.compile(f"(.+?)({'|'.join(sorted(_FIGURE_OF, key=len, reverse=True))})")
_OTHER_FIGURE = re.compile(
    r".*(人数|名次|排名|位次|最高分|最低分|标准差|超均率|得分率|差值|离差|综合指数|总评|赋分|积分)"
)
_COUNTED = re.compile(r".*(优秀|优生|良好|优良|及格|合格|低分|学困|应考|缺考|在籍)(人数|数)")
_PLACES = {
    squeezed(s): spec.name for spec in SCHOOL_SPECS for s in (spec.title_zh, *spec.synonyms)
}
_NOT_ASKED = {"township", "序号", "编号", "备注", "县区"}
_SUBJECT_COLUMN = {squeezed(word) for word in LONG["subject"]}


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures.

    Attributes
    ----------
    subject : str or None
        Subject code; None where the header names none.
    header : str
        As a message quotes it, such as 语文 均分.
    is_percent : bool
        Whether the header states per cent.
    """

    position: int
    figure: str
    subject: str | None
    header: str
    is_percent: bool = False


@dataclass(slots=True, eq=False)
class SummaryHeader:
    """Where the columns of a summary stand.

    Attributes
    ----------
    at : int
        Position of the lowest header row.
    places : dict of str to int
        Columns of school_code, school_name.
    subject : int or None
        Column 科目, of a summary with one row a school and subject.
    unread, other_figures : list of str
        Headers of filled columns that are not read: unknown ones; counts, places and the like.
    full_marks : dict of str to str
        Full marks that the header states, by subject code.
    title : str
        What stands above the header, with the name of the sheet.
    """

    at: int
    figures: list[FigureColumn] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    subject: int | None = None
    unread: list[str] = field(default_factory=list)
    other_figures: list[str] = field(default_factory=list)
    full_marks: dict[str, str] = field(default_factory=dict)
    title: str = ""


def find_summary_header(sheet: Sheet, *, declared: frozenset[str]) -> SummaryHeader | None:
    """Return the header of a summary; None where no row names two figures.

    Parameters
    ----------
    declared : frozenset of str
        Names of the exam's subjects beyond those that are known anyway.
    """
    rows = [_texts(sheet, i) for i in range(min(_SEARCHED_ROWS, len(sheet.lines)))]
    counts = [sum(_is_figure(text) for text in row.values()) for row in rows]
    at = int(np.argmax(counts)) if counts else 0
    if not counts or counts[at] < 2:
        return None
    top = at
    while top > 0 and _is_header_row(rows[top - 1], declared=declared):
        top -= 1
    width = sheet.text.shape[1]
    upper = [_carried(row, width) for row in rows[top:at]]
    titles = [text for row in rows[:top] for text in row.values()]
    header = SummaryHeader(at, title=" ".join([*titles, sheet.name]))
    for i in range(width):
        own = [row[i] for row in rows[top : at + 1] if i in row]
        above = [row[i] for row in upper if row[i]]
        _place(header, sheet, i, own=own, above=above, declared=declared)
    return header


def subject_in(text: str, subjects: Mapping[str, str]) -> str | None:
    """Return the code of the only subject whose name stands in a text.

    Examples
    --------
    >>> subject_in("八年级数学一分三率", {"math": "数学", "chinese": "语文"})
    'math'
    """
    plain_text = squeezed(text)
    found = [code for code, name in subjects.items() if squeezed(name) in plain_text]
    return found[0] if len(found) == 1 else None


def _texts(sheet: Sheet, position: int) -> dict[int, str]:
    row = sheet.text.iloc[position]
    return {i: str(text) for i, text in enumerate(row) if isinstance(text, str)}


def _carried(row: Mapping[int, str], width: int) -> list[str]:
    """Return the texts of a row, each carried to the right up to the next."""
    texts, last = [], ""
    for i in range(width):
        last = row.get(i, last)
        texts.append(last)
    return texts


def _is_header_row(row: Mapping[int, str], *, declared: frozenset[str]) -> bool:
    known = any(
        squeezed(text) in _PLACES or _subject_of(text, declared=declared)
        for text in row.values()
    )
    return known and not all(_is_long_title(text) for text in row.values())


def _is_long_title(text: str) -> bool:
    return len(text) > 15


def _is_figure(text: str) -> bool:
    return _figure_of(text)[1] is not None


def _figure_of(text: str) -> tuple[str, str | None]:
    """Return what stands before a figure's name, and the figure."""
    stem = without_brackets(text)[0].removesuffix("%")
    if stem in _FIGURE_OF:
        return "", _FIGURE_OF[stem]
    match = _FIGURE_END.fullmatch(stem)
    if match is None or _COUNTED.fullmatch(stem):
        return "", None
    return match[1], _FIGURE_OF[match[2]]


def _subject_of(text: str, *, declared: frozenset[str]) -> Header | None:
    found = meaning(text, declared=declared)
    return found if found.role in {"subject", "total"} else None


def _place(
    header: SummaryHeader,
    sheet: Sheet,
    position: int,
    *,
    own: Sequence[str],
    above: Sequence[str],
    declared: frozenset[str],
) -> None:
    """Give one column its meaning, from its own texts and the merged ones above it."""
    for text in own:
        name = _PLACES.get(squeezed(text))
        if name is not None:
            header.places.setdefault(name, position)
            return
        if squeezed(text) in _SUBJECT_COLUMN:
            header.subject = position
            return
    lowest = own[-1] if own else ""
    before, figure = _figure_of(lowest)
    found = next(
        (
            s
            for t in (before, *reversed(above))
            if t and (s := _subject_of(t, declared=declared))
        ),
        None,
    )
    shown = " ".join(plain(t) for t in dict.fromkeys([*above[-1:], lowest]) if t)
    if figure is None or (before and not found):
        is_known = lowest and meaning(lowest, declared=declared).name in _NOT_ASKED
        if not is_known and _is_filled(sheet, header.at, position):
            is_other = _OTHER_FIGURE.fullmatch(without_brackets(lowest)[0])
            listed = header.other_figures if is_other else header.unread
            listed.append(shown or column_letter(position))
        return
    if found and found.full_mark:
        header.full_marks[found.name] = found.full_mark
    header.figures.append(
        FigureColumn(position, figure, found.name if found else None, shown, "%" in lowest)
    )


def _is_filled(sheet: Sheet, at: int, position: int) -> bool:
    return bool((~np.isin(sheet.kinds[at + 1 :, position], (EMPTY, BLANK))).any())
