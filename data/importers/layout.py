"""From a sheet of text to ENTRIES and MARKS: wide and long files, Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from core.errors import DataError
from core.findings import Finding
from data.importers.full_mark import full_mark_hundredths
from data.importers.full_mark_row import full_mark_row
from data.importers.header_row import Columns, find_header_rows, read_columns
from data.importers.header_words import header_words
from data.importers.headers import FIELDS, subject_code
from data.importers.long_layout import long_tables
from data.importers.merged_cells import filled_down
from data.importers.merged_marks import check_merged_marks
from data.importers.other_tables import other_table
from data.importers.pupil_rows import pupil_rows, states_full_marks
from data.importers.remarks import remark
from data.importers.sheet import Sheet
from data.importers.tables import Tables
from data.importers.wide_layout import wide_tables

__all__ = ["FIELDS", "LaidOut", "full_mark_hundredths", "lay_out", "subject_code"]


@dataclass(frozen=True, slots=True, eq=False)
class LaidOut:
    """What the file says, cell by cell, with every reason why it may not say it.

    Attributes
    ----------
    entries : DataFrame or None
        ENTRIES rows with two kinds of further columns: ``grade`` as the file writes it, and
        ``<field>_kind``, the kind of the cell. None when the table could not be made out.
    marks : DataFrame or None
        MARKS rows without totals.
    subjects : dict of str to str
        Name of each subject by its code, in the order of the file.
    findings : tuple of Finding
    totals : DataFrame or None
        The column 总分: row, line, column, text, kind. None when the file has none.
    headers : dict of str to str
        Header by field, as the file writes it.
    full_marks : dict of str to int
        Full marks that the file itself states, in hundredths of a point.
    """

    entries: pd.DataFrame | None
    marks: pd.DataFrame | None
    subjects: dict[str, str]
    findings: tuple[Finding, ...]
    totals: pd.DataFrame | None = None
    headers: dict[str, str] = field(default_factory=dict)
    full_marks: dict[str, int] = field(default_factory=dict)


def lay_out(
    sheet: Sheet,
    *,
    declared_subjects: frozenset[str],
    columns: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> LaidOut:
    """Find header, columns and pupils of a sheet.

    Parameters
    ----------
    sheet : Sheet
        As ``read_sheet`` returns it.
    declared_subjects : frozenset of str
        Subjects that the user named, by code or by header; other unknown columns are errors.
    columns : mapping of str to str, optional
        What headers of this file mean: a field, a subject, or 忽略. Wins over all else. A
        column may also be named by its letter, as in ``F列``.
    remembered : mapping of str to str, optional
        The same as the bureau said it before; see ``data.column_names``.

    Raises
    ------
    SettingsError
        When a meaning is empty, or nearly but not quite the name of a field.
    """
    words = header_words(declared=declared_subjects, given=columns, remembered=remembered)
    other = other_table(sheet, words=words)
    if other:
        return LaidOut(None, None, {}, (other,))
    header = find_header_rows(sheet, words=words)
    if header is None:
        return LaidOut(None, None, {}, (_no_header(),))
    line = int(sheet.lines[header.top])
    placed, findings = read_columns(sheet, at=header.last, top=header.top, words=words)
    missing = _missing_columns(placed, line=line)
    sheet, merged = filled_down(sheet, placed, at=header.last)
    rows, skipped = pupil_rows(sheet, placed, at=header.last)
    lost = check_merged_marks(sheet, placed, rows=rows)
    findings = [*findings, *missing, *merged, *skipped, *lost]
    if not placed.is_long and states_full_marks(sheet, placed, at=header.last):
        stated, told = full_mark_row(sheet, placed, at=header.last)
        placed.full_marks |= stated
        findings += told
        rows = rows[rows != header.last + 1]
    if not len(rows):
        findings.append(_no_rows(line))
    if missing or not len(rows):
        return LaidOut(None, None, {}, tuple(findings))
    if placed.is_long:
        tables = long_tables(sheet, placed, rows=rows, declared=declared_subjects)
    else:
        tables = wide_tables(sheet, placed, rows=rows)
    return _laid_out(tables, placed, findings=findings)


def _laid_out(tables: Tables, columns: Columns, *, findings: list[Finding]) -> LaidOut:
    names = {name: columns.headers[i] for name, i in columns.fields.items()}
    entries = tables.entries
    if "school_code" not in columns.fields:
        entries = entries.assign(
            school_code=entries["school_name"], school_code_kind=entries["school_name_kind"]
        )
        names["school_code"] = names["school_name"]
    if "school_name" not in columns.fields:
        entries = entries.assign(school_name=entries["school_code"])
    if "pupil_number" not in columns.fields:
        entries = entries.assign(
            pupil_number=entries["exam_number"], pupil_number_kind=entries["exam_number_kind"]
        )
        names["pupil_number"] = names["exam_number"]
        findings = [*findings, _no_pupil_number(names["exam_number"])]
    full_marks, odd = _full_marks(tables.full_marks)
    return LaidOut(
        entries=entries,
        marks=tables.marks,
        subjects=tables.subjects,
        findings=(*findings, *tables.findings, *odd),
        totals=tables.totals,
        headers=names,
        full_marks=full_marks,
    )


def _full_marks(stated: dict[str, str]) -> tuple[dict[str, int], list[Finding]]:
    full_marks, findings = {}, []
    for code, text in stated.items():
        try:
            full_marks[code] = full_mark_hundredths(text)
        except DataError as error:
            findings.append(remark("warning", "full_mark", error.message_zh, error.message))
    return full_marks, findings


def _no_header() -> Finding:
    return remark(
        "error", "header_row",
        "没有找到表头：前 40 行里没有一行同时含有已知的列名。"
        "表头须占一行，含学校、学籍号（或考号）和科目的名称，例如 学校名称、学籍号、姓名、"
        "语文、数学。",
        "No header row was found in the first 40 rows. The header must stand in one row and "
        "name the school, the pupil number (or exam number) and the subjects.")  # fmt: skip


def _no_rows(line: int) -> Finding:
    return remark(
        "error", "no_data", f"没有数据：第 {line} 行表头下面有 0 行学生。请填写后重新上传。",
        f"No data: there are 0 rows of pupils below the header in row {line}.",
        row=line)  # fmt: skip


def _no_pupil_number(header: str) -> Finding:
    return remark(
        "warning", "pupil_number_column",
        f"没有学籍号列，已用“{header}”代替。考号每次考试都会变，不同考试之间不能可靠地对应同一学生。",
        f"There is no pupil number column; {header} was used instead. Exam numbers change, so "
        f"pupils cannot be linked safely between exams.",
        column=header)  # fmt: skip


_REQUIRED = (
    (("pupil_number", "exam_number"), "学籍号（或考号）", "pupil number (or exam number)"),
    (("school_code", "school_name"), "学校代码（或学校名称）", "school code (or school name)"),
)


def _missing_columns(columns: Columns, *, line: int) -> list[Finding]:
    missing = [
        (zh, en) for names, zh, en in _REQUIRED if not any(n in columns.fields for n in names)
    ]
    if not columns.subjects and not columns.is_long:
        missing.append(("科目（如 语文、数学，或 科目+分数 两列）", "subjects"))
    return [
        remark(
            "error", "missing_column",
            f"第 {line} 行表头缺少必需的列：{zh}。请补上这一列后重新上传。",
            f"Header row {line} lacks a required column: {en}. Add it and upload again.",
            row=line)
        for zh, en in missing
    ]  # fmt: skip
