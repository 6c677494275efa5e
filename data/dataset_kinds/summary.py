"""``summary``: the bureau's own table of 一分三率 or 一分四率, one row a school.

It is kept as it is stated, beside the figures that the exam itself gives: two sources that can
be compared, not one that replaces the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from core.dataset_tables import SCHOOL_SUMMARY
from core.errors import DataError
from core.findings import Finding
from data.dataset_kinds import summary_words as words
from data.dataset_kinds.cells import (
    FULL_WIDTH,
    Column,
    decimal_number,
    faults_of,
    plain_decimal,
    read_cells,
    refused_rows,
    whole_number,
)
from data.dataset_kinds.kind import Content, DatasetKind, Surroundings, content_of
from data.dataset_kinds.rates import RateCells, Rates, read_rates
from data.dataset_kinds.school_book import SCHOOL_SPECS, match_schools
from data.dataset_kinds.summary_checks import check_summary
from data.dataset_kinds.summary_header import (
    FIGURES,
    RATES,
    FigureColumn,
    SummaryHeader,
    find_summary_header,
    subject_in,
)
from data.importers.column_file import ColumnFile, column_cells
from data.importers.column_header import data_rows
from data.importers.full_mark import full_mark_hundredths
from data.importers.headers import subject_code
from data.importers.remarks import remark
from data.importers.sheet import Sheet
from data.importers.tables import Positions

_N_SAT = whole_number(0, 1_000_000)
_MEAN = decimal_number(0, 10_000)
_FIGURES = tuple(name for name in FIGURES if name != "n_sat")


def read_summary(sheet: Sheet, around: Surroundings) -> Content:
    """Read a summary with one or two levels of header, simplified or full."""
    names = _names(around)
    header = find_summary_header(sheet, declared=frozenset(names.values()))
    if header is None:
        return Content(None, (words.no_header(),))
    line = int(sheet.lines[header.at])
    taken = header.places | {str(f.position): f.position for f in header.figures}
    rows, findings = data_rows(sheet, header.at, taken, {} if 0 in taken.values() else {0: ""})
    if not len(rows):
        return Content(None, (*findings, words.no_rows(line)))
    file = _places(sheet, header, rows)
    matched = match_schools(file, around.schools)
    findings += matched.findings + words.unread(header.unread, line)
    findings += words.other_figures(header.other_figures)
    figures, wrong = _with_subjects(header, around, names, line=line)
    findings += wrong
    columns, rated = _read_figures(sheet, rows, figures)
    refused = matched.refused | refused_rows(columns) | rated.refused
    findings += [*faults_of(columns), *rated.findings]
    subject, odd = _row_subjects(sheet, header, rows, around)
    findings += odd
    table = _long(file, matched.school, figures, columns, subject=subject)
    full_marks, unread = _full_marks(header, around)
    decimals = _decimals(sheet, rows, figures)
    checked = check_summary(table, full_marks=full_marks, decimals=decimals)
    findings += [*unread, *checked.findings]
    about = {"decimals": decimals, "full_marks": full_marks}
    return content_of(table, findings, refused=refused | checked.refused, about=about)


def _names(around: Surroundings) -> dict[str, str]:
    if around.subjects is None:
        return {}
    table = around.subjects
    return {str(c): str(n) for c, n in zip(table["subject"], table["name"], strict=True)}


def _places(sheet: Sheet, header: SummaryHeader, rows: Positions) -> ColumnFile:
    """Return the columns of schools as a file of named columns."""
    frame: dict[str, object] = {"row": sheet.lines[rows]}
    kinds: dict[str, object] = {}
    for spec in SCHOOL_SPECS:
        position = header.places.get(spec.name)
        frame[spec.name], kinds[spec.name] = column_cells(sheet, rows, position)
    headers = {s.name: s.title_zh for s in SCHOOL_SPECS if s.name in header.places}
    return ColumnFile(pd.DataFrame(frame), pd.DataFrame(kinds), headers, ())


def _with_subjects(
    header: SummaryHeader, around: Surroundings, names: Mapping[str, str], *, line: int
) -> tuple[list[FigureColumn], list[Finding]]:
    """Give each column its subject: the header's, else the one of the sheet or the call."""
    figures = header.figures
    named = [f for f in figures if f.subject is not None]
    if not named and header.subject is None:
        default = around.subject or subject_in(header.title, names or _COMMON)
        if default is None:
            return figures, [words.no_subject(line)]
        figures = [replace(f, subject=default) for f in figures]
    elif named:
        lost = [f.header for f in figures if f.subject is None and f.figure != "n_sat"]
        if lost:
            return figures, [words.without_subject(lost, line)]
    doubles = {
        f.header
        for i, f in enumerate(figures)
        if any((f.subject, f.figure) == (g.subject, g.figure) for g in figures[:i])
    }
    return figures, [words.double(sorted(doubles), line)] if doubles else []


_COMMON = {
    "chinese": "语文", "math": "数学", "english": "英语", "physics": "物理",
    "chemistry": "化学", "politics": "道德与法治", "history": "历史", "geography": "地理",
    "biology": "生物", "science": "科学", "total": "总分",
}  # fmt: skip


