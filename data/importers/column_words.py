"""Words for what is seen while the columns of a file are found by their names."""

from collections.abc import Mapping, Sequence

from core.findings import Finding
from data.importers.column_letter import column_letter
from data.importers.remarks import plain, remark

_MOST_DIGITS = 2  # of an unknown header that a message may quote
_LISTED = 20


def unknown_headers(headers: Mapping[int, str], *, line: int) -> list[Finding]:
    """Warn of the headers that no spec knows; a text that may be data is not quoted."""
    if not headers:
        return []
    names = [shown_header(text, i) for i, text in headers.items()]
    more = "…" if len(names) > _LISTED else ""
    listed = "、".join(names[:_LISTED]) + more
    return [remark(
        "warning", "unknown_column",
        f"第 {line} 行表头有 {len(names)} 列未知，没有读取：{listed}。"
        "如需导入，请改成模板中的列名；不需要可忽略。",
        f"Header row {line}: unknown columns, not read: {len(names)} ({listed}). To "
        "import one, give it the header of the template; else nothing has to be done.",
        row=line)]  # fmt: skip


def shown_header(text: str, position: int) -> str:
    """Return a header fit for a message: its column's letter where it looks like data."""
    is_data = sum(c.isdigit() for c in text) > _MOST_DIGITS
    return f"第 {column_letter(position)} 列" if is_data else plain(text)


def skipped(lines: Sequence[int]) -> list[Finding]:
    """Warn of rows that were set aside."""
    if not lines:
        return []
    shown = [str(line) for line in lines[:5]]
    more = len(lines) > len(shown)
    return [remark(
        "warning", "skipped_rows",
        f"跳过了 {len(lines)} 行汇总行、说明行或重复的表头（第 {'、'.join(shown)} 行"
        f"{'等' if more else ''}）。请确认它们不是数据。",
        f"Rows of totals, notes or repeated headers were skipped: {len(lines)} (rows "
        f"{', '.join(shown)}{', ...' if more else ''}). Check that they are no data.",
        row=lines[0])]  # fmt: skip


def no_header(titles: Sequence[str], *, searched: int) -> Finding:
    """Refuse a sheet without a header row."""
    wanted = "、".join(titles)
    return remark(
        "error", "header_row",
        f"没有找到表头：前 {searched} 行里没有已知的列名。表头须占一行，例如：{wanted}。",
        f"No header row was found in the first {searched} rows. The header must stand in "
        f"one row, such as: {wanted}.")  # fmt: skip


def no_rows(line: int) -> Finding:
    """Refuse a sheet without a row below its header."""
    return remark(
        "error", "no_data", f"没有数据：第 {line} 行表头下面有 0 行。请填写后重新上传。",
        f"No data: there are 0 rows below the header in row {line}. Fill it in and upload it "
        "again.",
        row=line)  # fmt: skip


def missing(title: str, name: str, *, line: int) -> Finding:
    """Refuse a file without a required column."""
    return remark(
        "error", "missing_column",
        f"第 {line} 行表头缺少必需的列“{title}”。请补上这一列后重新上传。",
        f"Header row {line} lacks the required column {title} ({name}). Add it "
        "and upload again.",
        row=line, column=title)  # fmt: skip


def double(first: str, second: str, *, line: int) -> Finding:
    """Refuse two columns of one meaning."""
    return remark(
        "error", "double_column",
        f"第 {line} 行表头：“{first}”与“{second}”两列含义相同（重复）。只能保留一列，"
        "请删除或改名。",
        f"Header row {line}: the columns {first} and {second} mean the same. Keep one of them.",
        row=line, column=second)  # fmt: skip


def second_choice(first: str, second: str, *, line: int) -> Finding:
    """Warn that of two columns of nearly one meaning the better named was read."""
    return remark(
        "warning", "double_column",
        f"“{first}”与“{second}”两列含义相近，只读取了“{first}”。如不对，请删除一列后重新上传。",
        f"The columns {first} and {second} mean nearly the same; only {first} was read. "
        "If that is wrong, delete one of them.",
        row=line, column=second)  # fmt: skip


def unnamed(letter: str, *, line: int) -> Finding:
    """Refuse a column of data without a header."""
    return remark(
        "error", "unnamed_column",
        f"第 {letter} 列有数据，但第 {line} 行没有表头。请补上列名或删除该列。",
        f"Column {letter} holds data but has no header in row {line}. Name the column or "
        "delete it.",
        row=line, column=letter)  # fmt: skip


def left_out(headers: Mapping[int, str]) -> list[Finding]:
    """Note the columns that are known to be of no interest."""
    if not headers:
        return []
    names = "、".join(plain(text) for text in list(headers.values())[:_LISTED])
    return [remark(
        "note", "ignored_column", f"以下 {len(headers)} 列与此无关，没有读取：{names}。",
        f"Columns that do not bear on this were not read: {len(headers)} ({names}).",
    )]  # fmt: skip
