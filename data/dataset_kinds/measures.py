"""``measures``: figures by school that are no exam marks, in a wide or a long file.

A wide file has one column a measure; a long one has the columns 指标 and 数值. A measure that
the dictionary does not know needs its unit in the header, such as 证书数(本).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.dataset_tables import SCHOOL_MEASURES
from core.findings import Finding
from data.dataset_kinds import measure_words as words
from data.dataset_kinds.cells import (
    GRADE,
    SEX,
    TEXT,
    Column,
    faults_of,
    read_cells,
    refused_rows,
    whole_number,
)
from data.dataset_kinds.fields import (
    FieldTable,
    check_repeated,
    field,
    refuse_rows,
    typed_fields,
    with_schools,
)
from data.dataset_kinds.kind import Content, DatasetKind, Surroundings, content_of
from data.dataset_kinds.measure_dictionary import (
    BY_CODE,
    FACTORS,
    RATE,
    UNITS,
    Measure,
    measure_named,
)
from data.dataset_kinds.quantity import quantity
from data.dataset_kinds.rates import RateCells, read_rates
from data.dataset_kinds.school_book import SCHOOL_SPECS
from data.importers.column_file import ColumnSpec, Located, columns_at, locate_columns
from data.importers.column_header import without_brackets
from data.importers.headers import FIELDS, squeezed
from data.importers.remarks import plain
from data.importers.sheet import Sheet
from data.importers.tables import kind_names

_FIELDS = (
    field("grade", "年级", FIELDS["grade"], GRADE),
    field("class_name", "班级", FIELDS["class_name"], TEXT),
    field("sex", "性别", FIELDS["sex"], SEX),
    field("period", "时间", ("学期", "学年", "年份", "年度", "月份", "时段", "period"), TEXT),
    field("n_pupils", "人数", ("样本人数", "参测人数", "调查人数", "学生数", "npupils"),
          whole_number(0, 1_000_000)),
)  # fmt: skip
_LONG = (
    ColumnSpec("measure", "指标", ("指标名称", "测量指标", "项目", "measure")),
    ColumnSpec("value", "数值", ("值", "指标值", "结果", "value")),
    # 单位 alone means the school, as in every other file.
    ColumnSpec("unit", "计量单位", ("指标单位", "unit")),
)
_SPECS = (*SCHOOL_SPECS, *(own.spec for own in _FIELDS), *_LONG)
_KEY = ["school", "grade", "class_name", "sex", "period", "measure"]


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Cells of one measure: in which unit they are, and what the measure is.

    ``stated`` is the text that names measure and unit: a header, or 指标 and 计量单位.
    """

    code: str
    unit: str
    header: str
    stated: str
    text: pd.Series
    kind: pd.Series
    measure: Measure | None


def read_measures(sheet: Sheet, around: Surroundings) -> Content:
    """Read measures; what no dictionary and no unit explains is asked about."""
    located, findings = locate_columns(
        sheet,
        _SPECS,
        remembered=_remembered(around),
        is_other=lambda text: _explained(text) is not None,
    )
    if located is None:
        return Content(None, findings)
    file = columns_at(sheet, _SPECS, located)
    table = with_schools(typed_fields(file, _FIELDS), around)
    if table.frame is None:
        return Content(None, tuple(table.findings))
    is_long = {"measure", "value"} <= file.headers.keys()
    cells, asked = _long_cells(table) if is_long else _wide_cells(sheet, located)
    table.findings += asked
    if not cells:
        table.findings.append(words.no_measures(located.line))
        return Content(None, tuple(table.findings), n_rows=len(table.frame))
    rows = _values(table, cells)
    long = FieldTable(rows, table.file, table.findings, table.refused)
    check_repeated(long, _KEY, zh="同一学校同一指标（及年级、班级、性别、时间）",
                   en="a measure of a school, grade, class, sex and period")  # fmt: skip
    content = content_of(rows[SCHOOL_MEASURES.names], long.findings, refused=long.refused)
    return Content(
        content.rows, content.findings, n_rows=len(table.frame), n_refused=len(long.refused)
    )


def _remembered(around: Surroundings) -> dict[str, str]:
    """Return what headers mean, measures by their code."""
    return {
        header: measure.code if (measure := measure_named(name)) else name
        for header, name in around.remembered.items()
    }


def _explained(header: str) -> tuple[str, str, Measure | None] | None:
    """Return code and unit of a header: by the dictionary, or by the unit in its brackets."""
    stem, inner = without_brackets(header)
    unit = UNITS.get(inner)
    measure = measure_named(stem) or measure_named(header)
    if measure is not None:
        return measure.code, unit or measure.unit, measure
    if stem.endswith("%"):
        return stem.removesuffix("%"), RATE, None
    return None if unit is None or not stem else (stem, unit, None)


def _wide_cells(sheet: Sheet, located: Located) -> tuple[list[_Cells], list[Finding]]:
    known = {name for name in located.positions if name in BY_CODE}
    found: list[tuple[int, str, tuple[str, str, Measure | None] | None]] = [
        (i, text, _explained(text)) for i, text in located.others.items()
    ]
    for name in known:
        i = located.positions[name]
        header = str(sheet.text.iloc[located.at, i])
        unit = UNITS.get(without_brackets(header)[1], BY_CODE[name].unit)
        found.append((i, header, (name, unit, BY_CODE[name])))
    unknown = {i: text for i, text, own in found if own is None}
    cells = [
        _Cells(
            own[0],
            own[1],
            plain(text),
            text,
            pd.Series(sheet.text.iloc[:, i].array.take(located.rows)),
            pd.Series(kind_names(sheet.kinds[located.rows, i])),
            own[2],
        )
        for i, text, own in sorted(found, key=lambda item: item[0])
        if own is not None
    ]
    return cells, words.unknown_measures(unknown, line=located.line)


