"""Group C: the table stands elsewhere, twice, in parts, or holds more than marks."""

from collections.abc import Callable

from tests.corpus.case import FULL_MARKS, Case, of_rows
from tests.corpus.other_files import separated
from tests.corpus.pupils import (
    HEADER,
    N_PUPILS,
    OTHER_SCHOOL,
    SCHOOL,
    Row,
    good_rows,
    pupil_row,
    with_cells,
    with_column,
)
from tests.corpus.workbook_xml import SHEET, SheetOf, book_of, formula, packed, parts_of

_SUBJECTS = slice(-3, None)
_ENGLISH = ("school code", "school", "grade", "class", "pupil number", "exam number", "name",
            "Chinese", "Math", "English")  # fmt: skip
_NOTE: Row = ["填表须知：请勿修改表头", *[None] * 9]


def _titled() -> list[Row]:
    title: Row = ["八年级期末质量监测成绩表", *[None] * 9]
    return [title, list(_NOTE), *good_rows()]


def _two_levels() -> list[Row]:
    first: Row = [*HEADER[:7], "成绩", None, None]
    second: Row = [*[None] * 7, *HEADER[7:]]
    return [first, second, *good_rows()[1:]]


def _merged_school() -> list[Row]:
    rows = good_rows()
    for row in rows[2:]:
        row[0] = row[1] = None
    return rows


def _totals(wrong: dict[int, int]) -> list[Row]:
    sums: list[object] = []
    for line, row in enumerate(good_rows()[1:], 2):
        sums.append(sum(int(str(mark)) for mark in row[_SUBJECTS]) + wrong.get(line, 0))
    return with_column("总分", sums)


def _far_header() -> list[Row]:
    notes: list[Row] = [[f"说明第 {i} 条", *[None] * 9] for i in range(29)]
    return notes + good_rows()


def _with_summary() -> list[Row]:
    blank: list[object] = [None] * 6
    rows: list[Row] = [
        [*blank, "平均分", 95.2, 91.3, 88.1],
        ["合计", *blank, 1142, 1095, 1057],
        ["制表人：张老师", *[None] * 9],
    ]
    return [*good_rows(), *rows]


def _without(column: str) -> list[Row]:
    place = HEADER.index(column)
    return [[cell for i, cell in enumerate(row) if i != place] for row in good_rows()]


def _without_numbers() -> list[Row]:
    return [[*row[:4], *row[6:]] for row in good_rows()]


def _one_from_elsewhere() -> list[Row]:
    return [*good_rows(), [*OTHER_SCHOOL, *pupil_row(N_PUPILS + 1)[2:]]]


def _repeated_header() -> list[Row]:
    rows = good_rows()
    return [*rows[:7], rows[0], *rows[7:]]


def _renamed(names: dict[str, str]) -> list[Row]:
    rows = good_rows()
    rows[0] = [names.get(str(name), name) for name in rows[0]]
    return rows


def _turned() -> list[Row]:
    return [list(reversed(row)) for row in good_rows()]


def _long_table() -> list[Row]:
    rows: list[Row] = [[*HEADER[:7], "科目", "分数"]]
    for row in good_rows()[1:]:
        rows += [
            [*row[:7], subject, mark]
            for subject, mark in zip(HEADER[_SUBJECTS], row[_SUBJECTS], strict=True)
        ]
    return rows


def _others(*, state: str) -> bytes:
    rows = good_rows()
    for row in rows[1:]:
        row[:2] = OTHER_SCHOOL
    return book_of(SheetOf("成绩", good_rows()), SheetOf("旧数据", rows, state=state))


def _second_class() -> bytes:
    more: list[Row] = [list(HEADER), *(pupil_row(k) for k in range(N_PUPILS + 1, N_PUPILS + 7))]
    return book_of(SheetOf("成绩", good_rows()), SheetOf("3班", more))


def _cover_first() -> bytes:
    cover: list[Row] = [["成绩上报材料"], ["学校：柳溪镇中心学校"], ["上报日期：2026年6月"]]
    return book_of(SheetOf("封面", cover), SheetOf("成绩", good_rows()))


