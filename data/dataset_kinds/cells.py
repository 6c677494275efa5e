"""Text cells to values: whole numbers, decimals, days, words; or a fault with its place.

Each distinct text is parsed once. Nothing is ever read as a number that is not plainly one:
full-width digits are put right, then an ASCII pattern and exact integers decide.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.grade import grade_number
from data.checks.places import listed
from data.importers.column_file import ColumnFile

Parsed = tuple[object, str]
Parser = Callable[[str], Parsed]

FULL_WIDTH = str.maketrans("０１２３４５６７８９．－％−", "0123456789.-%-")
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,17})?")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T]00:00(?::00)?)?")
_COMPACT_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_KIND_FAULTS = ("boolean", "error", "blank")
_MAX_TEXT = 60
_FORMULAS = ("=", "+", "@")

_CELL = "第 {line} 行“{column}”"
_CELL_EN = "Row {line}, {column}"
WORDS: dict[str, tuple[str, str]] = {
    "boolean": (
        f"{_CELL}是布尔值 TRUE 或 FALSE。应为：{{wanted_zh}}。",
        f"{_CELL_EN}: a truth value. Required: {{wanted_en}}.",
    ),
    "error": (
        f"{_CELL}是错误值，或是没有计算结果的公式。请在 Excel 或 WPS 中重新计算并保存，"
        "或粘贴为数值。应为：{wanted_zh}。",
        f"{_CELL_EN}: an error value, or a formula without a stored result. Recalculate and "
        "save the file, or paste as values. Required: {wanted_en}.",
    ),
    "blank": (
        f"{_CELL}的公式结果是空文本，或数字按格式不显示。请粘贴为数值并填写，或清空单元格。",
        f"{_CELL_EN}: the formula's result is an empty text, or its number is not shown by its "
        "format. Paste as values and fill it in, "
        "or clear the cell.",
    ),
    "date": (
        f"{_CELL}被存成了日期或时间。请把该列设为文本格式后重新填写。应为：{{wanted_zh}}。",
        f"{_CELL_EN}: stored as a date or time. Format the column as text and fill it in "
        "again. Required: {wanted_en}.",
    ),
    "wrong": (
        f"{_CELL}的内容{{value}}不对。应为：{{wanted_zh}}。",
        f"{_CELL_EN}: the content{{value}} is not right. Required: {{wanted_en}}.",
    ),
    "missing": (
        f"{_CELL}没有填写。应为：{{wanted_zh}}。",
        f"{_CELL_EN}: nothing is filled in. Required: {{wanted_en}}.",
    ),
}  # fmt: skip


_NO_FAULTS = pd.DataFrame(columns=[
    "row", "line", "column", "value", "fault", "wanted_zh", "wanted_en",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """What the cells of a column must hold.

    Attributes
    ----------
    parse : callable
        Text to value and fault; the value is null where there is a fault.
    dtype : str
        Of the column.
    wanted_zh, wanted_en : str
        What is required, for messages.
    is_day : bool
        Whether cells that a spreadsheet stores as dates are welcome.
    """

    parse: Parser
    dtype: Literal["Int64", "float64", "str"]
    wanted_zh: str
    wanted_en: str
    is_day: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Values of a column, null where empty or faulty, and the places of its faults."""

    values: pd.Series
    faults: pd.DataFrame


def read_column(
    file: ColumnFile, name: str, form: Format, *, is_required: bool = False
) -> Column:
    """Read one column of a file.

    Parameters
    ----------
    is_required : bool
        Whether an empty cell is a fault.
    """
    assert file.frame is not None  # noqa: S101 asked for only where a table was made out
    header = file.headers.get(name, name)
    return read_cells(
        file.frame[name],
        file.kinds[name],
        rows=file.frame["row"],
        header=header,
        form=form,
        is_required=is_required,
    )


def read_cells(
    text: pd.Series,
    kind: pd.Series,
    *,
    rows: pd.Series,
    header: str,
    form: Format,
    is_required: bool = False,
) -> Column:
    """Read the cells of a column; see ``read_column``."""
    codes, texts = pd.factorize(text.array)
    parsed = [form.parse(str(t).strip().translate(FULL_WIDTH)) for t in texts]
    value = np.array([*(p[0] for p in parsed), None], dtype=object)[codes]
    fault = np.array([*(p[1] for p in parsed), ""], dtype=object)[codes]
    kinds = kind.to_numpy(dtype=object)
    welcome = ("date",) if form.is_day else ()
    for name in (*_KIND_FAULTS, "date"):
        is_kind = (kinds == name) & (name not in welcome)
        fault[is_kind], value[is_kind] = name, None
    if is_required:
        fault[(fault == "") & pd.isna(value)] = "missing"
    values = _typed(pd.Series(value, index=text.index, dtype=object), form)
    found = np.flatnonzero(fault != "")
    if not found.size:
        return Column(values, _NO_FAULTS)
    lines = rows.to_numpy()[found]
    places = pd.DataFrame({
        "row": lines, "line": lines, "column": header,
        "value": text.to_numpy(dtype=object)[found], "fault": fault[found],
        "wanted_zh": form.wanted_zh, "wanted_en": form.wanted_en,
    })  # fmt: skip
    return Column(values, places)


