"""Classes with the same scores in the same order."""

from data.checks.order_copied import check_order_copied
from tests.data.checks.drafts import make_draft, row


def class_of(name: str, scores: "list[int]", *, code: str = "01") -> str:
    return "".join(
        row(
            f"{code}{name}{i}",
            code=code,
            class_name=name,
            chinese=str(x),
            math=str(120 - x),
        )
        for i, x in enumerate(scores)
    )


SCORES = [60, 75, 81, 66, 90, 72, 88, 93, 70, 64]


def test_classes_of_their_own_pass() -> None:
    other = [*SCORES[:-1], 65]
    assert (
        check_order_copied(make_draft(class_of("1班", SCORES) + class_of("2班", other))) == []
    )


def test_a_class_pasted_from_another_is_asked_about_by_its_rows() -> None:
    found = check_order_copied(make_draft(class_of("1班", SCORES) + class_of("2班", SCORES)))
    assert [(f.severity, f.row, f.column) for f in found] == [
        ("warning", 12, "语文"), ("warning", 12, "数学"),
    ]  # fmt: skip
    assert "从第 12 行起的班级与从第 2 行起的班级 10 人的成绩逐行相同" in found[0].message_zh


def test_the_same_class_name_in_two_schools_is_two_classes() -> None:
    text = class_of("1班", SCORES) + class_of("1班", SCORES, code="02")
    assert len(check_order_copied(make_draft(text))) == 2


def test_another_order_is_no_copy() -> None:
    text = class_of("1班", SCORES) + class_of("2班", SCORES[::-1])
    assert check_order_copied(make_draft(text)) == []


def test_short_or_dull_sequences_may_be_chance() -> None:
    short = class_of("1班", SCORES[:9]) + class_of("2班", SCORES[:9])
    dull = class_of("1班", [80, 82] * 5) + class_of("2班", [80, 82] * 5)
    assert check_order_copied(make_draft(short)) == []
    assert check_order_copied(make_draft(dull)) == []
