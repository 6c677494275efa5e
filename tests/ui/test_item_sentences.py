"""Findings about a paper: which items need a look, which points are weak, on what data."""

from dataclasses import replace

from tests.ui.made_subject_views import make_items_view
from ui.item_sentences import (
    items_finding,
    points_finding,
    reliability_meaning,
    schools_finding,
    source_note,
)
from ui.text import Words

EN, ZH = Words("en"), Words("zh")
VIEW = make_items_view()


def test_noted_items_are_named() -> None:
    assert items_finding(VIEW, words=EN) == (
        "Mathematics: of 6 items, 4 need a look: 1, 3, 4, 21(2)"
    )
    fine = replace(VIEW, items=VIEW.items.assign(note=""))
    assert "none of 6 items" in items_finding(fine, words=EN)


def test_weak_points_are_named_with_their_share() -> None:
    assert points_finding(VIEW, words=ZH) == "低于全卷得分率（60.0%）的知识点：函数 45.0%"
    fine = replace(VIEW, points=VIEW.points.assign(is_weak=False))
    assert points_finding(fine, words=EN).startswith("No knowledge point")


def test_schools_on_a_point_are_counted_without_the_hidden() -> None:
    assert schools_finding(VIEW.schools, "函数", words=EN) == (
        "函数: of 3 schools, 1 lie clearly below the county and 1 clearly above"
    )
    same = VIEW.schools.assign(flag="none")
    assert "none of 3 schools" in schools_finding(same, "函数", words=EN)


def test_the_note_names_data_version_and_pupils() -> None:
    (note,) = source_note(VIEW, words=EN)
    assert "version 1: 6 items, 900 pupils, 880 with all items" in note
    assert source_note(replace(VIEW, source=None), words=EN) == ()


def test_the_error_of_a_total_is_told_for_a_single_pupil() -> None:
    assert "13.7 points above or below" in reliability_meaning(7.0, words=EN)
