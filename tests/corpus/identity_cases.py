"""Group D, second half: numbers, names, schools, classes and grades of pupils."""

from collections.abc import Callable

from core.findings import Outcome
from tests.corpus.case import Case, of_rows
from tests.corpus.pupils import (
    N_PUPILS,
    NAMES,
    OTHER_SCHOOL,
    Row,
    exam_number,
    good_rows,
    pupil_number,
    with_cells,
)
from tests.corpus.workbook_xml import ZEROS, formula, styled

_NUMBER, _NAME = "学籍号", "姓名"
_WARN: Outcome = "accept-with-warning"
_SIGNS = ("姓名", "公式|非法|字符")


def _numbers(*values: object) -> Callable[[], list[Row]]:
    return lambda: with_cells(_NUMBER, dict(enumerate(values, 3)))


def _names(*values: object) -> Callable[[], list[Row]]:
    return lambda: with_cells(_NAME, dict(enumerate(values, 3)))


def _appended(**changes: object) -> Callable[[], list[Row]]:
    """Return the good rows and the first pupil once more, with other cells by position."""

    def rows() -> list[Row]:
        table = good_rows()
        again = list(table[1])
        for place, value in changes.items():
            again[int(place[1:])] = value
        return [*table, again]

    return rows


def _elsewhere() -> list[Row]:
    rows = _appended()()
    rows[-1][:2] = OTHER_SCHOOL
    return rows


def _exchanged() -> list[Row]:
    rows = good_rows()
    for row in rows[1:]:
        row[3], row[6] = row[6], row[3]
    return rows


def _stored_numbers() -> list[Row]:
    return with_cells(_NUMBER, {row: 330100000 + row for row in range(2, 14)})


def _shown_numbers() -> list[Row]:
    return with_cells("考号", {row: styled(330100000 + row, ZEROS) for row in range(2, 14)})


def _without_g() -> list[Row]:
    return with_cells(_NUMBER, {row: pupil_number(row - 1)[1:] for row in range(2, 14)})


def _all_in(column: str, value: object) -> Callable[[], list[Row]]:
    return lambda: with_cells(column, dict.fromkeys(range(2, 14), value))


