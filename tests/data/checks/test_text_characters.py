"""Characters in names: what may run, hide or mislead is refused and never shown."""

import pytest

from data.checks.text_characters import check_text_characters
from tests.data.checks.drafts import make_draft, places, row


@pytest.mark.parametrize(
    "name",
    [
        "赵一鸣", "阿依古丽·买买提", "阿依古丽•买买提", "Anna-Maria Smith", "J. Smith", "张伟2",
        "张伟（小）", "Zoë", "䶮𠮷", "ئالىم", "김철수",
    ],
)  # fmt: skip
def test_names_of_people_pass(name: str) -> None:
    assert check_text_characters(make_draft(row(name=name))) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("=cmd|' /C calc'!A0", "公式"),
        ("+1", "公式"),
        ("@SUM(A1)", "公式"),
        ("-2+3", "公式"),
        ("![x](http://127.0.0.1/p.png)", "非法字符"),
        (":red[王] $x^2$", "非法字符"),
        ("<script>", "非法字符"),
        ("Robert'); DROP TABLE students;--", "非法字符"),
        ("赵*一*", "非法字符"),
        ("`赵`", "非法字符"),
        ("赵\u202e一", "不可见"),
        ("赵\ufeff一", "不可见"),
        ("赵\u200b", "不可见"),
        ("赵\x07", "不可见"),
        ("赵\ue000", "不可见"),
        ("赵😀", "非法字符"),
    ],
)
def test_what_may_run_or_hide_is_an_error_that_does_not_show_it(name: str, words: str) -> None:
    (finding,) = check_text_characters(make_draft(row() + row("P2", name=name)))
    assert (finding.severity, finding.row, finding.column) == ("error", 3, "姓名")
    assert words in finding.message_zh
    assert finding.value is None
    assert name not in finding.message_zh + finding.message_en


def test_schools_and_classes_are_checked_too() -> None:
    text = row("P1", school="[一中](x)") + row("P2", class_name="=1") + row("P3", code="0<1")
    found = check_text_characters(make_draft(text))
    assert places(found) == [
        ("error", 4, "学校代码"), ("error", 2, "学校名称"), ("error", 3, "班级"),
    ]  # fmt: skip


def test_another_header_is_told_with_its_meaning() -> None:
    header = "学校,学籍号,Name,数学\n"
    (finding,) = check_text_characters(make_draft("一中,P1,<b>,80\n", header=header))
    assert "“Name”（姓名）" in finding.message_zh
