"""Kinds that are a list of typed columns: read them, match schools, find repeated keys."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from core.findings import Finding
from data.checks.places import rows_en, rows_zh
from data.dataset_kinds.cells import Format, faults_of, read_column, refused_rows
from data.dataset_kinds.kind import Surroundings
from data.dataset_kinds.school_book import SCHOOL_SPECS, match_schools
from data.importers.column_file import ColumnFile, ColumnSpec, read_columns_file
from data.importers.remarks import remark
from data.importers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a kind: its headers, what its cells hold, whether each row must have one."""

    spec: ColumnSpec
    form: Format
    is_filled: bool = False


@dataclass(slots=True, eq=False)
class FieldTable:
    """What the fields of a file hold.

    Attributes
    ----------
    frame : DataFrame or None
        ``row`` and one typed column per field, with ``school`` where the kind has schools.
        None where no table could be made out.
    findings : list of Finding
    refused : set of int
        Excel rows with an error.
    """

    frame: pd.DataFrame | None
    file: ColumnFile
    findings: list[Finding]
    refused: set[int]


def field(
    name: str,
    title_zh: str,
    synonyms: Sequence[str],
    form: Format,
    *,
    required: bool = False,
    is_filled: bool = False,
) -> Field:
    """Declare a field; ``required`` means the column, ``is_filled`` each of its cells."""
    return Field(ColumnSpec(name, title_zh, tuple(synonyms), required), form, is_filled)


def read_fields(sheet: Sheet, fields: Sequence[Field], around: Surroundings) -> FieldTable:
    """Read a sheet without schools."""
    specs = [own.spec for own in fields]
    return typed_fields(read_columns_file(sheet, specs, remembered=around.remembered), fields)


def read_school_fields(
    sheet: Sheet, fields: Sequence[Field], around: Surroundings
) -> FieldTable:
    """Read a sheet with a school in each row."""
    specs = [*SCHOOL_SPECS, *(own.spec for own in fields)]
    file = read_columns_file(sheet, specs, remembered=around.remembered)
    return with_schools(typed_fields(file, fields), around)


def typed_fields(file: ColumnFile, fields: Sequence[Field]) -> FieldTable:
    """Read the columns of the fields from a file that was made out."""
    findings = list(file.findings)
    if file.frame is None:
        return FieldTable(None, file, findings, set())
    columns = {
        own.spec.name: read_column(
            file,
            own.spec.name,
            own.form,
            is_required=own.is_filled and own.spec.name in file.headers,
        )
        for own in fields
    }
    values = {name: column.values for name, column in columns.items()}
    frame = pd.DataFrame({"row": file.frame["row"], **values})
    findings += faults_of(columns)
    return FieldTable(frame, file, findings, refused_rows(columns))


def with_schools(table: FieldTable, around: Surroundings) -> FieldTable:
    """Add the school codes to a table that was read."""
    if table.frame is None:
        return table
    matched = match_schools(table.file, around.schools)
    table.frame = table.frame.assign(school=matched.school)
    table.findings += matched.findings
    table.refused |= matched.refused
    return table


def check_repeated(table: FieldTable, key: Sequence[str], *, zh: str, en: str) -> None:
    """Refuse rows that repeat a key, which the words name; rows with a fault are left out."""
    frame = table.frame
    if frame is None:
        return
    sound = frame[~frame["row"].isin(table.refused)]
    rows = sound["row"][sound.duplicated(list(key), keep=False)]
    if rows.empty:
        return
    table.refused |= {int(row) for row in rows}
    table.findings.append(remark(
        "error", "repeated",
        f"{zh}重复：{len(rows)} 行（{rows_zh(rows)}）。只能保留一行。",
        f"Rows that repeat {en}: {len(rows)} ({rows_en(rows)}). Keep one of each.",
        row=int(rows.iloc[0])))  # fmt: skip


def refuse_rows(
    table: FieldTable, rows: "pd.Series[int]", *, check: str, zh: str, en: str
) -> None:
    """Refuse rows, if there are any; the words take {n} and {rows}."""
    if rows.empty:
        return
    table.refused |= {int(row) for row in rows}
    told = (
        zh.format(n=len(rows), rows=rows_zh(rows)),
        en.format(n=len(rows), rows=rows_en(rows)),
    )
    table.findings.append(remark("error", check, *told, row=int(rows.iloc[0])))


def warn_rows(
    table: FieldTable, rows: "pd.Series[int]", *, check: str, zh: str, en: str
) -> None:
    """Warn of rows, if there are any; the words take {n} and {rows}."""
    if rows.empty:
        return
    told = (
        zh.format(n=len(rows), rows=rows_zh(rows)),
        en.format(n=len(rows), rows=rows_en(rows)),
    )
    table.findings.append(remark("warning", check, *told, row=int(rows.iloc[0])))
