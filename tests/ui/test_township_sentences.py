"""Findings of the page of a township: the numbers of the View in words."""

from dataclasses import replace

from tests.ui.made_unit_views import make_township_view
from ui import township_sentences as sentences
from ui.text import Words

EN, ZH = Words("en"), Words("zh")
VIEW = make_township_view()


def test_only_schools_with_both_figures_and_coverage_are_compared() -> None:
    assert list(sentences.judged_units(VIEW)["school"]) == ["S000", "S001"]


def test_standing_is_told_in_numbers() -> None:
    assert sentences.standing_finding(VIEW, words=EN) == (
        "甲镇: of 2 schools, 1 add clearly more than expected and 0 clearly less"
    )


def test_a_township_without_figures_says_so() -> None:
    view = replace(VIEW, schools=VIEW.schools.assign(status="suppressed"))
    assert sentences.standing_finding(view, words=EN) == "甲镇: no school can be compared"


def test_pooled_units_are_not_called_schools() -> None:
    pooled = replace(VIEW, pooled=True)
    assert "of 2 units" in sentences.standing_finding(pooled, words=EN)
    assert "2 个单位" in sentences.standing_finding(pooled, words=ZH)


def test_coverage_and_thin_schools_are_told() -> None:
    assert sentences.sample_finding(VIEW, words=EN) == (
        "甲镇: coverage 94.0%; under 70%: 1 school"
    )
    hidden = replace(VIEW, sample=None)
    assert "coverage not shown" in sentences.sample_finding(hidden, words=EN)


def test_the_unit_itself_is_not_counted_among_its_schools() -> None:
    assert sentences.bottom20_finding(VIEW, words=EN).startswith(
        "甲镇, Mathematics: in 0 of 2 schools"
    )


def test_subjects_that_lag_are_named() -> None:
    assert sentences.gaps_finding(VIEW, words=EN) == "甲镇: behind its own mean lag Mathematics"
    even = replace(VIEW, gaps=VIEW.gaps.assign(flag="none"))
    assert "no subject lags" in sentences.gaps_finding(even, words=EN)


def test_weak_subjects_of_the_schools_are_counted() -> None:
    assert sentences.school_gaps_finding(VIEW, words=EN) == (
        "甲镇: its schools have 1 clearly weak and 0 clearly strong subjects"
    )


def test_bands_are_counted_in_the_chosen_subject() -> None:
    assert sentences.bands_finding(VIEW, words=EN) == (
        "甲镇, Mathematics: serious 1, caution 0, watch 0 of 2 schools"
    )
