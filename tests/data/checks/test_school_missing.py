"""Rows without a school or a class."""

import pytest

from core.findings import Finding
from data.checks.school_missing import check_school_missing, find_school_missing
from tests.data.checks.drafts import make_draft, places, row

NAMES = ("丁望舒", "孔令仪", "白若川", "石晚晴", "叶知秋", "江临渊", "贺云开", "苏念安",
         "章以宁", "阿依木·热合曼")  # fmt: skip
HEADER = "乡镇,学校名称,年级,班级,学籍号,姓名,语文,数学\n"


def found_in(field: str, values: tuple[str, ...]) -> list[Finding]:
    rows = [row(f"P{k}", **{field: value}) for k, value in enumerate(values)]
    draft = make_draft("".join(rows), header=HEADER)
    assert len(find_school_missing(draft)) in {0, len(values)}
    return check_school_missing(draft)


def test_rows_with_school_and_class_pass() -> None:
    assert check_school_missing(make_draft(row())) == []


def test_rows_without_a_school_are_errors() -> None:
    found = check_school_missing(
        make_draft(row("P1") + row("P2", code="") + row("P3", code=" "))
    )
    assert places(found) == [("error", 3, "学校代码"), ("error", 4, "学校代码")]
    assert "缺少学校" in found[0].message_zh


def test_some_rows_without_a_class_are_a_warning() -> None:
    (finding,) = check_school_missing(make_draft(row("P1") + row("P2", class_name="")))
    assert (finding.severity, finding.row, finding.column) == ("warning", 3, "班级")


def test_a_file_without_classes_passes() -> None:
    assert check_school_missing(make_draft(row("P1", class_name=""))) == []


@pytest.mark.parametrize(
    ("field", "column"), [("class_name", "班级"), ("code", "乡镇"), ("school", "学校名称")]
)
def test_names_of_persons_in_a_column_of_places_are_an_error(field: str, column: str) -> None:
    (finding,) = found_in(field, NAMES)
    assert (finding.severity, finding.row, finding.column) == ("error", 2, column)
    assert "10 行里几乎每人一个值，像是姓名" in finding.message_zh
    assert not any(name in finding.message_zh + finding.message_en for name in NAMES)


@pytest.mark.parametrize(
    "values",
    [
        NAMES[:9],
        tuple(f"{k}班" for k in range(20)),
        tuple(f"第{zh}小学" for zh in "一二三四五六七八九十"),
        tuple(f"{zh}石镇" for zh in "一二三四五六七八九十"),
        ("实验", "火箭") * 10,
        (*NAMES[:5], *NAMES[:5]),
    ],
)
def test_names_of_places_pass(values: tuple[str, ...]) -> None:
    assert found_in("class_name", values) == []
