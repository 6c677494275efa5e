"""Scores with more than two decimals."""

import pytest

from data.checks.score_precision import check_score_precision
from tests.data.checks.drafts import make_draft, places, row


@pytest.mark.parametrize("math", ["85.12", "85.1000", "85"])
def test_two_decimals_pass(math: str) -> None:
    assert check_score_precision(make_draft(row(math=math))) == []


def test_four_decimals_are_an_error() -> None:
    (finding,) = check_score_precision(make_draft(row(math="85.1234")))
    assert (finding.severity, finding.row, finding.column) == ("error", 2, "数学")
    assert "“85.1234”小数位过多" in finding.message_zh


def test_many_are_all_told() -> None:
    draft = make_draft(row(math="85.123") + row("P2", chinese="1.005"))
    assert places(check_score_precision(draft)) == [
        ("error", 3, "语文"), ("error", 2, "数学"),
    ]  # fmt: skip
