"""Pupil numbers that the roster knows better than the file."""

import pandas as pd
import pytest

from data.checks.draft import Draft
from data.checks.pupil_resolved import (
    pupils_by_exam_number,
    remarks_of,
    with_numbers,
    with_zeros,
)
from data.checks.screening import screen
from tests.data.checks.drafts import many, row
from tests.data.checks.known_county import (
    COHORT,
    known_draft,
    make_known,
    make_roster,
    pupil_of,
    pupils,
)

ONLY_EXAM = "学校代码,学校名称,考号,姓名,语文\n"
BOTH = "学校代码,学校名称,学籍号,考号,姓名,语文\n"
ROSTER = make_roster(
    {"number": "P1", "exam": "9001"},
    {"number": "P2", "exam": "9002", "name": "乙"},
    {"number": "P3", "exam": "9003", "school": "02"},
)


def draft_of(text: str, *, header: str = ONLY_EXAM, roster: pd.DataFrame = ROSTER) -> Draft:
    return known_draft(text, make_known(roster=roster), header=header)


def found_in(text: str, **fields: object) -> "list[int | None]":
    found = pupils_by_exam_number(draft_of(text, **fields))  # type: ignore[arg-type]
    return [None if pd.isna(pupil) else int(pupil) for pupil in found.pupil]


def test_exam_numbers_find_their_pupils() -> None:
    text = "01,一中,9001,甲,80\n01,一中,9002,乙,70\n"
    assert found_in(text) == [pupil_of("P1"), pupil_of("P2")]


def test_the_numbers_of_the_roster_take_the_place_of_exam_numbers() -> None:
    draft = draft_of("01,一中,9001,甲,80\n01,一中,7777,丙,70\n")
    found = pupils_by_exam_number(draft)
    number = pd.Series({pupil_of("P1"): "P1"})
    scores = screen(with_numbers(draft, found, number)).scores
    assert scores is not None
    assert scores["pupil_number"].tolist() == ["P1", "7777"]
    assert scores["exam_number"].tolist() == ["9001", "7777"]
    taken, unknown = remarks_of(draft, found)
    assert (taken.severity, unknown.severity) == ("warning", "warning")
    assert "有 1 名学生按“考号”从花名册取得学籍号（第 2 行）" in taken.message_zh
    assert "有 1 个“考号”不在花名册中（第 3 行）" in unknown.message_zh


def test_another_name_is_never_guessed() -> None:
    draft = draft_of("01,一中,9001,丁,80\n")
    found = pupils_by_exam_number(draft)
    assert found.pupil.isna().all()
    (finding,) = remarks_of(draft, found)
    assert (finding.severity, finding.row) == ("error", 2)
    assert "属于另一个姓名的学生" in finding.message_zh
    assert "9001" not in finding.message_zh + finding.message_en


def test_two_pupils_of_one_exam_number_are_never_guessed() -> None:
    roster = make_roster(
        {"number": "P1", "exam": "9001"},
        {"number": "P2", "exam": "9001"},
    )
    draft = draft_of("01,一中,9001,甲,80\n", roster=roster)
    (finding,) = remarks_of(draft, pupils_by_exam_number(draft))
    assert finding.severity == "error"
    assert "不止一名学生" in finding.message_zh


def test_of_two_schools_the_own_one_settles_it() -> None:
    roster = make_roster(
        {"number": "P1", "exam": "9001", "school": "01"},
        {"number": "P2", "exam": "9001", "school": "02"},
    )
    assert found_in("01,一中,9001,甲,80\n", roster=roster) == [pupil_of("P1")]


def test_a_pupil_of_another_school_is_found_by_his_name_only() -> None:
    roster = make_roster({"number": "P1", "exam": "9001", "school": "02"})
    assert found_in("01,一中,9001,甲,80\n", roster=roster) == [pupil_of("P1")]
    assert found_in("01,一中,9001,丁,80\n", roster=roster) == [None]
    assert found_in("01,一中,9001,,80\n", roster=roster) == [None]


def test_exam_numbers_of_another_year_do_not_count() -> None:
    roster = make_roster({"number": "P1", "exam": "9001", "cohort": COHORT - 1})
    assert found_in("01,一中,9001,甲,80\n", roster=roster) == [None]


def test_a_row_without_a_pupil_number_is_filled_in_by_its_exam_number() -> None:
    text = "01,一中,P2,9002,乙,80\n01,一中,,9001,甲,70\n"
    assert found_in(text, header=BOTH) == [None, pupil_of("P1")]


def test_a_pupil_number_of_the_file_is_not_questioned_here() -> None:
    assert found_in("01,一中,P9,9001,甲,80\n", header=BOTH) == [None]


def test_lost_zeros_come_back_where_one_pupil_fits() -> None:
    roster = make_roster({"number": "00123"}, {"number": "00456"})
    text = row("123") + row("456") + row("789")
    draft, findings = with_zeros(known_draft(text, make_known(roster=roster)))
    assert draft.clean.frame["pupil_number"].tolist() == ["00123", "00456", "789"]
    (finding,) = findings
    assert finding.severity == "warning"
    assert "有 2 个学籍号开头的 0 已丢失，按花名册补回（第 2、3 行）" in finding.message_zh


@pytest.mark.parametrize(
    "roster",
    [
        make_roster({"number": "0123"}, {"number": "00123"}),  # two pupils fit
        make_roster({"number": "00123", "name": "乙"}),  # another name
        make_roster({"number": "123"}, {"number": "0123"}),  # the number itself is known
        make_roster(*pupils(3)),
    ],
)
def test_zeros_are_never_guessed(roster: pd.DataFrame) -> None:
    draft, findings = with_zeros(known_draft(row("123"), make_known(roster=roster)))
    assert draft.clean.frame["pupil_number"].tolist() == ["123"]
    assert findings == []


def test_a_number_with_zeros_put_back_is_text() -> None:
    roster = make_roster({"number": "00123"})
    known = make_known(roster=roster)
    draft, _ = with_zeros(known_draft(row("123"), known, kinds={(2, 5): "number"}))
    assert draft.kind("pupil_number").tolist() == ["text"]


def test_without_a_roster_nothing_is_looked_for() -> None:
    draft = known_draft(many(3), make_known())
    assert pupils_by_exam_number(draft).pupil.isna().all()
    assert with_zeros(draft)[1] == []
