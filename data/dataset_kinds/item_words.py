"""Words for what is wrong with a file of items, or with a two-way table."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from core.findings import Finding
from data.checks.score_range import points
from data.dataset_kinds.kind import Surroundings
from data.importers.remarks import remark

_LISTED = 10


def _list(items: Sequence[str]) -> str:
    return "、".join(items[:_LISTED]) + ("…" if len(items) > _LISTED else "")


def no_items(n: int, *, most: int, line: int) -> Finding:
    """Refuse a file without items, or with too many."""
    return remark(
        "error", "items",
        f"第 {line} 行表头有 {n} 个小题，应有 1 到 {most} 个。小题的表头写题号，"
        "如 1、3(1)、第5题、21(12分)。",
        f"Header row {line} names {n} items; 1 to {most} are required. The header of an item "
        "is its number, such as 1, 3(1), 第5题, 21(12分).",
        row=line)  # fmt: skip


def double_items(items: Sequence[str], *, line: int) -> Finding:
    """Refuse two columns of one item."""
    return remark(
        "error", "double_column",
        f"第 {line} 行表头有重复的小题：{_list(items)}。每道小题只能有一列。",
        f"Header row {line} names items twice: {_list(items)}. Keep one column each.",
        row=line)  # fmt: skip


def no_full_mark(items: Sequence[str]) -> Finding:
    """Refuse items without a full mark."""
    return remark(
        "error", "full_mark",
        f"有 {len(items)} 道小题不知道满分：{_list(items)}。请写在表头，如 21(12分)，"
        "或在表头下加一行“满分”，或先导入同名的双向细目表。",
        f"Items without a known full mark: {len(items)} ({_list(items)}). Write it into the "
        "header, such as 21(12分), or into a row 满分 below it, or import the two-way table of "
        "the same name first.",
    )  # fmt: skip


def other_full_mark(items: Sequence[str]) -> Finding:
    """Refuse full marks that differ from the two-way table's."""
    return remark(
        "error", "full_mark",
        f"有 {len(items)} 道小题的满分与双向细目表不一致：{_list(items)}。请改成一致。",
        f"Items whose full mark differs from the two-way table's: {len(items)} "
        f"({_list(items)}). Make them agree.",
    )  # fmt: skip


def not_in_file(items: Sequence[str]) -> Finding:
    """Warn of planned items that have no column."""
    return remark(
        "warning", "two_way",
        f"双向细目表中有 {len(items)} 道小题在小题分中没有列：{_list(items)}。",
        f"Items of the two-way table without points: {len(items)} ({_list(items)}).",
    )  # fmt: skip


def not_in_plan(items: Sequence[str]) -> Finding:
    """Refuse items that the two-way table does not know."""
    return remark(
        "error", "two_way",
        f"有 {len(items)} 道小题不在双向细目表中：{_list(items)}。请核对题号，改成一致。",
        f"Items that the two-way table does not have: {len(items)} ({_list(items)}). Make the "
        "item numbers agree.",
    )  # fmt: skip


def no_number(line: int) -> Finding:
    """Refuse a file of pupils without numbers."""
    return remark(
        "error", "missing_column",
        f"第 {line} 行表头缺少必需的列：学籍号（或考号）。请补上这一列后重新上传。",
        f"Header row {line} lacks a required column: 学籍号 (pupil number) or 考号 (exam "
        "number). Add it and upload again.",
        row=line)  # fmt: skip


def no_school(line: int) -> Finding:
    """Refuse a file of pupils without schools."""
    return remark(
        "error", "missing_column",
        f"第 {line} 行表头缺少必需的列：学校代码（或学校名称）。请补上这一列后重新上传。",
        f"Header row {line} lacks a required column: 学校代码 (school code) or 学校名称 "
        "(school name). Add it and upload again.",
        row=line)  # fmt: skip


def states(state: "pd.Series[str]") -> list[Finding]:
    """Note the cells without points, by state."""
    count = state.value_counts()
    names = (("absent", "缺考"), ("withheld", "违纪"), ("exempt", "免考"), ("missing", "空"))
    found = [(name, zh, int(count.get(name, 0))) for name, zh in names if count.get(name, 0)]
    if not found:
        return []
    return [remark(
        "note", "score_words",
        f"没有得分的单元格：{'、'.join(f'{zh} {n}' for _, zh, n in found)}。不作 0 分。",
        f"Cells without points: {', '.join(f'{name} {n}' for name, _, n in found)}. They are "
        "not counted as 0.",
    )]  # fmt: skip


def paper_total(paper: Sequence[Mapping[str, Any]], around: Surroundings) -> list[Finding]:
    """Warn where the items' full marks do not add up to the subject's."""
    if around.subjects is None or around.subject is None:
        return []
    own = around.subjects[around.subjects["subject"] == around.subject]
    total = sum(int(item["full_mark"]) for item in paper)
    full = int(own["full_mark"].iloc[0]) if len(own) else total
    if total == full:
        return []
    return [remark(
        "warning", "paper_total",
        f"各小题满分之和为 {points(total)}，该科满分为 {points(full)}。请核对是否缺题。",
        f"The full marks of the items add up to {points(total)}, the subject has "
        f"{points(full)}. Check that no item is missing.",
    )]  # fmt: skip
