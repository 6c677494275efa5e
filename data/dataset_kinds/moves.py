"""``moves`` 学籍异动: pupils who came, left, paused or came back, with the day.

A school of the tree is stored by its code; one outside it is kept as the file names it. A move
from one school of the tree to another is ``between`` them, whatever the file calls it.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from core.dataset_tables import ENROLMENT_MOVES
from data.checks.draft import Draft
from data.checks.pupil_number_missing import (
    check_pupil_number_missing,
    find_pupil_number_missing,
)
from data.checks.pupil_number_shape import check_pupil_number_shape, find_pupil_number_shape
from data.checks.pupil_number_stored import check_pupil_number_stored, find_pupil_number_stored
from data.dataset_kinds.cells import DAY, TEXT, one_of
from data.dataset_kinds.fields import (
    FieldTable,
    check_repeated,
    field,
    refuse_rows,
    typed_fields,
)
from data.dataset_kinds.item_words import no_number
from data.dataset_kinds.kind import Content, DatasetKind, Surroundings, content_of
from data.dataset_kinds.pupil_columns import PUPIL_SPECS, pupil_entries
from data.dataset_kinds.school_book import SchoolBook, school_named
from data.importers.column_file import read_columns_file
from data.importers.sheet import Sheet

# Word of the file: kind of the move, and its reason.
_WORDS: dict[str, tuple[str, str]] = {
    "转入": ("in", "transfer"), "调入": ("in", "transfer"), "省内转入": ("in", "transfer"),
    "省外转入": ("in", "transfer"), "县外转入": ("in", "transfer"),
    "新生": ("in", "other"), "招生": ("in", "other"), "补录": ("in", "other"),
    "转出": ("out", "transfer"), "调出": ("out", "transfer"), "省内转出": ("out", "transfer"),
    "省外转出": ("out", "transfer"), "县外转出": ("out", "transfer"),
    "转学": ("between", "transfer"), "校际转学": ("between", "transfer"),
    "县内转学": ("between", "transfer"), "跨校调动": ("between", "transfer"),
    "休学": ("suspended", "suspension"), "复学": ("resumed", "return"),
    "退学": ("out", "drop_out"), "辍学": ("out", "drop_out"), "开除": ("out", "drop_out"),
    "死亡": ("out", "death"), "毕业": ("out", "graduation"), "结业": ("out", "graduation"),
    "出国": ("out", "abroad"), "出境": ("out", "abroad"),
    "in": ("in", "transfer"), "out": ("out", "transfer"), "between": ("between", "transfer"),
    "suspended": ("suspended", "suspension"), "resumed": ("resumed", "return"),
}  # fmt: skip
_KIND = one_of({word: word for word in _WORDS}, shown="转入 转出 转学 休学 复学 退学 死亡 毕业")
_FIELDS = (
    field("word", "异动类型", ("异动类别", "类型", "变动类型", "异动原因", "学籍变动", "kind"),
          _KIND, required=True, is_filled=True),
    field("moved_on", "异动日期", ("日期", "变动日期", "异动时间", "办理日期", "审核日期",
                                 "date"), DAY, required=True, is_filled=True),
    field("from_school", "转出学校", ("原学校", "原就读学校", "调出学校", "来源学校", "转自",
                                      "fromschool"), TEXT),
    field("to_school", "转入学校", ("现学校", "现就读学校", "调入学校", "去向学校", "转往",
                                    "去向", "toschool"), TEXT),
)  # fmt: skip
# Which end of the move is the school that reports it.
_OWN_END = {"in": "to", "resumed": "to", "out": "from", "suspended": "from", "between": "from"}
_NEEDS = {"in": ("to",), "resumed": ("to",), "out": ("from",), "suspended": ("from",),
          "between": ("from", "to")}  # fmt: skip
_NUMBER_CHECKS = (
    check_pupil_number_missing,
    check_pupil_number_stored,
    check_pupil_number_shape,
)
_NUMBER_FINDERS = (find_pupil_number_missing, find_pupil_number_stored, find_pupil_number_shape)


def read_moves(sheet: Sheet, around: Surroundings) -> Content:
    """Read moves; each has a pupil, a day, a kind and the schools that the kind needs."""
    specs = [*PUPIL_SPECS, *(own.spec for own in _FIELDS)]
    file = read_columns_file(sheet, specs, remembered=around.remembered)
    table = typed_fields(file, _FIELDS)
    if table.frame is None or file.frame is None:
        return Content(None, tuple(table.findings))
    if "pupil_number" not in file.headers:
        finding = no_number(int(table.frame["row"].iloc[0]) - 1)
        return Content(None, (*table.findings, finding), n_rows=len(table.frame))
    draft = _draft(table)
    table.findings += [finding for check in _NUMBER_CHECKS for finding in check(draft)]
    table.refused |= {int(r) for find in _NUMBER_FINDERS for r in find(draft)["row"]}
    named = file.frame["school_code"].fillna(file.frame["school_name"])
    frame = _with_ends(table.frame, named, around.schools)
    table.frame = frame.assign(pupil_number=draft.clean.frame["pupil_number"])
    _check_schools(table, table.frame, around.schools.names)
    check_repeated(
        table,
        ["pupil_number", "moved_on", "kind"],
        zh="同一学生同一天的同一异动",
        en="a pupil's move of the same kind and day",
    )
    names = ["pupil_number", *ENROLMENT_MOVES.names[1:]]
    return content_of(table.frame[names], table.findings, refused=table.refused)


def _draft(table: FieldTable) -> Draft:
    """Return the rows as a draft without marks, for the checks of pupil numbers."""
    entries, headers = pupil_entries(table.file)
    marks = {name: pd.Series(dtype="str") for name in ("subject", "column", "text", "kind")}
    lines = {name: pd.Series(dtype="int64") for name in ("row", "line")}
    return Draft(entries, pd.DataFrame({**lines, **marks}), (), 1, headers=headers)


def _with_ends(frame: pd.DataFrame, named: "pd.Series[str]", book: SchoolBook) -> pd.DataFrame:
    """Return kind, reason and both schools; the school that reports fills its own end."""
    kind = frame["word"].map({word: own[0] for word, own in _WORDS.items()}).astype("str")
    ends = {}
    for end in ("from", "to"):
        is_own = (kind.map(_OWN_END) == end).to_numpy(bool)
        text = frame[f"{end}_school"].where(frame[f"{end}_school"].notna() | ~is_own, named)
        codes = {str(t): school_named(str(t), book) for t in text.dropna().unique()}
        ends[end] = text.map({t: code or t for t, code in codes.items()}).astype("str")
    is_inside = np.logical_and.reduce([ends[end].isin(book.names) for end in ends])
    is_transfer = kind.isin(["in", "out", "between"]) & is_inside
    return frame.assign(
        kind=kind.mask(is_transfer & (ends["from"] != ends["to"]), "between"),
        reason=frame["word"].map({word: own[1] for word, own in _WORDS.items()}).astype("str"),
        from_school=ends["from"],
        to_school=ends["to"],
    )


def _check_schools(table: FieldTable, frame: pd.DataFrame, known: Mapping[str, str]) -> None:
    zh = {"from": "转出学校", "to": "转入学校"}
    for end in ("from", "to"):
        needing = [kind for kind, ends in _NEEDS.items() if end in ends]
        is_lost = frame["kind"].isin(needing) & frame[f"{end}_school"].isna()
        refuse_rows(
            table,
            frame["row"][is_lost],
            check="school_missing",
            zh=f"缺少{zh[end]}：{{n}} 行（{{rows}}）。请填写。",
            en=f"Rows without the school that the pupil moved {end}: {{n}} ({{rows}}). Fill it "
            "in.",
        )
    is_outside = ~(frame["from_school"].isin(known) | frame["to_school"].isin(known))
    has_any = frame["from_school"].notna() | frame["to_school"].notna()
    refuse_rows(
        table,
        frame["row"][is_outside & has_any],
        check="school_unknown",
        zh="两端的学校都不在组织机构中：{n} 行（{rows}）。请用登记的学校代码或全称。",
        en="Rows of which neither school is in the organisation tree: {n} ({rows}). Use the "
        "code or the full name that is registered.",
    )


MOVES = DatasetKind(
    name="moves",
    title_zh="学籍异动",
    title_en="moves of pupils",
    table=ENROLMENT_MOVES,
    template=("学籍号", "姓名", *(own.spec.title_zh for own in _FIELDS)),
    read=read_moves,
    names_pupils=True,
    is_personal=True,
)
