"""Dirty score cells with the truth known: what people, exports and bad habits leave behind."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.corpus.workbook_xml import DAY, PERCENT, TIME, Cell, error, formula, styled, truth

FULL_MARK = 12000
Truth = tuple[str, int | None] | None


@dataclass(frozen=True, slots=True)
class DirtyCell:
    """One cell as a workbook holds it and as a text file does.

    Attributes
    ----------
    cell : object
        For the workbook: a value, or a ``Cell``.
    text : str
        For the text file.
    truth : (str, int or None) or None
        State and hundredths that a careful clerk would type. None: nobody can know, so any
        value is wrong. Refusing or listing the cell is right in every case.
    """

    cell: object
    text: str
    truth: Truth


def _points(random: Random) -> int:
    """Return a score in hundredths: mostly whole or half points."""
    step = random.choice((100, 100, 100, 50, 25, 10))
    return random.randrange(0, FULL_MARK + 1, step)


def _written(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


def _same(text: str, value: Truth) -> DirtyCell:
    return DirtyCell(text, text, value)


def _number(random: Random) -> DirtyCell:
    value = _points(random)
    return DirtyCell(value / 100, _written(value), ("present", value))


def _noise(random: Random) -> DirtyCell:
    """Return the number that a spreadsheet computes: the last bit is not what is shown."""
    value = _points(random)
    number = math.nextafter(value / 100, random.choice((0, 1000))) if value else 0.0
    return DirtyCell(Cell("", f"<v>{number!r}</v>"), _written(value), ("present", value))


def _around(*forms: str) -> Callable[[Random], DirtyCell]:
    """Return a maker of texts around a right number; a reader may read them or refuse."""

    def make(random: Random) -> DirtyCell:
        value = _points(random)
        return _same(random.choice(forms).format(_written(value)), ("present", value))

    return make


def _unknown(*forms: str) -> Callable[[Random], DirtyCell]:
    """Return a maker of texts around a number that may mean anything."""
    return lambda random: _same(random.choice(forms).format(_written(_points(random))), None)


def _word(state: str, *words: str) -> Callable[[Random], DirtyCell]:
    return lambda random: _same(random.choice(words), (state, None))


def _digits(*scripts: str) -> Callable[[Random], DirtyCell]:
    """Return a maker of numbers in digits of other scripts, ten characters each."""

    def make(random: Random) -> DirtyCell:
        value = _points(random)
        table = str.maketrans("0123456789", random.choice(scripts))
        return _same(_written(value).translate(table), ("present", value))

    return make


def _lookalike(random: Random) -> DirtyCell:
    text = _written(_points(random))
    table = random.choice(
        (str.maketrans("0", "O"), str.maketrans("1", "l"), {48: "o", 49: "I"})
    )
    changed = text.translate(table)
    return _same(changed, None if changed != text else ("present", _hundredths(text)))


def _hundredths(text: str) -> int:
    return round(float(text) * 100)


def _chinese(random: Random) -> DirtyCell:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(random.randrange(20, 100), 10)
    text = f"{digits[tens]}十{digits[ones] if ones else ''}"
    return _same(text, ("present", (tens * 10 + ones) * 100))


def _halves(random: Random) -> DirtyCell:
    whole = random.randrange(0, 120)
    return _same(f"{whole}{random.choice(('½', '1/2', ' 1/2', '点五', '半'))}",
                 ("present", whole * 100 + 50))  # fmt: skip


def _too_precise(random: Random) -> DirtyCell:
    text = f"{random.randrange(0, 119)}.{random.randrange(1, 100):02d}{random.randrange(1, 10)}"
    return DirtyCell(float(text), text, None)


def _negative(random: Random) -> DirtyCell:
    value = random.randrange(1, 121)
    sign = random.choice("-－−")
    return DirtyCell(-value if sign == "-" else f"{sign}{value}", f"{sign}{value}", None)


def _above(random: Random) -> DirtyCell:
    value = random.choice(
        (FULL_MARK + random.randrange(1, 5000), random.randrange(10**6, 10**9))
    )
    return DirtyCell(value / 100, _written(value), None)


def _zero(random: Random) -> DirtyCell:
    text = random.choice(("0", "0.0", "00", "０", "0.00"))
    return DirtyCell(0 if text == "0" else text, text, ("present", 0))


def _zeros_after(random: Random) -> DirtyCell:
    whole = random.randrange(0, 121)
    return _same(f"{whole}.{'0' * random.randrange(1, 5)}", ("present", whole * 100))


def _exponent(random: Random) -> DirtyCell:
    value = random.randrange(1, 121) * 100
    text = random.choice(("{}e0", "{}E+00", "{}E0")).format(value // 100)
    return DirtyCell(Cell("", f"<v>{text}</v>"), text, ("present", value))


def _computed(random: Random) -> DirtyCell:
    value = _points(random)
    text = _written(value)
    return DirtyCell(formula(f"{text}+0", text), text, ("present", value))


def _computed_text(random: Random) -> DirtyCell:
    value = _points(random)
    cell = Cell('t="str"', f"<f>A1</f><v>{_written(value)}</v>")
    return DirtyCell(cell, f'="{_written(value)}"', ("present", value))


def _typed(cell: Callable[[Random], Cell], *texts: str) -> Callable[[Random], DirtyCell]:
    """Return a maker of cells whose type, not whose number, is wrong."""
    return lambda random: DirtyCell(cell(random), random.choice(texts), None)


KINDS: dict[str, Callable[[Random], DirtyCell]] = {
    "number": _number,
    "noise of the last bit": _noise,
    "text number": _around("{}"),
    "full-width digits": _digits("０１２３４５６７８９"),
    "spaces around": _around(" {}", "{} ", "\u00a0{}", "{}\u3000", "\t{}", "{}\n", "\u2003{}"),
    "spaces inside": _unknown("{} 5", "1 {}", "{}\n7"),
    "unit": _around("{}分", "{} 分", "{}points"),
    "comma": _unknown("{},5", "1,{}", "{}，5", "{}、5"),
    "apostrophe": _around("'{}", "’{}", '="{}"', '"{}"'),
    "date": _typed(lambda r: styled(r.randrange(20, 46000), DAY), "2026-06-01", "6月1日",
                   "6/1"),
    "time": _typed(lambda r: styled(r.random(), TIME), "1:30", "12:00:00"),
    "truth value": _typed(lambda r: truth(r.random() < 0.5), "TRUE", "FALSE", "真", "是"),
    "per cent": _typed(lambda r: styled(r.random(), PERCENT), "85%", "８５％", "0.85%"),
    "error": _typed(
        lambda r: error(r.choice(("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"))),
        "#REF!", "#DIV/0!", "#VALUE!",
    ),
    "formula": _computed,
    "formula of text": _computed_text,
    "formula without result": _typed(lambda _: formula("B2*2", None), "=B2*2", "=SUM(A1:A3)"),
    "formula with empty text": _typed(lambda _: Cell('t="str"', "<f>A1</f><v></v>"), "=A1"),
    "absent": _word("absent", "缺考", "缺", "缺 考", " 缺考", "缺考　", "旷考", "未考",
                    "Absent", "ABS", "ａｂｓ", "（缺考）", "缺考。", "缺考!", "全缺", "QK",
                    "缺考（病）"),
    "cheat": _word("withheld", "作弊", "违纪", "作 弊", "舞弊", "Cheat", "取消成绩", "作弊0分",
                   "违纪（0）", "雷同卷"),
    "exempt": _word("exempt", "免考", "免修", "免 考", "EXEMPT", "免", "免考（残疾）",
                    "随班就读"),
    "other reason": _unknown("病假", "缓考", "休学", "转学", "请假", "借读", "待定", "未录入"),
    "dash": _unknown("-", "—", "--", "——", "/", "\\", "*", "#", "?", "。", "×", "－",
                     "～", "·"),
    "zero": _zero,
    "negative": _negative,
    "above full mark": _above,
    "three decimals": _too_precise,
    "zeros after": _zeros_after,
    "exponent": _exponent,
    "other digits": _digits("٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
                            "⁰¹²³⁴⁵⁶⁷⁸⁹", "〇一二三四五六七八九"),
    "underscore": _unknown("1_{}", "{}_0", "_{}"),
    "hex": _unknown("0x55", "0b101", "0o17", "55h", "0X5A"),
    "sign": _around("+{}", "＋{}", "≈{}", "约{}", "~{}"),
    "bracket": _unknown("({})", "（{}）", "[{}]", "{}*", "*{}", "{}?"),
    "lookalike": _lookalike,
    "half": _halves,
    "Roman or circled": _unknown("Ⅷ", "LXXXV", "⑧⑤", "㊇", "Ⅹ"),
    "Chinese numeral": _chinese,
    "empty": lambda _: DirtyCell(None, "", ("missing", None)),
    "blank": _word("missing", " ", "　", "\u00a0", "\t"),
    "null word": _unknown("NULL", "NaN", "None", "NA", "N/A", "nil", "inf", "-inf", "1e309",
                          "nan", "空", "无"),
    "zero width": _around("{}\u200b", "\u200b{}", "\ufeff{}", "{}\u200e", "{}\u00ad"),
    "two numbers": _unknown("85/90", "{}/120", "{}-90", "{}:30", "{}+10", "{}~90", "{}；90"),
    "money": _around("￥{}", "${}", "¥{}", "{}元"),
    "grade": _unknown("优", "A+", "良好", "B", "合格", "及格", "√", "第3名", "A{}"),
    "point only": _around("0{}", "{}."),
    "markup": _unknown("<b>{}</b>", "{}<br>", "&nbsp;{}", "**{}**", "$x$"),
}  # fmt: skip


def dirt(seed: int) -> Random:
    """Return a source of dirt that repeats itself."""
    return Random(seed)  # noqa: S311  # no secret


def dirty_cell(random: Random, kind: str) -> DirtyCell:
    """Return one cell of a kind."""
    return KINDS[kind](random)