def _hidden_column() -> bytes:
    before = '<cols><col min="9" max="9" hidden="1"/></cols>'
    return book_of(SheetOf("成绩", good_rows(), before=before))


def _flat() -> bytes:
    before = '<cols><col min="9" max="9" width="0" customWidth="1"/></cols>'
    sheet = SheetOf("成绩", good_rows(), before=before)
    parts = parts_of([sheet])
    row = b'<row r="4" ht="0" customHeight="1">'
    return packed({**parts, SHEET: parts[SHEET].replace(b'<row r="4">', row)})


def _hidden_part() -> bytes:
    filtered = '<autoFilter ref="A1:J13"><filterColumn colId="3"/></autoFilter>'
    sheet = SheetOf("成绩", good_rows(), after=filtered, hidden=frozenset({4, 5}))
    return book_of(sheet)


def _merged_marks(reference: str, row: int, values: list[object]) -> bytes:
    merge = f'<mergeCells count="1"><mergeCell ref="{reference}"/></mergeCells>'
    rows = good_rows()
    rows[row - 1][_SUBJECTS] = values
    return book_of(SheetOf("成绩", rows, after=merge))


def _merged() -> bytes:
    merge = '<mergeCells count="1"><mergeCell ref="A2:A13"/></mergeCells>'
    return book_of(SheetOf("成绩", _merged_school(), after=merge))


def _many_sheets() -> bytes:
    return book_of(*(SheetOf(f"{i}班", good_rows()) for i in range(1, 46)))


def _book(key: str, wrong: str, content: Callable[[], bytes], words: str) -> Case:
    return Case(
        key, wrong, f"{key}.xlsx", content, "accept-with-warning", (words,), good=N_PUPILS
    )


