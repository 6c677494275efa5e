"""All checks together: stages, SCORES, refused rows; no check is forgotten."""

import importlib
import pkgutil

import pandas as pd

import data.checks
from core.tables import ENTRIES
from data.checks.draft import Draft
from data.checks.screening import FINDERS, STAGES, screen
from tests.data.checks.drafts import make_draft, row


def functions_of(prefix: str) -> set[str]:
    return {
        name
        for module in pkgutil.iter_modules(data.checks.__path__)
        for name, value in vars(importlib.import_module(f"data.checks.{module.name}")).items()
        if name.startswith(prefix) and callable(value)
    }


def test_every_check_has_its_stage() -> None:
    staged = [check.__name__ for _, checks in STAGES for check in checks]
    assert len(staged) == len(set(staged))
    assert set(staged) == functions_of("check_")


def test_every_rule_that_refuses_rows_counts_them() -> None:
    assert {find.__name__ for find in FINDERS} == functions_of("find_")


def test_every_check_names_itself() -> None:
    draft = make_draft(row(name="<b>", math="xx") + row("", code="", grade="七年级"))
    for finding in screen(draft).findings:
        assert f"check_{finding.check}" in functions_of("check_")
        assert finding.message_zh
        assert finding.message_en


def test_a_good_file_becomes_scores() -> None:
    draft = make_draft(row("P1", name="赵 一", chinese="80", math="缺考") + row("22x", math=""))
    screened = screen(draft)
    scores = screened.scores
    assert scores is not None
    assert {finding.severity for finding in screened.findings} == {"note"}
    assert (screened.n_rows, screened.n_refused) == (2, 0)
    assert scores["pupil_number"].tolist() == ["P1", "22X"]
    assert scores["pupil_name"].tolist() == ["赵一", "甲"]
    assert scores["score_1"].tolist() == [8000, 8000]
    assert scores["score_2"].isna().all()
    assert scores["state_2"].tolist() == ["absent", "missing"]
    assert str(scores["score_1"].dtype) == "Int64"


def test_scores_have_the_declared_columns() -> None:
    scores = screen(make_draft(row())).scores
    assert scores is not None
    expected = [name for name in ENTRIES.names if name != "grade"]
    assert list(scores.columns) == [*expected, "score_1", "state_1", "score_2", "state_2"]


def test_scores_follow_their_pupils_in_long_files() -> None:
    header = "学校,学籍号,科目,分数\n"
    text = "一中,P2,数学,90\n一中,P1,语文,80\n一中,P1,数学,85\n"
    scores = screen(make_draft(text, header=header)).scores
    assert scores is not None
    table = scores.set_index("pupil_number")
    assert table.loc[["P1", "P2"], "score_1"].tolist() == [8500, 9000]
    assert table.loc["P1", "score_2"] == 8000
    assert table.loc["P2", "state_2"] == "missing"


def test_errors_refuse_the_file_and_count_their_rows() -> None:
    text = row("P1", math="xx", chinese="yy") + row("P2") + row("", name="<b>")
    screened = screen(make_draft(text))
    assert screened.scores is None
    assert (screened.n_rows, screened.n_refused) == (3, 2)
    assert [f.check for f in screened.findings if f.severity == "error"] == [
        "pupil_number_missing", "text_characters", "score_format", "score_format",
    ]  # fmt: skip


def test_warnings_do_not_refuse() -> None:
    assert screen(make_draft(row(), is_given=False)).scores is not None


def test_an_empty_draft_ends_at_the_first_stage() -> None:
    good = make_draft(row())
    screened = screen(Draft(good.entries.head(0), good.marks.head(0), good.subjects, 8))
    assert [finding.check for finding in screened.findings] == ["no_data"]
    assert (screened.scores, screened.n_rows, screened.n_refused) == (None, 0, 0)


def test_the_draft_is_not_changed() -> None:
    draft = make_draft(row("g1", name="赵 一", math="xx"))
    entries, marks = draft.entries.copy(), draft.marks.copy()
    screen(draft)
    pd.testing.assert_frame_equal(draft.entries, entries)
    pd.testing.assert_frame_equal(draft.marks, marks)
