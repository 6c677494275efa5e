"""``survey``: answers to a questionnaire by school, grade and class; nobody is named.

What could name a person (name, number, telephone, free text) is not read. The stored rows are
sorted by what they hold, so that their order says nothing about who answered when.
"""

from collections.abc import Mapping

import pandas as pd

from core.dataset_tables import SURVEY_ANSWERS
from core.findings import Finding
from data.dataset_kinds.answers import read_answers
from data.dataset_kinds.cells import GRADE, TEXT, Column, faults_of, refused_rows
from data.dataset_kinds.fields import field, typed_fields, with_schools
from data.dataset_kinds.kind import Content, DatasetKind, Surroundings, content_of
from data.dataset_kinds.question_code import question_code
from data.dataset_kinds.school_book import SCHOOL_SPECS
from data.importers.column_file import Located, columns_at, locate_columns
from data.importers.column_header import NOT_READ
from data.importers.column_words import shown_header
from data.importers.headers import FIELDS
from data.importers.remarks import plain, remark
from data.importers.sheet import Sheet
from data.importers.tables import kind_names

_FIELDS = (
    field("grade", "年级", FIELDS["grade"], GRADE),
    field("class_name", "班级", FIELDS["class_name"], TEXT),
)
_SPECS = (*SCHOOL_SPECS, *(own.spec for own in _FIELDS))
# Nothing of these columns is read, so that nothing of them can be kept.
_PRIVATE = (
    *FIELDS["pupil_name"], *FIELDS["pupil_number"], *FIELDS["exam_number"], "家长姓名",
    "来自IP", "IP", "提交答卷时间", "开始答题时间", "结束答题时间", "所用时间", "来源",
    "来源详情",
    "总分", "答题时长", "联系方式", "微信", "身份证", "昵称", "用户",
)  # fmt: skip
_CHOICES = 0.5  # share of answers that must be choices, else the question is free text
_LISTED = 20


def read_survey(sheet: Sheet, around: Surroundings) -> Content:
    """Read answers; those outside a scale are refused with their place."""
    remembered = {**dict.fromkeys(_PRIVATE, NOT_READ), **around.remembered}
    located, findings = locate_columns(
        sheet,
        _SPECS,
        remembered=remembered,
        is_other=lambda text: question_code(text) is not None,
    )
    if located is None:
        return Content(None, findings)
    table = with_schools(typed_fields(columns_at(sheet, _SPECS, located), _FIELDS), around)
    if table.frame is None:
        return Content(None, tuple(table.findings))
    questions, faults = _questions(located, around)
    table.findings += faults
    answers, left_out = _answers(sheet, located, questions, _ends(around))
    table.findings += [*_free_text(left_out), *faults_of(answers)]
    table.refused |= refused_rows(answers)
    if not answers:
        table.findings.append(_no_questions(located.line))
    rows = table.frame[["school", "grade", "class_name"]].assign(
        **{code: column.values for code, column in answers.items()}
    )
    rows = rows.sort_values(list(rows.columns), ignore_index=True)
    rows.insert(0, "respondent", range(1, len(rows) + 1))
    about = {"questions": [_about(code, column) for code, column in answers.items()]}
    return content_of(rows, table.findings, refused=table.refused, about=about)


def _about(code: str, column: Column) -> dict[str, object]:
    values = column.values.dropna()
    ends = (int(values.min()), int(values.max())) if len(values) else (None, None)
    return {"question": code, "lowest": ends[0], "highest": ends[1], "n_answers": len(values)}


def _ends(around: Surroundings) -> dict[str, tuple[int, int]]:
    """Return lowest and highest choice by question, of the scale key of the same name."""
    if around.partner is None:
        return {}
    key = around.partner
    return {
        str(q): (int(low), int(high))
        for q, low, high in zip(key["question"], key["lowest"], key["highest"], strict=True)
    }


