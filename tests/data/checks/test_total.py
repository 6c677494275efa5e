"""The column 总分 against the sum of the subjects."""

import pytest

from data.checks.total import check_total
from tests.data.checks.drafts import make_draft, row

HEADER = "学校,学籍号,语文,数学,总分\n"


def test_a_file_without_totals_passes() -> None:
    assert check_total(make_draft(row())) == []


@pytest.mark.parametrize(
    "text",
    [
        "一中,P1,80,85.5,165.5\n",
        "一中,P1,缺考,85,85\n",
        "一中,P1,,85,85\n",
        "一中,P1,80,85,\n",
        "一中,P1,80,85,缺考\n",
        "一中,P1,120,120,240\n",
    ],
)
def test_equal_sums_and_incomparable_rows_pass(text: str) -> None:
    assert check_total(make_draft(text, header=HEADER)) == []


def test_other_sums_are_one_warning_with_their_rows() -> None:
    text = "一中,P1,80,85,175\n一中,P2,80,85,165\n一中,P3,80,85,0\n"
    (finding,) = check_total(make_draft(text, header=HEADER))
    assert (finding.severity, finding.row, finding.column) == ("warning", 2, "总分")
    assert "不一致：2 行（第 2、4 行）" in finding.message_zh
