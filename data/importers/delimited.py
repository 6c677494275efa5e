"""Read a text file of separated values; a row of another width is an error, never a guess."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import NoReturn

from core.findings import Finding
from data.importers.encoding import decode
from data.importers.grid import MAX_TEXT, Grid, make_grid, too_many_rows
from data.importers.limits import Limits
from data.importers.remarks import refuse, remark

_SEPARATORS = {",": ("逗号", "comma"), "\t": ("制表符", "tab"), ";": ("分号", "semicolon"),
               "|": ("竖线", "bar")}  # fmt: skip
_SAMPLE = 30
_LISTED = 200
_LINE_END = re.compile("\r\n?|\n")
Record = list[str]


def read_delimited(data: bytes, *, limits: Limits) -> tuple[Grid, list[Finding]]:
    """Return the cells of a CSV or TXT file.

    Row numbers are those that a spreadsheet shows: one a record, blank ones counted; a
    ``sep=`` line is counted too.

    Raises
    ------
    RefusedError
        When the text cannot be decoded or split.
    """
    text, remarks = decode(data)
    longest = max(map(len, text.splitlines()), default=0)
    if longest > limits.max_line:
        refuse(
            "line_length",
            f"有一行过长：{longest} 个字符，最多 {limits.max_line} 个。请确认文件是否为表格。",
            f"A line is too long: {longest} characters, at most {limits.max_line}. "
            f"Check that the file is a table.",
        )
    separator, note = _separator(text)
    records = _records(text, separator=separator, limits=limits)
    if _declared(text):
        records[0] = []
    width = _width(records)
    if '"' in text:
        _refuse_swallowed(records, separator=separator, width=width)
    ragged = _ragged(records, width=width)
    for finding in ragged[:_LISTED]:
        records[(finding.row or 1) - 1] = []
    if len(ragged) > _LISTED:
        ragged = [*ragged[:_LISTED], _ragged_total(len(ragged))]
    grid = make_grid(records, name="", flags={}, limits=limits)
    return grid, [*remarks, *note, *ragged]


def _declared(text: str) -> str:
    first = text.split("\n", 1)[0].strip('\r" ')
    return first[4:] if first[:4].lower() == "sep=" and first[4:] in _SEPARATORS else ""


def _separator(text: str) -> tuple[str, list[Finding]]:
    declared = _declared(text)
    if declared:
        return declared, [remark(
            "note", "delimiter", f"首行的 sep={declared} 是分隔符说明，已按它读取。",
            f"The first line, sep={declared}, names the delimiter and was followed.",
            row=1)]  # fmt: skip
    widths = {separator: _typical_width(text, separator) for separator in _SEPARATORS}
    separator = max(widths, key=lambda key: widths[key])
    if widths[separator] < 2:
        refuse(
            "delimiter",
            "无法识别分隔符：每行只有一列。请用英文逗号分隔，或另存为 .xlsx 后上传。",
            "The delimiter is unknown: each line has one column. Use commas, or save as .xlsx.",
        )
    if separator == ",":
        return separator, []
    zh, en = _SEPARATORS[separator]
    return separator, [remark("note", "delimiter", f"分隔符是{zh}，已按它读取。",
                              f"The delimiter is the {en}; it was followed.")]  # fmt: skip


def _typical_width(text: str, separator: str) -> int:
    """Return the commonest number of fields above one in the first lines."""
    sample = io.StringIO("\n".join(text.splitlines()[:_SAMPLE]))
    try:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator))
    except csv.Error:
        return 0
    return max((w for w in widths if w > 1), key=lambda w: (widths[w], w), default=1)


def _records(text: str, *, separator: str, limits: Limits) -> list[Record]:
    csv.field_size_limit(max(limits.max_line, MAX_TEXT))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[Record] = []
    try:
        for record in reader:
            records.append(record)
            if len(records) > 2 * limits.max_rows:  # blank records are many in some exports
                too_many_rows(limits)
    except csv.Error:
        line = len(records) + 1
        _refuse_quotes(
            line,
            f"第 {line} 行的引号不成对，无法分列。请检查该行的双引号",
            f"Quotes do not match in row {line}. Check the double quotes",
        )
    return records


def _refuse_quotes(line: int, zh: str, en: str) -> NoReturn:
    refuse("quotes", f"{zh}，或另存为 .xlsx 后上传。", f"{en}, or save as .xlsx.", row=line)


def _width(records: Sequence[Record]) -> int:
    """Return the commonest number of fields of the filled records; 0 without any."""
    widths = Counter(len(record) for record in records if any(map(str.strip, record)))
    return widths.most_common(1)[0][0] if widths else 0


def _refuse_swallowed(records: Sequence[Record], *, separator: str, width: int) -> None:
    """Refuse a field that runs over lines of which two have as many fields as a row.

    A lone quote, such as a ditto mark or the first sign of an unquoted “三好”, joins all rows
    up to the next quote into one field; the columns still fit, and the pupils would be gone.
    A remark of several lines, which is quoted on purpose, has no line like a row but one.
    """
    for line, record in enumerate(records, start=1):
        joined = separator.join(record)
        if "\n" not in joined and "\r" not in joined:
            continue
        inner = _LINE_END.split(joined)
        n_rows = sum(part.count(separator) >= max(width - 1, 1) for part in inner)
        if n_rows > 1:
            _refuse_quotes(
                line,
                f"第 {line} 行的一个双引号把下面的 {n_rows - 1} 行并入了同一个单元格，"
                "这些行会丢失。请补齐或删去该行的双引号（“同上”请写出文字）",
                f"A double quote in row {line} draws the rows below into one cell: "
                f"{n_rows - 1}. They would be lost. Complete or delete the quote (write out "
                "what a ditto mark stands for)",
            )


def _ragged(records: Sequence[Record], *, width: int) -> list[Finding]:
    """Find rows of another width than most; titles above the table may be narrower."""
    if not width:
        return []
    start = next(i for i, record in enumerate(records) if len(record) == width)
    return [
        _ragged_row(line, found=len(record), width=width)
        for line, record in enumerate(records, start=1)
        if line > start and _is_ragged(record, width)
    ]


def _is_ragged(record: Record, width: int) -> bool:
    if not any(map(str.strip, record)):
        return False
    return len(record) < width or any(map(str.strip, record[width:]))


def _ragged_row(line: int, *, found: int, width: int) -> Finding:
    return remark(
        "error", "ragged_row",
        f"第 {line} 行的列数不对：有 {found} 列，其它行是 {width} 列。请补齐或删去多余的列。",
        f"Row {line} has {found} columns, the other rows have {width}. Correct that row.",
        row=line)  # fmt: skip


def _ragged_total(count: int) -> Finding:
    return remark(
        "error", "ragged_row", f"列数不对的行共 {count} 行，只列出前 {_LISTED} 行。",
        f"Rows with a wrong number of columns: {count}; the first {_LISTED} are listed.",
    )  # fmt: skip
