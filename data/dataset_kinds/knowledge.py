"""``knowledge``: the tree of knowledge points."""

import pandas as pd

from core.dataset_tables import KNOWLEDGE_POINTS
from data.dataset_kinds.cells import TEXT
from data.dataset_kinds.fields import check_repeated, field, read_fields, refuse_rows
from data.dataset_kinds.kind import Content, DatasetKind, Surroundings, content_of
from data.importers.sheet import Sheet

_FIELDS = (
    field("code", "代码", ("编码", "知识点代码", "知识点编码", "code"), TEXT, required=True,
          is_filled=True),
    field("name", "名称", ("知识点", "知识点名称", "name"), TEXT, required=True,
          is_filled=True),
    field("parent", "上级代码", ("上级", "父级", "父代码", "上级知识点", "所属", "parent"),
          TEXT),
)  # fmt: skip


def read_knowledge(sheet: Sheet, around: Surroundings) -> Content:
    """Read a tree: each point below one that the file has, no circle."""
    table = read_fields(sheet, _FIELDS, around)
    frame = table.frame
    if frame is None:
        return Content(None, tuple(table.findings))
    check_repeated(table, ["code"], zh="代码", en="a code")
    named = frame[~frame["row"].isin(table.refused)]
    unique_names = named[~named["name"].duplicated(keep=False)]
    by_name = dict(zip(unique_names["name"], unique_names["code"], strict=True))
    # A parent may be written as its code or, where that is unique, by its name.
    known = set(frame["code"].dropna())
    parent = frame["parent"].where(frame["parent"].isin(known), frame["parent"].map(by_name))
    refuse_rows(
        table,
        frame["row"][frame["parent"].notna() & parent.isna()],
        check="parent",
        zh="上级不在表中：{n} 行（{rows}）。请填写表中已有的代码，顶层留空。",
        en="Rows whose parent is not in the file: {n} ({rows}). Name a code of the file; leave "
        "it empty at the top.",
    )
    level = _levels(frame["code"], parent)
    refuse_rows(
        table,
        frame["row"][level.isna() & (frame["parent"].isna() | parent.notna())],
        check="circle",
        zh="上下级成环：{n} 行（{rows}）。请改正上级。",
        en="Rows that stand below themselves: {n} ({rows}). Correct their parents.",
    )
    rows = frame.assign(parent=parent.astype("str"), level=level)
    return content_of(rows[KNOWLEDGE_POINTS.names], table.findings, refused=table.refused)


def _levels(code: "pd.Series[str]", parent: "pd.Series[str]") -> "pd.Series[int]":
    """Return the level of each point from 1 at the top; null for one in a circle."""
    level = pd.Series(pd.NA, index=code.index, dtype="Int64")
    level[parent.isna()] = 1
    for _ in range(len(code)):
        known = dict(zip(code[level.notna()], level.dropna(), strict=True))
        found = parent.map(known)
        new = level.isna() & found.notna()
        if not new.any():
            break
        level[new] = found[new].astype("Int64") + 1
    return level


KNOWLEDGE = DatasetKind(
    name="knowledge",
    title_zh="知识点",
    title_en="tree of knowledge points",
    table=KNOWLEDGE_POINTS,
    template=tuple(own.spec.title_zh for own in _FIELDS),
    read=read_knowledge,
)
