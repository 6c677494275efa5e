"""Tables of the pages of a subject and of items: words for marks, reasons for gaps."""

import pandas as pd

from tests.ui.made_subject_views import (
    CODES,
    make_items_view,
    make_subject_view,
    make_visits_view,
)
from ui.text import Words
from ui.widgets.item_tables import item_rows, school_rows
from ui.widgets.subject_panels import gap_table
from ui.widgets.visit_panels import drawn_rows, visit_rows, weakest_first

EN = Words("en")


def test_a_gap_is_listed_with_flag_interval_and_n() -> None:
    rows = gap_table(make_subject_view().gaps, words=EN)
    assert rows["flag"].iloc[0] == "▲ strong subject of the school"
    assert rows["flag"].iloc[-1] == "▼ weak subject of the school"
    assert rows["interval"].iloc[0] == "[+0.25, +0.55]"
    assert rows["n_pupils"].iloc[0] == 80


def test_a_hidden_school_is_listed_with_its_reason() -> None:
    gaps = make_subject_view().gaps.assign(status="suppressed", flag=None, low=None)
    rows = gap_table(gaps, words=EN)
    assert rows["flag"].str.startswith("hidden").all()
    assert rows["interval"].isna().all()


def test_peers_are_listed_by_likeness_with_whom_to_visit() -> None:
    rows = visit_rows(make_visits_view(), words=EN)
    assert rows["visit"].tolist()[:2] == [
        "● not clearly better",
        "▲ clearly better: worth a visit",
    ]
    assert rows["visit"].iloc[2] == "not enough data to estimate"
    assert rows["township"].tolist() == ["第1镇", "none", "第3镇"]


def test_the_school_itself_is_drawn_above_its_peers() -> None:
    rows = drawn_rows(make_visits_view())
    assert rows["code"].tolist() == ["S011", *CODES[:3]]
    assert rows["mark"].tolist() == ["own", "other", "better", "other"]


def test_schools_to_choose_from_start_with_the_weakest() -> None:
    schools = pd.DataFrame({"school": CODES, "name": CODES})
    assert weakest_first(schools, make_subject_view())["school"].iloc[0] == "S011"


def test_an_item_is_listed_with_its_note_or_why_it_has_no_figures() -> None:
    rows = item_rows(make_items_view().items, words=EN)
    notes = {str(k): str(v) for k, v in zip(rows["item"], rows["note"], strict=True)}
    assert notes["1"] == "△ too easy"
    assert notes["2"] == "● nothing to note"
    assert notes["21(2)"].startswith("✖ against the rest")
    assert notes["6"].startswith("hidden")
    assert rows["difficulty"].iloc[0] == 95.0


def test_a_school_on_a_point_is_listed_with_its_flag_or_its_reason() -> None:
    rows = school_rows(make_items_view().schools, words=EN)
    assert rows["flag"].tolist() == [
        "▼ clearly below the county",
        "● not clearly different from the county",
        "▲ clearly above the county",
        "hidden: fewer than 10 pupils",
    ]
