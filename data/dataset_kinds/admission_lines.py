"""``admission_lines``: 高中录取分数线 and 指标到校, by year."""

from core.dataset_tables import ADMISSION_LINES
from data.dataset_kinds.cells import TEXT, hundredths, whole_number
from data.dataset_kinds.fields import (
    check_repeated,
    field,
    refuse_rows,
    typed_fields,
)
from data.dataset_kinds.kind import Content, DatasetKind, Surroundings, content_of
from data.dataset_kinds.school_book import SCHOOL_SPECS, match_schools
from data.importers.column_file import read_columns_file
from data.importers.sheet import Sheet

_YEAR = whole_number(1990, 2100)
_FIELDS = (
    field("year", "年份", ("年度", "中考年份", "录取年份", "year"), _YEAR, required=True,
          is_filled=True),
    field("line", "录取线名称", ("分数线", "分数线名称", "线名", "批次", "录取批次", "高中学校",
                                 "高中名称", "录取学校", "招生学校", "line"), TEXT,
          required=True, is_filled=True),
    field("score", "最低分", ("录取分数", "录取分数线分值", "分数", "录取最低分", "投档线",
                              "score"), hundredths(2000)),
    field("quota", "指标数", ("指标", "指标到校", "指标生", "指标生数", "名额", "分配名额",
                              "quota"), whole_number(0, 100_000)),
)  # fmt: skip
_KEY = ["year", "line", "school"]


def read_admission_lines(sheet: Sheet, around: Surroundings) -> Content:
    """Read lines and quotas: each row has a score, a quota, or both; a quota has a school."""
    specs = [*SCHOOL_SPECS, *(own.spec for own in _FIELDS)]
    file = read_columns_file(sheet, specs, remembered=around.remembered)
    table = typed_fields(file, _FIELDS)
    if table.frame is None or file.frame is None:
        return Content(None, tuple(table.findings))
    frame = table.frame.assign(school=file.frame["school_code"])
    if {"school_code", "school_name"} & file.headers.keys():
        # A line for all has no school: only rows that name one are matched.
        matched = match_schools(file, around.schools)
        named = file.frame["school_code"].notna() | file.frame["school_name"].notna()
        table.findings += [f for f in matched.findings if f.check != "school_missing"]
        table.refused |= matched.refused & set(file.frame["row"][named])
        frame = frame.assign(school=matched.school)
    table.frame = frame
    refuse_rows(
        table,
        frame["row"][frame["score"].isna() & frame["quota"].isna()],
        check="empty",
        zh="既没有分数也没有指标数：{n} 行（{rows}）。请至少填写一项。",
        en="Rows with neither a score nor a quota: {n} ({rows}). Fill in one of them.",
    )
    refuse_rows(
        table,
        frame["row"][frame["quota"].notna() & frame["school"].isna()],
        check="school_missing",
        zh="有指标数但没有学校：{n} 行（{rows}）。指标到校须写明学校。",
        en="Rows with a quota but without a school: {n} ({rows}). Name the school.",
    )
    check_repeated(table, _KEY, zh="同一年份、录取线、学校", en="a year, line and school")
    return content_of(frame[ADMISSION_LINES.names], table.findings, refused=table.refused)


ADMISSION_LINES_KIND = DatasetKind(
    name="admission_lines",
    title_zh="录取分数线和指标",
    title_en="admission lines and quotas",
    table=ADMISSION_LINES,
    template=("年份", "录取线名称", "学校代码", "学校名称", "最低分", "指标数"),
    read=read_admission_lines,
)
