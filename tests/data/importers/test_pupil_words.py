"""No word that a message quotes of a file holds a pupil's name or number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.findings import Finding
from data.importers.layout import lay_out
from data.importers.pupil_words import with_pupils, without_pupils
from data.importers.sheet import Reading, Sheet, SheetSize
from tests.data.importers.sheets import make_sheet

NAME, NUMBER, EXAM = "欧阳星海", "G999999201201011005", "0330100001"
HEAD = "学校代码,学校名称,班级,学籍号,考号,姓名,语文,数学"
ROWS = (
    f"3301,青石镇中心学校,1班,{NUMBER},{EXAM},{NAME},80,90\n"
    "3301,青石镇中心学校,1班,G999999201202021010,0330100002,钱 思远,81,91\n"
)


def sheet_of(head: str = HEAD, rows: str = ROWS) -> Sheet:
    return make_sheet(f"{head}\n{rows}")


def told(word: str, *, column: str | None = None, value: str | None = None) -> Finding:
    return Finding("warning", "x", 2, column, value, f"“{word}”有误。", f"{word} is wrong.")


def without(finding: Finding, sheet: Sheet, **fields: object) -> Finding:
    (found,) = without_pupils([finding], Reading(sheet, ()), **fields)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    "header",
    ["数学 欧阳星海", "语文(欧阳星海)", "欧阳星海成绩", "欧阳星海名次", "欧阳 星海", NUMBER,
     EXAM, f"数学{NUMBER}", "钱思远", "钱·思远的分"],
)  # fmt: skip
def test_a_header_with_a_pupil_is_told_by_its_column(header: str) -> None:
    found = without(told(header, column=header), sheet_of(HEAD.replace("数学", header)))
    assert found.message_zh == "“H列”有误。"
    assert found.message_en == "H列 is wrong."
    assert found.column == "H"


@pytest.mark.parametrize(
    "header", ["数学", "数学(120分)", "信息科技", "远", "1班", "G9999992012"]
)
def test_other_headers_are_told_as_they_are(header: str) -> None:
    finding = told(header, column=header)
    assert without(finding, sheet_of(HEAD.replace("数学", header))) == finding


def test_a_sheet_is_told_by_its_position() -> None:
    sizes = tuple(SheetSize(name, False, 2, 8) for name in ("成绩", NAME, f"{NAME}2"))
    reading = Reading(sheet_of(), (), sizes)
    (found,) = without_pupils([told(f"成绩、{NAME}、{NAME}2")], reading)
    assert found.message_zh == "“成绩、第 2 张工作表、第 3 张工作表”有误。"
    assert "sheet 2、sheet 3 is wrong" in found.message_en


@pytest.mark.parametrize(
    ("field", "zh", "en"),
    [("青石镇中心学校", "第 2 行的学校", "the school of row 2"),
     ("1班", "第 2 行的班级", "the class of row 2"),
     ("3301", "第 2 行的学校", "the school of row 2")],
)  # fmt: skip
def test_a_unit_that_is_called_like_a_pupil_is_told_by_its_row(
    field: str, zh: str, en: str
) -> None:
    sheet = sheet_of(rows=ROWS.replace(field, f"{NAME}部"))
    found = without(told(f"{NAME}部", value=NAME), sheet)
    assert (found.message_zh, found.message_en) == (f"“{zh}”有误。", f"{en} is wrong.")
    assert found.value is None


def test_a_form_of_the_word_that_nobody_foresaw_loses_the_name_all_the_same() -> None:
    sheet = sheet_of(HEAD.replace("数学", "语文【欧阳星海】"))
    found = without(told("《语文 欧阳星海》"), sheet)
    assert found.message_zh == "“《语文 □□》”有误。"


def test_a_header_that_the_bureau_named_counts() -> None:
    sheet = sheet_of(HEAD.replace("姓名", "代号").replace("数学", "欧阳星海成绩"))
    assert NAME in without(told("欧阳星海成绩"), sheet).message_zh
    assert NAME not in without(told("欧阳星海成绩"), sheet, said={"代号": "姓名"}).message_zh


def test_the_file_name_counts() -> None:
    found = without(told(f"{NAME}.xlsx"), sheet_of(), others=[NAME])
    assert found.message_zh == "“□□.xlsx”有误。"


def test_words_of_headers_and_short_numbers_are_no_pupils() -> None:
    rows = "3301,语文小学,1班,1,3301,语文,80,90\n3301,语文小学,1班,2,3302,学生,80,90\n"
    finding = told("语文小学 3301 1班 学生")
    assert without(finding, sheet_of(rows=rows)) == finding


def test_without_a_table_nothing_can_be_compared() -> None:
    finding = told(NAME)
    assert without_pupils([finding], Reading(None, ())) == [finding]
    assert without(finding, make_sheet("甲,乙\n1,2")) == finding


def test_a_second_row_of_headers_is_one() -> None:
    sheet = make_sheet(f"学籍号,姓名,数学,\n,,得分,{NAME}名次\nP123456,{NAME},80,1\n")
    assert without(told(f"{NAME}名次"), sheet).message_zh == "“D列”有误。"


@pytest.mark.parametrize("header", ["欧阳星海成绩", "数学 欧阳星海", "语文(欧阳星海)"])
def test_an_unknown_header_with_a_pupil_is_asked_for_by_its_letter(header: str) -> None:
    sheet = sheet_of(HEAD.replace("数学", header))
    assert with_pupils([header, "数学"], sheet) == {header}
    laid = lay_out(sheet, declared_subjects=frozenset())
    (unknown,) = [f for f in laid.findings if f.check == "unknown_column"]
    assert '--column "H列=忽略"' in unknown.message_zh
    told = "".join(f.message_zh + f.message_en + str(f.column) for f in laid.findings)
    assert NAME not in told


@given(
    name=st.text("欧阳星海王小明钱思远", min_size=2, max_size=4),
    before=st.sampled_from(["", "数学", "语文 ", "(", "第一次"]),
    after=st.sampled_from(["", "成绩", ")", " 名次", "2"]),
)
def test_no_header_around_any_name_is_quoted(name: str, before: str, after: str) -> None:
    header = f"{before}{name}{after}"
    sheet = sheet_of(HEAD.replace("数学", header), rows=ROWS.replace(NAME, name))
    assert name not in without(told(header, column=header, value=name), sheet).message_zh
