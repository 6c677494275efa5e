"""Two subjects with the same scores."""

from data.checks.equal_columns import check_equal_columns
from tests.data.checks.drafts import make_draft, many, row


def file(n: int, *, code: str = "01", copied: bool = True) -> str:
    return "".join(
        row(f"{code}P{i}", code=code, school=f"{code}中", chinese=str(60 + i),
            math=str(60 + i if copied else 90 - i))
        for i in range(n)
    )  # fmt: skip


def test_subjects_of_their_own_pass() -> None:
    assert check_equal_columns(make_draft(many(40))) == []


def test_two_equal_columns_are_refused() -> None:
    (finding,) = check_equal_columns(make_draft(file(20)))
    assert (finding.severity, finding.column) == ("error", "语文")
    assert "“语文”和“数学”的成绩完全相同（20 人）" in finding.message_zh


def test_one_school_with_equal_columns_is_asked_about() -> None:
    (finding,) = check_equal_columns(make_draft(file(10) + file(20, code="02", copied=False)))
    assert finding.severity == "warning"
    assert finding.message_zh.startswith("01中（01）：“语文”和“数学”的成绩完全相同（10 人）")


def test_few_pupils_may_be_equal_by_chance() -> None:
    assert check_equal_columns(make_draft(file(19))) == []


def test_few_different_scores_may_be_equal_by_chance() -> None:
    assert check_equal_columns(make_draft(many(30, chinese="100", math="100"))) == []
