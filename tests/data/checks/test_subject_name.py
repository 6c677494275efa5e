"""Names of subjects that the file brings itself."""

import pytest

from data.checks.draft import Draft, DraftSubject
from data.checks.screening import screen
from data.checks.subject_name import check_subject_name
from data.checks.text_length import MAX_LENGTH
from tests.data.checks.drafts import make_draft, row


@pytest.mark.parametrize(
    "name", ["语文", "道德与法治", "物理（实验）", "英语-听力", "长" * MAX_LENGTH]
)
def test_usual_names_pass(name: str) -> None:
    assert check_subject_name(draft_with(name)) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("-3+cmd|' /C calc'!A0", "公式"),
        ("@SUM(A1)", "公式"),
        ("<b>劳动</b>", "非法字符"),
        ("劳\u200b动", "不可见"),
        ("科" * 80, "80 个字"),
    ],
)
def test_names_that_a_sheet_or_a_page_may_run_are_refused(name: str, said: str) -> None:
    draft = draft_with(name)
    (finding,) = check_subject_name(draft)
    assert (finding.severity, finding.value) == ("error", None)
    assert said in finding.message_zh
    assert name not in finding.message_zh + finding.message_en
    assert screen(draft).scores is None


def test_a_header_that_is_shown_shortened_is_told_as_too_long() -> None:
    (finding,) = check_subject_name(draft_with("科" * 30 + "…", code="科" * 80))
    assert "80 个字" in finding.message_zh


def draft_with(name: str, *, code: str = "own") -> Draft:
    draft = make_draft(row())
    own = DraftSubject(code, name, 12000, full_mark_given=True)
    marks = draft.marks.assign(
        subject=draft.marks["subject"].astype("str").replace("math", code)
    )
    return Draft(draft.entries, marks, (draft.subjects[0], own), 8, headers=draft.headers)
