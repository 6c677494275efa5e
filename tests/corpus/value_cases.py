"""Group D, first half: what stands in the score cells."""

from collections.abc import Callable

from core.findings import Outcome
from tests.corpus.case import Case, of_rows
from tests.corpus.pupils import N_PUPILS, Row, good_rows, with_cells
from tests.corpus.workbook_xml import (
    ABSENT,
    DAY,
    MONEY,
    NO_ZERO,
    PERCENT,
    POINTS,
    TIME,
    Cell,
    error,
    styled,
    truth,
    workbook,
)

_ALL_ROWS = range(2, 14)


def _math(*values: object) -> list[Row]:
    """Return the good rows with these marks in mathematics, from row 3 on."""
    return with_cells("数学", dict(enumerate(values, 3)))


def _zeros() -> list[Row]:
    return with_cells("数学", dict.fromkeys(range(2, 8), 0))


def _all_zero() -> list[Row]:
    rows = good_rows()
    rows[2][-3:] = [0, 0, 0]
    return rows


def _raw(content: str) -> Callable[[], bytes]:
    return lambda: workbook(_math(Cell("", content)))


_WARN: Outcome = "accept-with-warning"
_NO_NUMBER = ("无效|不是数字|数字|无法识别",)

CASES: tuple[Case, ...] = (
    of_rows("D01", "缺考", lambda: _math("缺考"), "normalise", ("缺考",)),
    of_rows("D02", "作弊", lambda: with_cells("英语", {4: "作弊"}), "normalise",
            ("作弊|违纪",)),
    of_rows("D03", "- — / 无", lambda: _math("-", "—", "/", "无"), _WARN,
            ("无法识别|缺|确认|含义",), also_ok=("reject",)),
    of_rows("D04", "免考", lambda: _math("免考", "免修"), "normalise", ("免考",)),
    of_rows("D05", "空的成绩", lambda: _math(None, None), "normalise", ("空|未录入",),
            also_ok=(_WARN,)),
    of_rows("D06", "六人都是 0 分，像是缺考", _zeros, _WARN, ("0 分", "缺考")),
    of_rows("D07", "全角数字", lambda: _math("８５", "９０．５"), "normalise", ("全角",)),
    of_rows("D08", "85分 / 85,5 / 约90", lambda: _math("85分", "85,5", "约90"), "reject",
            _NO_NUMBER, bad=3),
    of_rows("D09", "数字前后有空格", lambda: _math(" 85", "90 ", "\u00a078", "\u300066"),
            "normalise", ("空格",)),
    of_rows("D10", "千分位和逗号小数", lambda: _math("1,00", "85,5", "8 5"), "reject",
            _NO_NUMBER, bad=3),
    of_rows("D11", "成绩是 TRUE", lambda: _math(truth(True)), "reject",
            ("无效|不是数字|布尔|TRUE",), bad=1),
    of_rows("D12", "#N/A", lambda: _math(error("#N/A")), "reject", ("错误", "3"), bad=1),
    of_rows("D13", "#REF! 和 #DIV/0!", lambda: _math(error("#REF!"), error("#DIV/0!")),
            "reject", ("错误",), bad=2),
    of_rows("D14", "四位小数", lambda: _math(85.1234), "reject", ("小数",),
            also_ok=(_WARN, "normalise"), bad=1),
    of_rows("D15", "负数", lambda: _math(-5, "－3", "−2"), "reject", ("负数|超出",), bad=3),
    of_rows("D16", "超过满分", lambda: _math(121, 1200), "reject", ("满分", "121"), bad=2),
    of_rows("D44", "NaN / inf / 1e309", lambda: _math("NaN", "inf", "1e309", "-inf"), "reject",
            _NO_NUMBER, bad=4),
    of_rows("D45", "0.85 显示为 85%", lambda: _math(styled(0.85, PERCENT)), "reject",
            ("%|百分",), also_ok=(_WARN,), bad=1),
    of_rows("D46", "1_00、阿拉伯文、8e1、0x55、+85、天城文",
            lambda: _math("1_00", "٨٥", "8e1", "0x55", "+85", "८५"), "reject", _NO_NUMBER,
            bad=6),
    of_rows("D47", "成绩是日期", lambda: _math(styled(46204, DAY)), "reject", ("日期",), bad=1),
    of_rows("D48", "成绩是时间 1:30", lambda: _math(styled(0.0625, TIME)), "reject",
            ("时间|日期",), bad=1),
    of_rows("D49", "全班数学都是 60", lambda: with_cells("数学", dict.fromkeys(_ALL_ROWS, 60)),
            _WARN, ("相同|异常|一致",)),
    of_rows("D50", "货币格式的数字", lambda: _math(styled(85, MONEY)), "accept",
            also_ok=("normalise", _WARN)),
    of_rows("D51", "85 显示为日期", lambda: _math(styled(85, DAY)), "reject", ("日期",), bad=1),
    of_rows("D52", "数字存成了文本", lambda: _math("85", "90.5", "78.50"), "accept",
            also_ok=("normalise", _WARN)),
    of_rows("D53", "全部科目都是 0 分", _all_zero, _WARN, ("0 分", "缺考")),
    of_rows("D54", "超过一半的行有错",
            lambda: with_cells("数学", dict.fromkeys(range(2, 9), "xx")), "reject", _NO_NUMBER,
            bad=7),
    of_rows("D55", "撇号前缀和等号前缀", lambda: _math("'85", '="85"'), "reject", _NO_NUMBER,
            also_ok=("normalise", _WARN), bad=2),
    of_rows("D56", "数字加单位的显示格式", lambda: _math(styled(85, POINTS)), "accept",
            also_ok=("normalise", _WARN)),
    of_rows("D57", "零宽字符夹在数字里", lambda: _math("8\u200b5", "\ufeff85"), "reject",
            _NO_NUMBER, also_ok=("normalise",), bad=2),
    of_rows("D58", "汉字数字、罗马数字、分数", lambda: _math("八十五", "Ⅷ", "85½", "85/120"),
            "reject", _NO_NUMBER, bad=4),
    of_rows("D59", "字母 O 和 l 冒充数字", lambda: _math("8O", "l5", "I0"), "reject",
            _NO_NUMBER, bad=3),
    of_rows("D60", "未列入的原因：病假、缓考", lambda: _math("病假", "缓考", "转学"), _WARN,
            ("含义不明|确认",), also_ok=("reject",)),
    of_rows("D61", "整列都是缺考",
            lambda: with_cells("英语", dict.fromkeys(_ALL_ROWS, "缺考")), "normalise",
            ("缺考", str(N_PUPILS)), also_ok=(_WARN,)),
    of_rows("D73", "0 按数字格式显示为缺考",
            lambda: _math(styled(0, ABSENT), styled(60, ABSENT)), _WARN,
            ("显示为文字", "I3", "1 人缺考")),
    of_rows("D74", "0 按数字格式不显示", lambda: _math(styled(0, NO_ZERO), styled(60, NO_ZERO)),
            "reject", ("不显示",), bad=1),
    of_rows("D75", "百分比格式的编号写成 s=01", lambda: _math(Cell('s="01"', "<v>0.85</v>")),
            "reject", ("%|百分",), bad=1),
    *(
        Case(f"D76{key}", f"成绩的值里夹着{what}", f"D76{key}.xlsx",
             _raw(content), "reject",
             ("第 3 行", "值"))
        for key, what, content in (
            ("a", "注释", "<v>6<!-- x -->3</v>"), ("b", "处理指令", "<v>6<?x y?>3</v>"),
            ("c", "字符引用", "<v>6&#51;</v>"), ("d", "CDATA", "<v>6<![CDATA[3]]></v>"),
            ("e", "第二个值", "<v>63</v><v>99</v>"),
            ("f", "外来的值", '<v>63</v><y:v xmlns:y="urn:y">99</y:v>'),
        )
    ),
)  # fmt: skip
