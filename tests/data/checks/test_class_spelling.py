"""Several spellings of one class in a school."""

import pytest

from data.checks.class_spelling import check_class_spelling
from data.checks.screening import screen
from tests.data.checks.drafts import make_draft, row


def rows_of(*classes: str) -> str:
    return "".join(row(f"P{i}", class_name=name) for i, name in enumerate(classes))


def test_spellings_that_may_be_one_class_are_one_warning_a_school() -> None:
    draft = make_draft(rows_of("1班", "2班", "01班", "(1)班", "一班", "1班", "八年级1班"))
    (finding,) = check_class_spelling(draft)
    assert (finding.severity, finding.row, finding.column) == ("warning", 2, "班级")
    assert "有 5 种班级写法" in finding.message_zh
    assert "第 2、4、5、6、8 行" in finding.message_zh


@pytest.mark.parametrize(
    "classes",
    [
        ("1班", "2班", "10班", "11班"),
        ("1班", "实验1班", "东校区1班"),
        ("一班", "十一班", "二十一班"),
        ("1A", "1B"),
        ("实验班", "平行班", ""),
        ("八年级1班", "八年级2班", "八年级12班"),
        ("801", "802", "811"),
    ],
)
def test_different_classes_pass(classes: tuple[str, ...]) -> None:
    assert check_class_spelling(make_draft(rows_of(*classes))) == []


def test_classes_of_two_schools_are_not_compared() -> None:
    text = row("P1", class_name="1班") + row("P2", class_name="一班", code="02", school="二中")
    assert check_class_spelling(make_draft(text)) == []


def test_width_and_spaces_make_no_class_of_their_own() -> None:
    draft = make_draft(rows_of("1班", "１班", "1 班", " 1班", "1　班"))
    assert draft.clean.frame["class_name"].unique().tolist() == ["1班"]
    found = {(f.severity, f.check) for f in screen(draft).findings}
    assert {("note", "text_tidied")} == {pair for pair in found if pair[1] == "text_tidied"}
    assert check_class_spelling(draft) == []


def test_a_foreign_name_of_a_class_keeps_its_spaces() -> None:
    draft = make_draft(rows_of("Year 8 A"))
    assert draft.clean.frame["class_name"].tolist() == ["Year 8 A"]
