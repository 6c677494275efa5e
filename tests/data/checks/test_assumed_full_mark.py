"""Full marks that were assumed."""

from data.checks.assumed_full_mark import check_assumed_full_mark
from tests.data.checks.drafts import make_draft, places, row


def test_given_full_marks_pass() -> None:
    assert check_assumed_full_mark(make_draft(row())) == []


def test_each_assumed_full_mark_is_a_warning() -> None:
    found = check_assumed_full_mark(make_draft(row(), full_mark=10000, is_given=False))
    assert places(found) == [("warning", None, "语文"), ("warning", None, "数学")]
    assert "未给出满分，按 100 分" in found[0].message_zh