CASES = (
    of_rows("C01", "表头上方有两行标题", _titled, "normalise", ("表头",), also_ok=("reject",)),
    Case("C02", "两层表头", "C02.xlsx", lambda: book_of(SheetOf("成绩", _two_levels())),
         "reject", ("表头",), also_ok=("normalise", "accept-with-warning")),
    Case("C03", "学校单元格纵向合并", "C03.xlsx", _merged, "reject", ("学校",),
         also_ok=("normalise", "accept-with-warning"), good=1, bad=N_PUPILS - 1),
    Case("C04", "没有学籍号和考号", "C04.xlsx",
         lambda: book_of(SheetOf("成绩", _without_numbers())), "reject", ("学籍号", "缺少")),
    of_rows("C05", "总分与各科之和不符", lambda: _totals({5: 10}), "accept-with-warning",
            ("总分", "不一致|不符|不等", "5"), also_ok=("reject",)),
    _book("C06", "隐藏的工作表", lambda: _others(state="hidden"), "隐藏"),
    _book("C07", "深度隐藏的工作表", lambda: _others(state="veryHidden"), "隐藏"),
    Case("C08", "两张工作表都有数据", "C08.xlsx", _second_class, "accept-with-warning",
         ("工作表",), also_ok=("reject",)),
    Case("C09", "第一张是封面", "C09.xlsx", _cover_first, "accept-with-warning", ("工作表",),
         also_ok=("reject", "normalise")),
    _book("C10", "筛选掉的行", _hidden_part, "隐藏|筛选"),
    of_rows("C11", "成绩是公式，有保存的结果",
            lambda: with_cells("数学", {3: formula("80+15", "95")}), "accept-with-warning",
            ("公式",), also_ok=("reject",)),
    of_rows("C12", "成绩是公式，没有保存的结果",
            lambda: with_cells("数学", {3: formula("80+15", None)}), "reject", ("公式", "3"),
            bad=1),
    of_rows("C13", "末尾有平均分、合计、制表人", _with_summary, "accept-with-warning",
            ("平均|合计|汇总|跳过",), also_ok=("reject",)),
    of_rows("C14", "表头在第 30 行", _far_header, "normalise", ("30",), also_ok=("reject",)),
    of_rows("C15", "表头含空格、换行、括号",
            lambda: _renamed({"姓名": "姓\u00a0名", "语文": "语 文", "数学": "数学\n(120分)",
                              "英语": "\u3000英语 "}), "normalise", also_ok=("reject",)),
    Case("C16", "两列数学", "C16.xlsx",
         lambda: book_of(SheetOf("成绩", with_column("数学", [88] * N_PUPILS))), "reject",
         ("数学", "重复|两列")),
    _book("C17", "隐藏的列", _hidden_column, "隐藏"),
    _book("C41", "高为 0 的行和宽为 0 的列", _flat, "1 行被隐藏"),
    Case("C42", "三科缺考合并成一格", "C42.xlsx",
         lambda: _merged_marks("H3:J3", 3, ["缺考", None, None]), "reject",
         ("合并", "数学", "英语"), good=N_PUPILS),
    Case("C43", "两名学生的成绩合并成一格", "C43.xlsx",
         lambda: _merged_marks("I3:I4", 4, [80, None, 90]), "reject", ("合并", "第 4 行"),
         good=N_PUPILS),
    of_rows("C18", "中间重复的表头", _repeated_header, "accept-with-warning",
            ("表头|重复|跳过",), also_ok=("reject",)),
    Case("C19", "一列有数据而没有表头", "C19.xlsx",
         lambda: book_of(SheetOf("成绩", with_column(None, [88] * N_PUPILS))), "reject",
         ("表头", "K")),
    of_rows("C20", "列的次序相反", _turned, "accept", also_ok=("normalise",)),
    Case("C21", "数据中间有空行", "C21.csv",
         lambda: separated([r for row in good_rows() for r in (row, [])]).encode(), "accept",
         also_ok=("normalise",), good=N_PUPILS),
    of_rows("C22", "多出未设置的科目“信息科技”",
            lambda: with_column("信息科技", [90] * N_PUPILS), "accept-with-warning",
            ("信息科技", "未|忽略|不在|未知"), also_ok=("reject",)),
    of_rows("C23", "没有学籍号，只有考号", lambda: _without("学籍号"), "accept-with-warning",
            ("学籍号", "考号"), also_ok=("reject",)),
    Case("C24", "声明了文件里没有的科目", "C24.xlsx",
         lambda: book_of(SheetOf("成绩", _without("英语"))), "reject", ("英语|english",),
         good=N_PUPILS),
    Case("C25", "四十五张工作表", "C25.xlsx", _many_sheets, "reject", ("工作表", "45")),
    of_rows("C26", "英文表头", lambda: _renamed(dict(zip(HEADER, _ENGLISH, strict=True))),
            "accept", also_ok=("normalise",)),
    Case("C27", "每人每科一行", "C27.xlsx", lambda: book_of(SheetOf("成绩", _long_table())),
         "accept", also_ok=("normalise",), good=N_PUPILS),
    of_rows("C28", "只给出名次，没有成绩的列",
            lambda: with_column("班级名次", list(range(1, N_PUPILS + 1))), "normalise",
            ("名次",)),
    Case("C30", "学校文员的文件里有另一所学校的学生", "C30.xlsx",
         lambda: book_of(SheetOf("成绩", _one_from_elsewhere())), "reject", ("学校", "14"),
         good=N_PUPILS, bad=1, school=SCHOOL[0]),
    Case("C31", "学校文员的文件只有本校学生", "C31.xlsx",
         lambda: book_of(SheetOf("成绩", good_rows())), "accept", also_ok=("normalise",),
         good=N_PUPILS, school=SCHOOL[0]),
    Case("C29", "没有人声明满分，成绩都超过 100", "C29.xlsx",
         lambda: book_of(SheetOf("成绩", with_cells("数学", dict.fromkeys(range(2, 14), 118)))),
         "reject", ("数学", "118", "--full-mark 数学=", "满分"),
         full_marks={k: v for k, v in FULL_MARKS.items() if k != "数学"}, good=0,
         bad=N_PUPILS),
)  # fmt: skip