CASES: tuple[Case, ...] = (
    of_rows("D17", "一行完全重复", _appended(), _WARN, ("重复",), also_ok=("reject",)),
    Case("D18", "同一学籍号两行，成绩不同", "D18.xlsx",
         of_rows("", "", _appended(_8=33), "reject").content, "reject", ("重复|冲突",
         "学籍号", "2", "14"), good=N_PUPILS - 1, bad=2),
    Case("D19", "同一学籍号在两所学校", "D19.xlsx",
         of_rows("", "", _elsewhere, "reject").content, "reject", ("学籍号", "重复|冲突"),
         good=N_PUPILS - 1, bad=2),
    of_rows("D20", "同班同名，学籍号不同", lambda: with_cells(_NAME, {3: NAMES[0]}), "accept",
            also_ok=("normalise",)),
    of_rows("D21", "学籍号存成了短的数值", _stored_numbers, _WARN, ("数值", "学籍号"),
            also_ok=("reject",)),
    of_rows("D22", "18 位学籍号存成了数值", _numbers(999999201202030160), "reject",
            ("数值|文本|位", "学籍号"), bad=1),
    of_rows("D23", "考号是数值，前导零只在显示格式里", _shown_numbers, _WARN, ("考号",),
            also_ok=("reject", "normalise", "accept")),
    of_rows("D24", "学籍号是 9.99999E+17", _numbers("9.99999E+17"), "reject", ("学籍号",),
            bad=1),
    of_rows("D25", "没有 G 的 18 位学籍号（文本）", _without_g, "accept",
            also_ok=("normalise", _WARN)),
    of_rows("D26", "校验位错误", _numbers(pupil_number(2)[:-1] + "Y"), "reject",
            ("学籍号", "校验|无效|格式|长度"), also_ok=(_WARN,), bad=1),
    of_rows("D27", "小写 g", _numbers(pupil_number(2).lower()), "normalise"),
    of_rows("D28", "少三位", _numbers(pupil_number(2)[:-3]), "reject",
            ("学籍号", "位|长度|格式"), bad=1),
    of_rows("D29", "学籍号有空格、全角和撇号",
            _numbers(f" {pupil_number(2)}", "Ｇ" + pupil_number(3)[1:], f"'{pupil_number(4)}"),
            "normalise"),
    of_rows("D30", "没有学籍号", _numbers(None), "reject", ("学籍号", "缺少", "3"), bad=1),
    of_rows("D31", "少数民族姓名的间隔号", _names("阿依木•热合曼", "古丽娜．艾力"),
            "normalise"),
    of_rows("D32", "姓名像公式", _names("=cmd|' /C calc'!A0"), "reject", _SIGNS, bad=1),
    of_rows("D33", "生僻字", _names("䶮一", "㐂文", "𠮷安", "李𬭚"), "accept",
            also_ok=("normalise",)),
    of_rows("D34", "姓名有表情符号", _names("小明😀"), "reject", _SIGNS, bad=1),
    of_rows("D35", "姓名含网页代码", _names("<script>alert(1)</script>", "<b>丁</b>"),
            "reject", _SIGNS, bad=2),
    of_rows("D36", "姓名含 Markdown",
            _names("![x](http://127.0.0.1:9/p.png)", "[点](javascript:0)", ":red[王] $x^2$"),
            "reject", _SIGNS, bad=3),
    of_rows("D37", "姓名含 SQL", _names("R'); DROP TABLE pupil;--"), "reject", _SIGNS, bad=1),
    of_rows("D38", "双向控制符和 BOM", _names("白\u202e川若", "石\ufeff晚晴"), "reject",
            ("姓名", "控制|非法|字符|不可见"), bad=2),
    of_rows("D39", "姓名 300 字", _names("长" * 300), "reject", ("姓名", "过长|长度|超过"),
            bad=1),
    of_rows("D40", "学校代码与名称对不上（代码未知）",
            lambda: with_cells("学校代码", {3: "9999"}), "reject",
            ("学校", "不存在|未登记|未知|无效"), bad=1),
    of_rows("D41", "同一代码两个校名",
            lambda: with_cells("学校名称", {3: OTHER_SCHOOL[1]}), "reject", ("学校", "不一致"),
            bad=1),
    of_rows("D42", "学校代码存成了数值", _all_in("学校代码", 3301), "accept",
            also_ok=("normalise", _WARN)),
    of_rows("D43", "七年级学生", lambda: with_cells("年级", {3: "七年级"}), "reject", ("年级",),
            also_ok=(_WARN,), bad=1),
    of_rows("D62", "年级写法不同：初二、8、八", lambda: with_cells("年级", {
        3: "初二", 4: "8", 5: "八", 6: "初中二年级"}), "accept", also_ok=("normalise",)),
    of_rows("D63", "没有学校", lambda: with_cells("学校代码", {3: None}), "reject",
            ("学校", "缺少", "3"), bad=1),
    of_rows("D64", "没有班级", lambda: with_cells("班级", {3: None}), _WARN, ("班级", "3")),
    of_rows("D65", "班级变成了日期", lambda: with_cells("班级", {3: styled(46204, 2)}),
            "reject", ("日期", "班级"), bad=1),
    of_rows("D66", "姓名是没有结果的公式", _names(formula("A1", None)), "reject",
            ("公式", "姓名"), bad=1),
    of_rows("D67", "姓名以 + 或 @ 开头", _names("+丁", "@白"), "reject", _SIGNS, bad=2),
    of_rows("D68", "学籍号有汉字", _numbers("G99丁999201202021010"), "reject",
            ("学籍号", "格式"), bad=1),
    of_rows("D69", "姓名里有空格", _names("孔 令 仪", "  白若川 "), "normalise", ("空",)),
    of_rows("D70", "年级写成“2024级”", lambda: with_cells("年级", {3: "2024级"}), _WARN,
            ("年级", "无法识别")),
    of_rows("D77", "18 位学籍号的后三位都是 0",
            lambda: with_cells(_NUMBER, {
                row: f"{pupil_number(row - 1)[1:16]}000" for row in range(2, 14)}),
            "reject", ("学籍号", "丢失"), bad=N_PUPILS),
    Case("D78", "两个学籍号只有大小写不同", "D78.xlsx",
         of_rows("", "", _numbers("a2023001", "A2023001"), "reject").content, "reject",
         ("学籍号", "重复"), good=N_PUPILS - 2, bad=2),
    of_rows("D79", "一个班六种写法",
            lambda: with_cells("班级", dict(enumerate(
                ("１班", "1 班", "01班", "(1)班", "一班"), 2))),
            _WARN, ("全角", "4 种班级写法")),
    of_rows("D72", "班级列和姓名列放反了", _exchanged, "reject", ("班级", "姓名"),
            bad=N_PUPILS),
    of_rows("D71", "考号重复", lambda: with_cells("考号", {3: exam_number(1)}), "reject",
            ("考号", "相同|重复"), also_ok=(_WARN,), bad=2),
)  # fmt: skip
