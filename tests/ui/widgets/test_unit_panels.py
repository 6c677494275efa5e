"""Tables of the township and weak-schools pages: words beside numbers, hidden cells told."""

from dataclasses import replace

import numpy as np
import pandas as pd

from tests.ui.made_unit_views import make_shares, make_township_view, make_weak_schools_view
from ui.text import Words
from ui.theme import BANDS
from ui.widgets.bottom20_panels import share_table, share_words
from ui.widgets.township_due import CASE_STATUSES, case_status, other_subjects
from ui.widgets.township_gaps import gap_table, level_table, shrinkage_note
from ui.widgets.township_panels import unit_table
from ui.widgets.weak_school_doubt import doubt_notes, mark_of_school, rank_words
from ui.widgets.weak_school_panels import candidate_table, reasons_words, years_note

EN, ZH = Words("en"), Words("zh")
WEAK, TOWN = make_weak_schools_view(), make_township_view()


def test_a_rank_stands_with_its_interval() -> None:
    row = WEAK.schools.iloc[8].to_dict()
    assert rank_words(row, words=ZH) == "第 9 名（7–10）"
    assert rank_words(row | {"rank": None}, words=ZH) is None


def test_candidates_are_told_with_reasons_years_and_group() -> None:
    rows = WEAK.schools[WEAK.schools["candidate"]]
    table = candidate_table(WEAK, rows, words=EN)
    assert table["reasons"].tolist() == ["Value-added, Attainment (z)"] * 2
    assert table["years"].tolist() == ["1 of 3", "3 of 3"]
    assert set(table["group"]) == {"primary school · 村小"}
    assert table["status"].str.startswith("▼ ").all()


def test_a_hidden_school_has_its_reason_in_place_of_a_status() -> None:
    rows = WEAK.schools.head(1).assign(status="suppressed", rank=None, years_running=None)
    table = candidate_table(WEAK, rows, words=EN)
    assert table["status"].iloc[0].startswith("hidden")
    assert table[["rank", "years"]].isna().all(axis=None)


def test_marks_tell_proposed_near_and_clear() -> None:
    marks = [mark_of_school(row) for row in WEAK.schools.to_dict("records")]
    assert marks[-3:] == ["near", "candidate", "candidate"]
    assert set(marks[:-3]) == {"clear"}


def test_reasons_are_indicators_in_words() -> None:
    assert reasons_words("bottom20_share;z", words=ZH) == "后20%学生比例、标准分 z"
    assert reasons_words("", words=ZH) == ""


def test_notes_name_the_exams_and_what_the_screening_does_not_know() -> None:
    assert "2 exams of this cohort" in years_note(WEAK, words=EN)
    without = doubt_notes(make_weak_schools_view(), words=EN)
    assert len(without) == 1


def test_shares_are_told_with_sign_and_interval_or_with_their_reason() -> None:
    rows = make_shares().to_dict("records")
    assert share_words(rows[0], words=EN) == "▲ 40.0% [30.0, 50.0]"
    assert share_words(rows[-1], words=EN).startswith("hidden")
    coded = rows[0] | {"status": "coded", "low": 0.0, "high": 0.1}
    assert share_words(coded, words=EN) == "≤ 10%"


def test_units_stand_in_rows_and_subjects_in_columns() -> None:
    wide, columns = share_table(make_shares(), words=ZH)
    assert list(columns) == ["name", "math", "chinese"]
    assert len(wide) == 3


def test_gaps_carry_their_flag_and_interval() -> None:
    wide, _ = gap_table(TOWN, words=EN)
    assert wide["math"].tolist()[0] == "▼ −0.20 [−0.30, −0.10]"
    assert wide["math"].tolist()[1].startswith("hidden")


def test_a_clear_gap_whose_interval_holds_0_is_explained() -> None:
    assert "q ≤ 0.05 over all gaps" in shrinkage_note(EN)
    assert "区间仍可能包含 0" in shrinkage_note(ZH)


def test_the_total_has_no_gap_and_a_hidden_one_is_not_shown() -> None:
    row = TOWN.gaps.head(1)
    hidden = row.assign(gap=np.nan, status="suppressed")
    gaps = pd.concat([row, hidden, hidden.assign(subject="total")], ignore_index=True)
    told = level_table(replace(TOWN, gaps=gaps), words=ZH)["gap"]
    assert told.iloc[0].startswith("▼ −")
    assert pd.isna(told.iloc[1])
    assert told.iloc[2] == "不适用"


def test_units_have_band_and_verdict_in_words() -> None:
    table = unit_table(TOWN, words=EN)
    assert table["band"].tolist()[:2] == ["▲ serious", "? not enough data"]
    assert table["verdict"].tolist()[2].startswith("too few linked")


def test_other_subjects_are_listed_by_band() -> None:
    listed = other_subjects(TOWN, words=ZH)
    assert listed["S000"] == f"{BANDS['yellow'].sign} 1 科：语文"
    assert "S001" not in listed


def test_an_overdue_case_says_so_first() -> None:
    row = TOWN.cases.to_dict("records")[0]
    assert case_status(row, words=EN) == CASE_STATUSES["in_progress"]
    late = case_status(row | {"is_overdue": True}, words=EN)
    assert late == "⚠ overdue, in progress"
