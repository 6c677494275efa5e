"""Findings of the diagnostics: the line, the normal law, who moves it, what is assumed."""

from dataclasses import replace

import pytest

from tests.ui.made_diagnostics import (
    make_diagnostics,
    make_equal_schools,
    make_normality,
    make_reliability,
    make_residuals,
)
from ui.diagnostics_sentences import (
    hidden_notes,
    influence_finding,
    leverage_finding,
    normality_finding,
    power_note,
    reliability_finding,
    reliability_notes,
    residuals_finding,
    shape_note,
)
from ui.text import Words

EN, ZH = Words("en"), Words("zh")
VIEW = make_diagnostics()


def test_a_straight_line_of_equal_spread() -> None:
    said = residuals_finding(make_residuals(), words=EN)
    assert said == "No bend is seen in the line; the spread is alike at both ends"


@pytest.mark.parametrize(
    ("spread", "ratio", "part"),
    [
        ("wider", 1.6, "spread wider, 1.60 times"),
        ("narrower", 0.7, "closer together, 0.70 times"),
        ("equal", None, "too few groups"),
    ],
)
def test_a_bend_is_told_with_its_place_and_the_spread(
    spread: str, ratio: float | None, part: str
) -> None:
    bent = replace(make_residuals(), group=1, spread=spread, ratio=ratio)  # type: ignore[arg-type]
    said = residuals_finding(bent, words=EN)
    assert said.startswith("The line bends: pupils who started at −1.50 SD lie +0.04 SD off it")
    assert part in said


def test_a_ceiling_is_told_before_the_bend() -> None:
    part = replace(make_residuals(), group=5, is_ceiling=True)
    assert "too easy" in residuals_finding(part, words=EN)
    assert "偏易" in residuals_finding(part, words=ZH)


def test_long_tails_are_explained_and_a_missing_shape_is_silent() -> None:
    part = make_residuals()
    assert shape_note(part, words=EN).endswith("a normal law has 0 and 0.")
    assert "Long tails" in shape_note(replace(part, kurtosis=1.4), words=EN)
    assert shape_note(replace(part, kurtosis=None), words=EN) == ""


def test_normality_is_told_with_the_test_and_its_power() -> None:
    part = make_normality()
    said = normality_finding(part, words=EN)
    assert said == (
        "The effects of 12 schools do not look normal (Shapiro–Wilk W = 0.842, p = 0.029); "
        "1 lie outside the band"
    )
    fine = replace(part, p=0.4)
    assert normality_finding(fine, words=EN).startswith("Nothing speaks against normal")
    assert power_note(part, words=EN).startswith("With 12 schools")
    assert power_note(replace(part, n_schools=60), words=EN) == ""


def test_without_a_test_nothing_is_claimed() -> None:
    part = replace(make_normality(), w=None, p=None, status="too_few_schools", n_schools=5)
    assert "not tested" in normality_finding(part, words=EN)
    assert "8 schools" in power_note(part, words=EN)
    equal = make_equal_schools().normality
    assert equal is not None
    assert normality_finding(equal, words=EN).startswith("No school differences found")


def test_the_most_influential_school_is_named_with_the_coefficient_it_moves_most() -> None:
    said = influence_finding(VIEW, words=EN)
    assert said == (
        "1 of 12 schools move the line more than others do; without 第1实验学校 the slope of "
        "the prior would change by −1.31 of its standard errors"
    )
    by_intake = VIEW.schools.assign(change_mean_prior=2.0)
    assert "mean prior" in influence_finding(replace(VIEW, schools=by_intake), words=EN)


def test_who_may_see_one_school_reads_the_count_alone() -> None:
    one = replace(VIEW, schools=VIEW.schools.iloc[[3]])
    said = influence_finding(one, words=EN)
    assert said == "1 of 12 schools move the line more than others do"
    none = replace(VIEW, n_influential=0)
    assert influence_finding(none, words=EN).startswith("None of 12 schools moves")


def test_small_schools_that_hold_much_are_counted() -> None:
    assert leverage_finding(VIEW, words=EN) == (
        "2 of 12 schools hold twice the mean of the line or more; 1 of them at least twice as "
        "much as by their pupils"
    )
    large = replace(VIEW, schools=VIEW.schools.assign(share=0.2))
    assert leverage_finding(large, words=EN).endswith("or more")
    none = replace(VIEW, n_holding=0)
    assert leverage_finding(none, words=EN).startswith("None of 12 schools holds")


def test_the_reliability_that_changes_most_is_named_among_the_possible() -> None:
    part = make_reliability()
    assert reliability_finding(part, words=EN) == (
        "If the prior test's reliability were 0.75 in place of 0.85, 4 of 12 schools would "
        "have another verdict"
    )
    known = replace(part, least=0.78)
    assert "were 0.95 in place of 0.85, 3 of" in reliability_finding(known, words=EN)
    same = replace(part, rows=part.rows.assign(n_changed=0, share=part.rows["share"] * 0))
    assert reliability_finding(same, words=EN).endswith("from 0.75 to 1.00 they are the same")
    nothing = replace(part, rows=part.rows.assign(share=float("nan")))
    assert "No verdicts can be compared" in reliability_finding(nothing, words=EN)


def test_what_is_known_of_the_reliability_is_told() -> None:
    part = make_reliability()
    notes = reliability_notes(part, words=EN)
    assert notes[0].endswith("a reliability of 0.91 [0.90, 0.92].")
    assert notes[1].endswith("at least 0.58.")
    unknown = reliability_notes(replace(part, own=None, least=None), words=EN)
    assert unknown == ("The store holds no items of the prior test that would tell it.",)


def test_hidden_schools_are_counted() -> None:
    assert hidden_notes(VIEW, words=EN)[0].endswith(": 2 schools")
    assert hidden_notes(replace(VIEW, n_hidden=0), words=EN) == ()
