"""``enrolment``: how many pupils are on the roll, by school, grade and class."""

import pandas as pd

from core.dataset_tables import ENROLMENT
from data.dataset_kinds.cells import GRADE, TEXT, whole_number
from data.dataset_kinds.fields import (
    FieldTable,
    check_repeated,
    field,
    read_school_fields,
    refuse_rows,
    warn_rows,
)
from data.dataset_kinds.kind import Content, DatasetKind, Surroundings, content_of
from data.importers.headers import FIELDS
from data.importers.sheet import Sheet

_COUNT = whole_number(0, 1_000_000)
_FIELDS = (
    field("grade", "年级", FIELDS["grade"], GRADE),
    field("class_name", "班级", FIELDS["class_name"], TEXT),
    field("n_enrolled", "在籍人数",
          ("在籍生数", "在籍学生数", "在校人数", "在校生数", "在校学生数", "学生数", "学生人数",
           "学籍人数", "人数", "合计", "小计", "总人数", "enrolled", "enrolment", "roll"),
          _COUNT, required=True, is_filled=True),
    field("n_boys", "男生数", ("男", "男生", "男生人数", "其中男", "boys"), _COUNT),
    field("n_girls", "女生数", ("女", "女生", "女生人数", "其中女", "girls"), _COUNT),
    field("n_classes", "班数", ("班级数", "教学班数", "班额数", "classes"), _COUNT),
    field("n_boarders", "寄宿生数", ("寄宿", "寄宿生", "寄宿人数", "住校生", "住校人数",
                                     "住宿生数", "boarders"), _COUNT),
    field("n_left_behind", "留守儿童数", ("留守", "留守儿童", "留守人数", "leftbehind"),
          _COUNT),
    field("n_migrant", "随迁子女数", ("随迁", "随迁子女", "进城务工人员随迁子女", "随迁人数",
                                      "migrant"), _COUNT),
    field("n_disabled", "残疾学生数", ("残疾", "残疾人数", "随班就读", "disabled"), _COUNT),
    field("n_poor", "家庭经济困难学生数", ("困难学生数", "贫困生", "家庭困难", "建档立卡",
                                           "资助人数", "poor"), _COUNT),
)  # fmt: skip
_PARTS = ("n_boarders", "n_left_behind", "n_migrant", "n_disabled", "n_poor")
_KEY = ["school", "grade", "class_name"]


def read_enrolment(sheet: Sheet, around: Surroundings) -> Content:
    """Read enrolment; totals that do not add up are refused, with the rows."""
    table = read_school_fields(sheet, _FIELDS, around)
    if table.frame is None:
        return Content(None, tuple(table.findings))
    check_repeated(table, _KEY, zh="同一学校、年级、班级", en="a school, grade and class")
    _check_sexes(table, table.frame)
    _check_parts(table, table.frame)
    _check_levels(table, table.frame)
    return content_of(table.frame[ENROLMENT.names], table.findings, refused=table.refused)


def _check_sexes(table: FieldTable, frame: pd.DataFrame) -> None:
    sums = frame["n_boys"] + frame["n_girls"]
    is_off = (sums != frame["n_enrolled"]).fillna(value=False)
    refuse_rows(
        table,
        frame["row"][is_off],
        check="total",
        zh="男生数加女生数不等于在籍人数：{n} 行（{rows}）。请改正。",
        en="Rows where boys and girls do not add up to the enrolled: {n} ({rows}). Correct "
        "them.",
    )


def _check_parts(table: FieldTable, frame: pd.DataFrame) -> None:
    for name in _PARTS:
        is_off = (frame[name] > frame["n_enrolled"]).fillna(value=False)
        header = table.file.headers.get(name, name)
        refuse_rows(
            table,
            frame["row"][is_off],
            check="part",
            zh=f"“{header}”大于在籍人数：{{n}} 行（{{rows}}）。请改正。",
            en=f"Rows where {header} is more than the enrolled: {{n}} ({{rows}}). Correct "
            "them.",
        )


def _check_levels(table: FieldTable, frame: pd.DataFrame) -> None:
    """Compare rows of a whole school or grade with the sum of their parts, where both stand."""
    whole_grade = frame["class_name"].isna() & frame["grade"].notna()
    classes = frame[frame["class_name"].notna() & frame["grade"].notna()]
    schools = frame["class_name"].isna() & frame["grade"].isna()
    grades = frame[whole_grade]
    for wholes, parts, key, zh, en in (
        (frame[whole_grade], classes, ["school", "grade"], "各班之和", "its classes"),
        (frame[schools], grades, ["school"], "各年级之和", "its grades"),
    ):
        sums = parts.groupby(key)["n_enrolled"].sum().rename("parts").reset_index()
        both = wholes.merge(sums, on=key)
        warn_rows(
            table,
            both["row"][(both["parts"] != both["n_enrolled"]).fillna(value=False)],
            check="total",
            zh=f"在籍人数不等于{zh}：{{n}} 行（{{rows}}）。请核对。",
            en=f"Rows whose enrolled are not the sum of {en}: {{n}} ({{rows}}). Check them.",
        )


ENROLMENT_KIND = DatasetKind(
    name="enrolment",
    title_zh="在籍人数",
    title_en="enrolment",
    table=ENROLMENT,
    template=("学校代码", "学校名称", *(own.spec.title_zh for own in _FIELDS)),
    read=read_enrolment,
)
