"""``scales``: the key of a questionnaire: which question measures what, and which way."""

from core.dataset_tables import SCALE_KEY
from data.dataset_kinds.cells import TEXT, Format, Parsed, one_of, whole_number
from data.dataset_kinds.fields import check_repeated, field, read_fields, refuse_rows
from data.dataset_kinds.kind import Content, DatasetKind, Surroundings, content_of
from data.dataset_kinds.question_code import question_code
from data.importers.sheet import Sheet


def _question(text: str) -> Parsed:
    code = question_code(text)
    return (code, "") if code else (None, "wrong")


_QUESTION = Format(_question, "str", "一个题号，如 Q1 或 1", "one question, such as Q1 or 1")
_REVERSED = {"是": "yes", "反向": "yes", "反": "yes", "1": "yes", "y": "yes",
             "yes": "yes", "否": "no", "正向": "no", "正": "no", "0": "no", "n": "no",
             "no": "no"}  # fmt: skip
_FIELDS = (
    field("question", "题目", ("题号", "问题", "题项", "question"), _QUESTION, required=True,
          is_filled=True),
    field("scale", "量表", ("维度", "指标", "因子", "量表名称", "scale"), TEXT, required=True,
          is_filled=True),
    field("reversed", "反向", ("反向题", "是否反向", "计分方向", "reverse", "reversed"),
          one_of(_REVERSED, shown="是 否")),
    field("lowest", "最小值", ("最小", "最低分", "起点", "min", "lowest"),
          whole_number(0, 100)),
    field("highest", "最大值", ("最大", "最高分", "终点", "max", "highest"),
          whole_number(0, 100)),
)  # fmt: skip
_LOWEST, _HIGHEST = 1, 5


def read_scales(sheet: Sheet, around: Surroundings) -> Content:
    """Read a scale key; without ends a scale goes from 1 to 5."""
    table = read_fields(sheet, _FIELDS, around)
    frame = table.frame
    if frame is None:
        return Content(None, tuple(table.findings))
    frame = frame.assign(
        is_reversed=(frame["reversed"] == "yes").to_numpy(bool),
        lowest=frame["lowest"].fillna(_LOWEST),
        highest=frame["highest"].fillna(_HIGHEST),
    )
    table.frame = frame
    check_repeated(table, ["question"], zh="题目", en="a question")
    refuse_rows(
        table,
        frame["row"][(frame["highest"] <= frame["lowest"]).fillna(value=False)],
        check="ends",
        zh="最大值不大于最小值：{n} 行（{rows}）。请改正。",
        en="Rows whose highest choice is not above the lowest: {n} ({rows}). Correct them.",
    )
    named = frame[frame["scale"].notna()]
    kinds = named.groupby("scale")[["lowest", "highest"]].nunique().max(axis=1)
    refuse_rows(
        table,
        named["row"][named["scale"].isin(kinds.index[kinds > 1])],
        check="ends",
        zh="同一量表的起止值不一致：{n} 行（{rows}）。请改成一致。",
        en="Rows of a scale whose ends differ: {n} ({rows}). Make them agree.",
    )
    return content_of(frame[SCALE_KEY.names], table.findings, refused=table.refused)


SCALES_KIND = DatasetKind(
    name="scales",
    title_zh="问卷量表",
    title_en="scale key of a questionnaire",
    table=SCALE_KEY,
    template=tuple(own.spec.title_zh for own in _FIELDS),
    read=read_scales,
)
