"""``two_way`` 双向细目表: what each item of a paper tests, and how much of it."""

import re
from collections.abc import Mapping

import pandas as pd

from core.dataset_tables import TWO_WAY_PLAN
from core.findings import Finding
from data.dataset_kinds import item_words as words
from data.dataset_kinds.cells import TEXT, Format, Parsed, decimal_number, hundredths
from data.dataset_kinds.fields import FieldTable, field, read_fields, refuse_rows
from data.dataset_kinds.item_code import item_header
from data.dataset_kinds.kind import Content, DatasetKind, Surroundings, content_of
from data.importers.remarks import remark
from data.importers.sheet import Sheet

_APART = re.compile(r"[、，,;；/|\n]+")
_OFF = 0.001  # of weights that people rounded


def _item(text: str) -> Parsed:
    found = item_header(text)
    return (found.item, "") if found else (None, "wrong")


def _points(text: str) -> Parsed:
    names = [" ".join(part.split()) for part in _APART.split(text)]
    names = [name for name in names if name]
    is_odd = not names or any(len(n) > 60 or not n.isprintable() for n in names)
    return (None, "wrong") if is_odd else ("\n".join(dict.fromkeys(names)), "")


_ITEM = Format(
    _item, "str", "一个题号，如 1、3(1)、第5题；每题一行", "one item, such as 1 or 3(1)"
)
_POINTS = Format(
    _points,
    "str",
    "知识点名称，多个用顿号隔开",
    "knowledge points, several with commas between",
)
_FIELDS = (
    field("item", "题号", ("小题号", "题目", "试题", "题序", "小题", "item"), _ITEM,
          required=True, is_filled=True),
    field("question_type", "题型", ("题目类型", "试题类型", "questiontype"), TEXT),
    field("full_mark", "分值", ("满分", "分数", "小题分值", "题分", "fullmark"),
          hundredths(300), required=True, is_filled=True),
    field("knowledge_point", "知识点", ("考查内容", "考点", "考查知识点", "知识内容", "考查点",
                                        "内容", "knowledgepoint"), _POINTS, required=True,
          is_filled=True),
    field("weight", "权重", ("占比", "比重", "weight"), decimal_number(0, 1)),
    field("ability", "能力层级", ("能力要求", "认知层次", "能力", "能力水平", "核心素养",
                                 "ability"), TEXT),
    field("expected_difficulty", "难度预估", ("预估难度", "难度系数", "预设难度", "难度",
                                              "difficulty"), decimal_number(0, 1)),
)  # fmt: skip


def read_two_way(sheet: Sheet, around: Surroundings) -> Content:
    """Read a two-way table; an item may stand in several rows, or name several points."""
    table = read_fields(sheet, _FIELDS, around)
    if table.frame is None:
        return Content(None, tuple(table.findings))
    # A merged cell of the type of question belongs to the rows below it too.
    frame = table.frame.assign(question_type=table.frame["question_type"].ffill())
    sound = frame[~frame["row"].isin(table.refused)].dropna(
        subset=["item", "full_mark", "knowledge_point"]
    )
    plan = _plan(table, sound)
    if not table.refused:
        table.findings += _against_items(plan, around)
    total = plan.drop_duplicates("item")[["item", "full_mark"]].to_dict("records")
    table.findings += words.paper_total(
        [{str(k): v for k, v in r.items()} for r in total], around
    )
    content = content_of(plan, table.findings, refused=table.refused)
    return Content(
        content.rows, content.findings, n_rows=len(frame), n_refused=len(table.refused)
    )


def _plan(table: FieldTable, sound: pd.DataFrame) -> pd.DataFrame:
    """Return TWO_WAY_PLAN rows: full marks of whole items, weights that add up to 1."""
    rows = sound.assign(knowledge_point=sound["knowledge_point"].str.split("\n"))
    rows["n_points"] = rows["knowledge_point"].str.len()
    rows = rows.explode("knowledge_point", ignore_index=True)
    refuse_rows(
        table,
        rows["row"][rows.duplicated(["item", "knowledge_point"], keep=False)],
        check="repeated",
        zh="同一小题的同一知识点重复：{n} 行（{rows}）。只能保留一行。",
        en="Rows that repeat a knowledge point of an item: {n} ({rows}). Keep one of each.",
    )
    by_item = rows.groupby("item", sort=False)
    differs = by_item["full_mark"].transform("nunique") > 1
    # Several rows with points of their own are parts of the item; equal ones name the whole.
    parts = rows["full_mark"] / rows["n_points"]
    whole = (
        by_item["full_mark"]
        .transform("first")
        .where(~differs, parts.groupby(rows["item"]).transform("sum"))
    )
    share = (parts / whole).where(differs, 1 / by_item["item"].transform("size"))
    given = rows["weight"].notna()
    weight = rows["weight"].where(given, share.astype("float64"))
    is_partly = given.groupby(rows["item"]).transform("any") & ~given
    sums = weight.groupby(rows["item"]).transform("sum")
    is_off = is_partly | ((sums - 1).abs() > _OFF) | ~(weight > 0)
    refuse_rows(
        table,
        rows["row"][is_off].drop_duplicates(),
        check="weight",
        zh="权重不对：{n} 行（{rows}）。一道小题各知识点的权重都须大于 0，合计为 1；"
        "或都不填，按平均分配。",
        en="Rows with wrong weights: {n} ({rows}). The weights of an item are above 0 and add "
        "up to 1; or leave all of them empty, and they are equal.",
    )
    whole = whole.astype("float64").round()
    rows = rows.assign(weight=weight / sums, full_mark=whole.astype("int64"))
    return rows[TWO_WAY_PLAN.names]


def _against_items(plan: pd.DataFrame, around: Surroundings) -> list[Finding]:
    """Compare with the items that are published under the same name."""
    paper: Mapping[str, int] = {
        str(own["item"]): int(own["full_mark"]) for own in around.partner_about.get("items", ())
    }
    if not paper:
        return []
    marks = plan.drop_duplicates("item").set_index("item")["full_mark"].to_dict()
    findings = []
    if extra := [str(item) for item in marks if item not in paper]:
        findings.append(_not_in_paper(extra))
    if lacking := [item for item in paper if item not in marks]:
        findings.append(words.not_in_plan(lacking))
    if unlike := [item for item, mark in paper.items() if marks.get(item, mark) != mark]:
        findings.append(words.other_full_mark(unlike))
    return findings


def _not_in_paper(items: list[str]) -> Finding:
    listed = "、".join(items[:10])
    return remark(
        "error", "two_way",
        f"有 {len(items)} 道小题不在已发布的小题分中：{listed}。请核对题号，改成一致。",
        f"Items that the published points do not have: {len(items)} ({listed}). Make the item "
        "numbers agree.")  # fmt: skip


TWO_WAY_KIND = DatasetKind(
    name="two_way",
    title_zh="双向细目表",
    title_en="two-way table",
    table=TWO_WAY_PLAN,
    template=tuple(own.spec.title_zh for own in _FIELDS),
    read=read_two_way,
    partner="items",
    needs_exam=True,
)
