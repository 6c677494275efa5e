"""The row 满分 right below the header: what it states is used, and no pupil's."""

from core.errors import DataError
from core.findings import Finding
from data.importers.full_mark import full_mark_hundredths
from data.importers.header_row import Columns
from data.importers.remarks import remark
from data.importers.sheet import Sheet


def full_mark_row(
    sheet: Sheet, columns: Columns, *, at: int
) -> tuple[dict[str, str], list[Finding]]:
    """Return the full mark of each subject that the row below ``at`` states.

    A cell that is no full mark, or not the one of the subject's header, is an error: every rate
    rests on it.
    """
    row, line = sheet.text.iloc[at + 1], int(sheet.lines[at + 1])
    stated: dict[str, str] = {}
    findings = []
    for code, position in columns.subjects.items():
        cell, header = row.iloc[position], columns.headers[position]
        if not isinstance(cell, str) or not cell.strip():
            continue
        text = cell.strip().removesuffix("分")
        try:
            mark = full_mark_hundredths(text)
        except DataError:
            findings.append(_no_mark(line, header))
            continue
        in_header = columns.full_marks.get(code)
        if in_header is not None and _differs(in_header, mark):
            findings.append(_conflict(line, header, mark))
        stated[code] = text
    if stated:
        findings.append(_note(line, len(stated)))
    return stated, findings


def _differs(stated: str, mark: int) -> bool:
    try:
        return full_mark_hundredths(stated) != mark
    except DataError:
        return False  # told where the header is read


def _no_mark(line: int, header: str) -> Finding:
    return remark(
        "error", "full_mark_row",
        f"第 {line} 行是“满分”行，但“{header}”列不是满分。"
        "请填写大于 0 的数字，例如 120，或留空。",
        f"Row {line} states full marks, but {header} holds none. Write a number above 0, such "
        "as 120, or leave it empty.",
        row=line, column=header)  # fmt: skip


def _conflict(line: int, header: str, mark: int) -> Finding:
    return remark(
        "error", "full_mark_conflict",
        f"“{header}”的表头与第 {line} 行的满分（{mark / 100:g}）不一致。请改成一致后重新上传。",
        f"The header {header} and row {line} ({mark / 100:g}) state different full marks. Make "
        "them agree and upload again.",
        row=line, column=header)  # fmt: skip


def _note(line: int, count: int) -> Finding:
    return remark(
        "note", "full_mark_row",
        f"第 {line} 行是“满分”行，其中 {count} 科的满分已采用。",
        f"Row {line} states full marks; those of {count} subjects were taken from it.",
        row=line)  # fmt: skip
