"""Rows without a school or a class."""

import pytest

from core.findings import Finding
from data.checks.school_missing import check_school_missing, find_school_missing
from tests.data.checks.drafts import make_draft, places, row
from tests.data.checks.known_county import known_draft, make_known

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


def test_a_pupils_number_in_place_of_the_school_is_an_error_that_is_not_quoted() -> None:
    draft = make_draft(
        row("20230001") + row("20230002", code="20230002") + row("20230003", code="20230001")
    )
    found = check_school_missing(draft)
    assert places(found) == [("error", 3, "学校代码"), ("error", 4, "学校代码")]
    assert all(f.value is None and "202300" not in f.message_zh + f.message_en for f in found)
    assert find_school_missing(draft)["row"].tolist() == [3, 4]


def test_an_exam_number_in_place_of_the_school_is_an_error() -> None:
    draft = make_draft(
        "2026080001,一中,1班,2026080001,P1,甲,80\n",
        header="学校代码,学校名称,班级,考号,学籍号,姓名,语文\n",
    )
    assert places(check_school_missing(draft)) == [("error", 2, "学校代码")]


def test_a_short_number_of_the_pupils_own_is_an_error_where_no_other_has_that_school() -> None:
    draft = make_draft(row("101") + row("102", code="102"))
    assert places(check_school_missing(draft)) == [("error", 3, "学校代码")]


def test_schools_and_pupils_may_both_be_numbered_from_one() -> None:
    rows = [row(str(k), code=str(k % 3 + 1), school=f"{k % 3 + 1}中") for k in range(1, 10)]
    assert check_school_missing(make_draft("".join(rows))) == []


def test_a_known_school_may_have_a_long_code_that_is_also_a_number() -> None:
    known = make_known(schools={"20230001": "一中"})
    draft = known_draft(row("20230001", code="20230001"), known)
    assert check_school_missing(draft) == []
