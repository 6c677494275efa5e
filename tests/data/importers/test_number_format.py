"""Formats that show a word, or nothing, where a number stands."""

import pytest

from data.importers.number_format import NumberFormat

USUAL = (
    "", "General", "0", "0.0", "0.00_ ", "#,##0.00", "0%", "@", '0"分"', '"第"0"名"', "[Red]0",
    "0_);[Red](0)", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0.00E+00",
    "# ?/?", "[DBNum1]General", "G/通用格式", "[$¥-804]#,##0.00", "yyyy-mm-dd", "[h]:mm",
    "0;-0;0", "[>=60]0.0;[Red]0.0", "000000", '[Blue]"G"0', "General;-General;0;@",
)  # fmt: skip


@pytest.mark.parametrize("code", USUAL)
def test_usual_formats_show_the_number(code: str) -> None:
    assert [NumberFormat(code).shown(x) for x in (0, 1, 85.5, -3)] == [None] * 4
    assert not NumberFormat(code).may_show_words


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ('0;-0;"缺考"', 0, "缺考"),
        ('0;-0;"缺考"', 60, None),
        ('0;-0;"缺考"', -1, None),
        ("0;-0;缺考", 0, "缺考"),
        (r"0;-0;\缺\考", 0, "缺考"),
        ('0;-0;"缺考";@', 0, "缺考"),
        ('0;"负";@', -2, "负"),
        ('0;"负";@', 0, None),
        ('[=1]"缺考";0', 1, "缺考"),
        ('[=1]"缺考";0', 2, None),
        ('[=1]"缺考"', 1, "缺考"),
        ('[=1]"缺考"', 2, None),
        ('[>=90]"优";[>=60]"合格";"不合格"', 95, "优"),
        ('[>=90]"优";[>=60]"合格";"不合格"', 75, "合格"),
        ('[>=90]"优";[>=60]"合格";"不合格"', 12, "不合格"),
        ('[<60]"不合格";"合格"', 60, "合格"),
        ('[Red][<60]"不合格";0', 59.5, "不合格"),
        ('"缺考"', 7, "缺考"),
        ("0;-0;;@", 0, ""),
        ("0;-0;;@", 5, None),
        (";;;", 85, ""),
        ("#,###", 0, ""),
        ("#", 7, None),
        ('#"分"', 0, "分"),
        ('0;-0;"0 分;缺考"', 0, "0 分;缺考"),
    ],
)
def test_a_word_in_the_place_of_a_number_is_seen(
    code: str, value: float, shown: str | None
) -> None:
    assert NumberFormat(code).shown(value) == shown
    assert NumberFormat(code).may_show_words


@pytest.mark.parametrize("code", ['"', "\\", "[", "_", ";", "[=]", "[=1", '[=1]"a'])
def test_no_format_code_is_too_odd_to_be_read(code: str) -> None:
    assert NumberFormat(code).shown(85) in {None, "", "a", '"', "[", "[=1", "=]"}
