"""Notes on what cleaning changed."""

from data.checks.text_tidied import check_text_tidied
from tests.data.checks.drafts import make_draft, places, row


def test_clean_text_needs_no_word() -> None:
    assert check_text_tidied(make_draft(row())) == []


def test_spaces_dots_and_letters_are_noted_by_column() -> None:
    text = row("g1", name="赵 一") + row("P2", name="古丽•买") + row("P3", name=" 钱")
    found = check_text_tidied(make_draft(text))
    assert places(found) == [
        ("note", 2, "姓名"), ("note", 3, "姓名"), ("note", 2, "学籍号"),
    ]  # fmt: skip
    assert "有 2 个单元格含多余的空白或换行（第 2、4 行）" in found[0].message_zh
    assert "间隔号" in found[1].message_zh
    assert "小写" in found[2].message_zh