def _long_cells(table: FieldTable) -> tuple[list[_Cells], list[Finding]]:
    file = table.file
    assert file.frame is not None  # noqa: S101 the table was made out
    names, units = file.frame["measure"], file.frame["unit"]
    is_lost = names.isna() & file.frame["value"].notna()
    refuse_rows(
        table,
        file.frame["row"][is_lost],
        check="measure_missing",
        zh="没有写指标名称：{n} 行（{rows}）。请填写。",
        en="Rows without the name of a measure: {n} ({rows}). Fill it in.",
    )
    cells, unknown, foreign = [], [], np.zeros(len(names), dtype=bool)
    pairs = pd.DataFrame({"name": names, "unit": units.fillna("")})
    for name, unit in pairs.dropna().drop_duplicates().itertuples(index=False):
        stated = f"{name}({unit})" if unit else str(name)
        own = _explained(stated)
        mask = ((pairs["name"] == name) & (pairs["unit"] == unit)).to_numpy(bool)
        if own is None:
            unknown.append(str(name))
            table.refused |= {int(row) for row in file.frame["row"][mask]}
            continue
        if unit and squeezed(unit) not in UNITS:
            foreign |= mask
            continue
        cells.append(
            _Cells(
                own[0], own[1], file.headers["value"], stated,
                file.frame["value"].where(mask), file.kinds["value"].where(mask, "empty"),
                own[2],
            )
        )  # fmt: skip
    refuse_rows(
        table,
        file.frame["row"][foreign],
        check="unit",
        zh="计量单位不认识：{n} 行（{rows}）。请填写 %、分钟、小时、人、个 等，"
        "或留空（按该指标的常用单位）。",
        en="Units that are not known: {n} ({rows}). Write %, minutes, hours, pupils, or leave "
        "the cell empty for the measure's usual unit.",
    )
    headers = dict(enumerate(unknown))
    return cells, words.unknown_names(headers)


def _values(table: FieldTable, cells: Sequence[_Cells]) -> pd.DataFrame:
    """Return SCHOOL_MEASURES rows of all cells that hold a number."""
    assert table.frame is not None  # noqa: S101 the table was made out
    lines = table.frame["row"]
    rates = [own for own in cells if own.unit == RATE]
    read = read_rates(
        [RateCells(c.header, c.text, c.kind, lines, _is_percent(c.stated)) for c in rates]
    )
    table.findings += read.findings
    table.refused |= read.refused
    by_cells = {id(own): column for own, column in zip(rates, read.columns, strict=True)}
    parts = []
    columns: dict[str, Column] = {}
    for k, own in enumerate(cells):
        column = by_cells.get(id(own)) or read_cells(
            own.text, own.kind, rows=lines, header=own.header, form=quantity(own.unit)
        )
        columns[str(k)] = column
        parts.append(_part(table, own, column.values))
    table.findings += faults_of(columns)
    table.refused |= refused_rows(columns)
    return pd.concat(parts, ignore_index=True)


def _is_percent(stated: str) -> bool:
    return "%" in stated or "％" in stated


def _part(table: FieldTable, own: _Cells, values: pd.Series) -> pd.DataFrame:
    """Return the rows of one measure in the unit of the dictionary, after its range."""
    assert table.frame is not None  # noqa: S101 the table was made out
    unit = own.measure.unit if own.measure else own.unit
    value = values.astype("float64")
    if own.unit != unit:
        factor = FACTORS.get((own.unit, unit))
        if factor is None:
            table.findings.append(words.other_unit(own.header, unit))
            table.refused |= {int(row) for row in table.frame["row"][value.notna()]}
        else:
            value = value / factor
    if own.measure is not None:
        is_outside = (value < own.measure.low) | (value > own.measure.high)
        low, high = own.measure.low, own.measure.high
        refuse_rows(
            table,
            table.frame["row"][is_outside.to_numpy(bool)],
            check="range",
            zh=f"“{own.header}”超出可能的范围 {low:g} 到 {high:g}：{{n}} 行（{{rows}}）。"
            "请改正，或核对单位。",
            en=f"Values of {own.header} outside {low:g} to {high:g} {unit}: {{n}} ({{rows}}). "
            "Correct them, or check the unit.",
        )
    part = table.frame.assign(measure=own.code, unit=unit, value=value)
    part[["measure", "unit"]] = part[["measure", "unit"]].astype("str")
    return part[np.isfinite(value.to_numpy())]


MEASURES_KIND = DatasetKind(
    name="measures",
    title_zh="学校指标",
    title_en="measures of schools",
    table=SCHOOL_MEASURES,
    template=("学校代码", "学校名称", "年级", "时间", "人数", "体质健康优良率(%)",
              "视力不良率(%)", "作业时长(分钟)", "睡眠时间(小时)", "班额(人)"),
    read=read_measures,
)  # fmt: skip