def _key(figure: FigureColumn) -> str:
    return str(figure.position)


def _read_figures(
    sheet: Sheet, rows: Positions, figures: Sequence[FigureColumn]
) -> tuple[dict[str, Column], Rates]:
    lines = pd.Series(sheet.lines[rows])
    columns: dict[str, Column] = {}
    rates = [f for f in figures if f.figure in RATES]
    cells = []
    for figure in figures:
        text, kind = (pd.Series(a) for a in column_cells(sheet, rows, figure.position))
        if figure.figure in RATES:
            cells.append(RateCells(figure.header, text, kind, lines, figure.is_percent))
        else:
            form = _N_SAT if figure.figure == "n_sat" else _MEAN
            columns[_key(figure)] = read_cells(
                text, kind, rows=lines, header=figure.header, form=form
            )
    found = read_rates(cells)
    columns |= {_key(f): column for f, column in zip(rates, found.columns, strict=True)}
    return columns, found


def _long(
    file: ColumnFile,
    school: "pd.Series[str]",
    figures: Sequence[FigureColumn],
    columns: Mapping[str, Column],
    *,
    subject: "pd.Series[str] | None",
) -> pd.DataFrame:
    """Return SCHOOL_SUMMARY rows: a school without any figure of a subject has no row."""
    assert file.frame is not None  # noqa: S101 made by _places
    shared = {f.figure: columns[_key(f)].values for f in figures if f.subject is None}
    parts = []
    named = [f.subject for f in figures if f.subject is not None]
    subjects: list[str | None] = [*dict.fromkeys(named)] or [None]
    for code in subjects:
        own = {f.figure: columns[_key(f)].values for f in figures if f.subject == code}
        part = pd.DataFrame({"school": school, "subject": subject if code is None else code})
        for name in ("n_sat", *_FIGURES):
            values = own.get(name, shared.get(name))
            part[name] = np.nan if values is None else values
        part["n_sat"] = part["n_sat"].astype("Int64")
        part["row"] = file.frame["row"]
        parts.append(part)
    table = pd.concat(parts, ignore_index=True)
    table["subject"] = table["subject"].astype("str")
    return table[table[list(_FIGURES)].notna().any(axis=1)][SCHOOL_SUMMARY.names]


def _row_subjects(
    sheet: Sheet, header: SummaryHeader, rows: Positions, around: Surroundings
) -> tuple["pd.Series[str] | None", list[Finding]]:
    """Return the subject of each row of a summary with a column 科目."""
    if header.subject is None:
        return None, []
    text = pd.Series(column_cells(sheet, rows, header.subject)[0])
    codes = {str(t): subject_code(str(t)) for t in text.dropna().unique()}
    known = {*_COMMON, *_names(around)}
    is_odd = text.isna() | ~text.map(codes).isin(known)
    lines = pd.Series(sheet.lines[rows])[is_odd]
    return text.map(codes), [] if lines.empty else [words.odd_subject(lines)]


def _full_marks(
    header: SummaryHeader, around: Surroundings
) -> tuple[dict[str, int], list[Finding]]:
    """Return full marks in hundredths: of the exam, else as the header states them."""
    marks: dict[str, int] = {}
    findings = []
    for code, text in header.full_marks.items():
        try:
            marks[code] = full_mark_hundredths(text)
        except DataError as error:
            findings.append(remark("warning", "full_mark", error.message_zh, error.message))
    if around.subjects is not None:
        own = around.subjects
        marks |= {str(c): int(m) for c, m in zip(own["subject"], own["full_mark"], strict=True)}
    return marks, findings


def _decimals(sheet: Sheet, rows: Positions, figures: Sequence[FigureColumn]) -> dict[str, int]:
    """Return how many decimals means have, and rates in per cent, at most."""
    found = {"mean": 0, "rate": 0}
    for figure in figures:
        text = pd.Series(column_cells(sheet, rows, figure.position)[0]).dropna()
        plain_texts = text.str.strip().str.translate(FULL_WIDTH).str.removesuffix("%")
        numbers = [plain_decimal(str(t)) for t in plain_texts.unique()]
        exponents = [int(n.as_tuple().exponent) for n in numbers if n is not None]
        most = -min(exponents, default=0)
        if figure.figure == "mean":
            found["mean"] = max(found["mean"], most)
        elif figure.figure in RATES:
            is_share = not text.str.contains("[%％]").any() and all(
                n <= 1 for n in numbers if n is not None
            )
            found["rate"] = max(found["rate"], most - 2 if is_share else most, 0)
    return found


SUMMARY = DatasetKind(
    name="summary",
    title_zh="一分三率汇总",
    title_en="summary of means and rates by school",
    table=SCHOOL_SUMMARY,
    template=(
        "学校代码", "学校名称", "科目", "实考人数", "均分", "优秀率", "良好率", "及格率",
        "低分率",
    ),
    read=read_summary,
)  # fmt: skip