def _questions(located: Located, around: Surroundings) -> tuple[dict[int, str], list[Finding]]:
    codes = {i: question_code(text) for i, text in located.others.items()}
    questions = {i: code for i, code in sorted(codes.items()) if code is not None}
    unknown = {i: located.others[i] for i, code in codes.items() if code is None}
    named = list(questions.values())
    doubles = sorted({code for code in named if named.count(code) > 1})
    findings = _unknown(unknown, line=located.line)
    if doubles:
        findings.append(_double(doubles, located.line))
    lacking = [code for code in _ends(around) if code not in named]
    if lacking:
        findings.append(_lacking(lacking))
    return questions, findings


def _answers(
    sheet: Sheet,
    located: Located,
    questions: Mapping[int, str],
    ends: Mapping[str, tuple[int, int]],
) -> tuple[dict[str, Column], list[str]]:
    """Return the answers by question, and the questions that hold free text."""
    lines = pd.Series(sheet.lines[located.rows])
    answers: dict[str, Column] = {}
    free = []
    for i, code in questions.items():
        found = read_answers(
            pd.Series(sheet.text.iloc[:, i].array.take(located.rows)),
            pd.Series(kind_names(sheet.kinds[located.rows, i])),
            rows=lines,
            header=shown_header(located.others[i], i),
            ends=ends.get(code),
        )
        if found.share < _CHOICES and code not in ends:
            free.append(code)
        else:
            answers[code] = found.column
    return answers, free


def _no_questions(line: int) -> Finding:
    return remark(
        "error", "no_data",
        f"第 {line} 行表头有 0 道可以读取的题目。题目的表头写题号，如 Q1、第2题、3、…。",
        f"Header row {line} has 0 questions that can be read. The header of a question starts "
        "with its number, such as Q1, 第2题 or 3、 ..",
        row=line)  # fmt: skip


def _unknown(headers: Mapping[int, str], *, line: int) -> list[Finding]:
    if not headers:
        return []
    listed = "、".join([shown_header(t, i) for i, t in headers.items()][:_LISTED])
    return [remark(
        "warning", "unknown_column",
        f"有 {len(headers)} 列不是题目，没有读取：{listed}。题目的表头须以题号开头。",
        f"Columns that are no questions were not read: {len(headers)} ({listed}). The header "
        "of a question starts with its number.",
        row=line)]  # fmt: skip


def _double(codes: list[str], line: int) -> Finding:
    return remark(
        "error", "double_column",
        f"题号重复：{'、'.join(codes[:_LISTED])}。每道题只能有一列；多选题请写成 4(1)、4(2)。",
        f"Questions that stand twice: {', '.join(codes[:_LISTED])}. Keep one column each; "
        "write the parts of a multiple choice as 4(1), 4(2).",
        row=line)  # fmt: skip


def _lacking(codes: list[str]) -> Finding:
    return remark(
        "error", "scale",
        f"量表中有 {len(codes)} 道题不在问卷中：{'、'.join(codes[:_LISTED])}。请核对题号。",
        f"Questions of the scale key that the survey does not have: {len(codes)} "
        f"({', '.join(codes[:_LISTED])}). Make the numbers agree.",
    )  # fmt: skip


def _free_text(codes: list[str]) -> list[Finding]:
    if not codes:
        return []
    listed = plain("、".join(codes))
    return [remark(
        "warning", "free_text",
        f"有 {len(codes)} 道题的回答多数不是选项，按开放题处理，没有保存：{listed}。",
        f"Questions whose answers are mostly no choices were taken for free text and not kept: "
        f"{len(codes)} ({listed}).",
    )]  # fmt: skip


SURVEY = DatasetKind(
    name="survey",
    title_zh="问卷",
    title_en="answers to a questionnaire",
    table=SURVEY_ANSWERS,
    template=("学校代码", "学校名称", "年级", "班级", "Q1", "Q2", "Q3"),
    read=read_survey,
    is_personal=True,
    partner="scales",
)