def faults_of(columns: Mapping[str, Column], *, check: str = "cell") -> list[Finding]:
    """Refuse the cells that hold no value of their column, in the order of the rows."""
    places = [column.faults for column in columns.values() if len(column.faults)]
    if not places:
        return []
    table = pd.concat(places, ignore_index=True).sort_values("line", kind="stable")
    return listed(table, check=check, words=WORDS)


def refused_rows(columns: Mapping[str, Column]) -> set[int]:
    """Return the Excel rows with a faulty cell."""
    return {int(row) for column in columns.values() for row in column.faults["row"]}


def _typed(values: "pd.Series[Any]", form: Format) -> "pd.Series[Any]":
    if form.dtype == "str":
        return values.astype("str")
    return values.astype("Int64") if form.dtype == "Int64" else values.astype("float64")


def plain_decimal(text: str) -> Decimal | None:
    """Return a plain decimal number, exactly; None where the text is none.

    Examples
    --------
    >>> plain_decimal("85.50"), plain_decimal("-3"), plain_decimal("1e3"), plain_decimal("1,5")
    (Decimal('85.50'), Decimal('-3'), None, None)
    """
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def whole_number(least: int, most: int) -> Format:
    """Return the format of whole numbers from ``least`` to ``most``."""

    def parse(text: str) -> Parsed:
        value = plain_decimal(text)
        is_right = value is not None and value % 1 == 0 and least <= value <= most
        return (int(value), "") if is_right and value is not None else (None, "wrong")

    return Format(
        parse, "Int64", f"{least} 到 {most} 的整数", f"a whole number from {least} to {most}"
    )


def decimal_number(least: int, most: int) -> Format:
    """Return the format of decimal numbers; the value is the float nearest to the text."""

    def parse(text: str) -> Parsed:
        value = plain_decimal(text)
        is_right = value is not None and least <= value <= most
        return (float(value), "") if is_right and value is not None else (None, "wrong")

    wanted = f"{least} 到 {most} 的数字", f"a number from {least} to {most}"
    return Format(parse, "float64", *wanted)


def hundredths(most: int) -> Format:
    """Return the format of points from 0 to ``most``; the values are hundredths."""

    def parse(text: str) -> Parsed:
        value = plain_decimal(text)
        is_right = value is not None and 0 <= value <= most and value * 100 % 1 == 0
        return (int(value * 100), "") if is_right and value is not None else (None, "wrong")

    wanted_zh = f"0 到 {most} 的分数，最多两位小数"
    return Format(
        parse, "Int64", wanted_zh, f"points from 0 to {most} with at most two decimals"
    )


def one_of(words: Mapping[str, str], *, shown: str) -> Format:
    """Return the format of words: code by word, spaces and letter case aside."""
    table = {"".join(word.split()).casefold(): code for word, code in words.items()}

    def parse(text: str) -> Parsed:
        code = table.get("".join(text.split()).casefold())
        return (code, "") if code is not None else (None, "wrong")

    return Format(parse, "str", f"以下之一：{shown}", f"one of: {shown}")


def _text(text: str) -> Parsed:
    value = " ".join(text.split())
    is_odd = len(value) > _MAX_TEXT or not value.isprintable() or value.startswith(_FORMULAS)
    return (None, "wrong") if is_odd else (value or None, "")


def _day(text: str) -> Parsed:
    match = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    try:
        day = date(*map(int, match.groups())) if match else None
    except ValueError:
        day = None
    is_right = day is not None and 1990 <= day.year <= 2100
    return (day.isoformat(), "") if is_right and day else (None, "wrong")


def _grade(text: str) -> Parsed:
    grade = grade_number(text)
    return (grade, "") if grade is not None else (None, "wrong")


SEXES = {"男": "male", "女": "female", "男生": "male", "女生": "female", "m": "male",
         "f": "female", "male": "male", "female": "female"}  # fmt: skip

TEXT = Format(
    _text, "str", f"最多 {_MAX_TEXT} 个字的文字", f"text of at most {_MAX_TEXT} signs"
)
DAY = Format(_day, "str", "日期，如 2026-03-01", "a day such as 2026-03-01", is_day=True)
GRADE = Format(_grade, "Int64", "年级，如 八年级 或 8", "a grade such as 八年级 or 8")
SEX = one_of(SEXES, shown="男 女")
