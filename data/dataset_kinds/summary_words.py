"""Words for what is wrong with a summary's header."""

from collections.abc import Sequence

import pandas as pd

from core.findings import Finding
from data.checks.places import rows_en, rows_zh
from data.importers.remarks import plain, remark

_LISTED = 20


def no_header() -> Finding:
    """Refuse a sheet without a row of figures."""
    return remark(
        "error", "header_row",
        "没有找到表头：前 15 行里没有一行含有两个以上的“均分、优秀率、良好率、及格率、低分率”。"
        "上层表头写科目，下层表头写这些指标；或逐行写科目列。",
        "No header was found: none of the first 15 rows names two of 均分, 优秀率, 良好率, "
        "及格率, 低分率. Put the subject above these figures, or into a column 科目.",
    )  # fmt: skip


def no_rows(line: int) -> Finding:
    """Refuse a sheet without schools."""
    return remark(
        "error", "no_data",
        f"没有数据：第 {line} 行表头下面有 0 行学校。请填写后重新上传。",
        f"No data: there are 0 rows of schools below the header in row {line}.",
        row=line)  # fmt: skip


def unread(headers: Sequence[str], line: int) -> list[Finding]:
    """Warn of columns that are no figure of a summary."""
    if not headers:
        return []
    listed = "、".join(headers[:_LISTED]) + ("…" if len(headers) > _LISTED else "")
    return [remark(
        "warning", "unknown_column",
        f"有 {len(headers)} 列不是均分或四率，没有读取：{listed}。",
        f"Columns that are neither mean nor rate were not read: {len(headers)} ({listed}).",
        row=line)]  # fmt: skip


def other_figures(headers: Sequence[str]) -> list[Finding]:
    """Note the counts, places and the like of a full table, which follow from other sources."""
    if not headers:
        return []
    listed = "、".join(headers[:_LISTED]) + ("…" if len(headers) > _LISTED else "")
    return [remark(
        "note", "ignored_column",
        f"人数、名次等 {len(headers)} 列没有读取：{listed}。",
        f"Columns of counts, places and the like were not read: {len(headers)} ({listed}).",
    )]  # fmt: skip


def no_subject(line: int) -> Finding:
    """Refuse figures of which nobody can tell the subject."""
    return remark(
        "error", "subject_missing",
        f"第 {line} 行表头没有科目：标题、工作表名称和上层表头里都没有认出唯一的科目。"
        "请在上层表头写科目，或用 --subject 指定。",
        f"Header row {line} names no subject, and neither do title and sheet. Write the "
        "subject above its figures, or give it with --subject.",
        row=line)  # fmt: skip


def without_subject(headers: Sequence[str], line: int) -> Finding:
    """Refuse figures that stand under no known subject beside others that do."""
    listed = "、".join(plain(h) for h in headers[:_LISTED])
    return remark(
        "error", "subject_missing",
        f"有 {len(headers)} 列指标上方没有已知的科目：{listed}。请写明科目，"
        "或用 --exam 指定含有该科目的考试，或删除这些列。",
        f"Figures without a known subject above them: {len(headers)} ({listed}). Name the "
        "subject, or give the exam that has it with --exam, or delete the columns.",
        row=line)  # fmt: skip


def double(headers: Sequence[str], line: int) -> Finding:
    """Refuse two columns of one figure of one subject."""
    listed = "、".join(plain(h) for h in headers[:_LISTED])
    return remark(
        "error", "double_column",
        f"同一科目的同一指标有重复的列：{listed}。只能保留一列。",
        f"Columns repeat a figure of the same subject: {listed}. Keep one of each.",
        row=line)  # fmt: skip


def odd_subject(rows: "pd.Series[int]") -> Finding:
    """Refuse rows with an unknown subject."""
    return remark(
        "error", "unknown_subject",
        f"科目列有 {len(rows)} 行为空或不是已知的科目（{rows_zh(rows)}）。请改成已知的名称。",
        f"Rows without a known subject: {len(rows)} ({rows_en(rows)}). Use a known name.",
        row=int(rows.iloc[0]))  # fmt: skip
