"""Findings as sentences: they count what the tables hold, and say so when there is nothing."""

from dataclasses import replace

from tests.ui.made_views import MADE_MODEL, make_leadership_view, make_schools
from ui import sentences
from ui.text import Words

EN, ZH = Words("en"), Words("zh")


def test_caterpillar_counts_the_schools_that_clearly_differ() -> None:
    schools = make_schools(20)
    above, below = ((schools["verdict"] == v).sum() for v in ("well_above", "well_below"))
    finding = sentences.caterpillar_finding(make_leadership_view(schools), words=EN)
    assert finding == (
        f"Of 20 schools, {above} add clearly more than expected and {below} clearly less"
    )


def test_a_school_with_low_coverage_is_not_counted_as_outside() -> None:
    schools = make_schools(20)
    schools.loc[0, "status"] = "low_coverage"
    finding = sentences.caterpillar_finding(make_leadership_view(schools), words=EN)
    assert finding.startswith("Of 19 schools, ")


def test_no_school_differences_has_its_own_sentence() -> None:
    view = replace(
        make_leadership_view(make_schools(5)),
        model=replace(MADE_MODEL, status="no_difference_found"),
    )
    for finding in (sentences.caterpillar_finding, sentences.quadrant_finding):
        assert finding(view, words=EN).startswith("No school differences found")
        assert finding(view, words=ZH).startswith("未发现校际差异")


def test_quadrant_names_the_schools_that_stand_out_against_their_attainment() -> None:
    schools = make_schools(4)
    schools["z"] = [-0.5, -0.5, 0.5, 0.5]
    schools["verdict"] = ["well_above", "as_expected", "as_expected", "well_below"]
    finding = sentences.quadrant_finding(make_leadership_view(schools), words=EN)
    assert finding == (
        "Below the county mean but adding clearly more: 1 school; "
        "above the mean but adding clearly less: 1 school"
    )


def test_left_out_schools_are_counted_by_reason() -> None:
    schools = make_schools(6)
    schools.loc[[0, 1], "status"] = "low_coverage"
    schools.loc[2, "status"] = "not_estimable"
    notes = sentences.left_out_notes(make_leadership_view(schools, n_hidden=1), words=EN)
    assert notes == (
        "coverage under 70%, greyed or not drawn: 2 schools; "
        "hidden to protect groups of fewer than 10 pupils: 1 school; "
        "not enough data to estimate: 1 school",
    )


def test_nothing_left_out_makes_no_note() -> None:
    assert sentences.left_out_notes(make_leadership_view(make_schools(3)), words=EN) == ()


def test_fairness_warns_beyond_its_limit_only() -> None:
    calm = sentences.fairness_sentence(replace(MADE_MODEL, fairness_r=0.3), words=EN)
    warned = sentences.fairness_sentence(replace(MADE_MODEL, fairness_r=-0.31), words=EN)
    assert calm == (
        "Fairness: no clear relation found between value-added and the schools' intake "
        "(r = +0.30)."
    )
    assert warned is not None
    assert warned.startswith("Fairness warning")
    assert "−0.31" in warned


def test_an_undefined_fairness_says_nothing() -> None:
    assert sentences.fairness_sentence(replace(MADE_MODEL, fairness_r=None), words=EN) is None
