"""Remarks on a township: each rule fires where it should, and not where it should not."""

import pandas as pd

from core.remarks import (
    remark_on_bottom20,
    remark_on_due,
    remark_on_gaps,
    remark_on_schools,
)


def make_schools(*verdicts: str | None, status: str = "ok") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit": [f"S{k}" for k in range(len(verdicts))],
            "verdict": pd.Series(verdicts, dtype="str"),
            "status": status,
        }
    )


def make_share(low: float, high: float) -> pd.DataFrame:
    middle = (low + high) / 2
    return pd.DataFrame({"estimate": [middle], "low": [low], "high": [high], "n_pupils": [90]})


def test_schools_that_stand_out_are_counted_and_named() -> None:
    (remark,) = remark_on_schools(make_schools("well_below", "as_expected", "well_above"))
    assert remark.code == "township_standing"
    assert remark.values["schools"] == "S2,S0"
    assert (remark.values["n_above"], remark.values["n_below"]) == (1, 1)
    assert remark.is_remarkable


def test_a_township_without_outstanding_schools_is_not_remarkable() -> None:
    (remark,) = remark_on_schools(make_schools("as_expected", "below"))
    assert remark.values["count"] == 0
    assert not remark.is_remarkable


def test_schools_without_a_verdict_are_not_counted() -> None:
    assert remark_on_schools(make_schools(None, None)) == ()


def test_a_thin_school_is_named_and_not_judged() -> None:
    (remark,) = remark_on_schools(make_schools("well_below", status="low_coverage"))
    assert remark.code == "township_low_coverage"
    assert remark.values == {"count": 1, "schools": "S0"}


def test_the_share_of_the_lowest_is_set_beside_the_countys() -> None:
    sides = {
        remark_on_bottom20(make_share(low, high), county=0.2)[0].values["side"]
        for low, high in ((0.21, 0.3), (0.1, 0.19), (0.15, 0.25))
    }
    assert sides == {"more", "fewer", "alike"}
    alike = remark_on_bottom20(make_share(0.15, 0.25), county=0.2)[0]
    assert not alike.is_remarkable


def test_a_share_that_is_not_shown_gives_no_remark() -> None:
    hidden = make_share(0.1, 0.2).assign(estimate=float("nan"))
    assert remark_on_bottom20(hidden, county=0.2) == ()


def test_weak_and_strong_subjects_are_named() -> None:
    gaps = pd.DataFrame({"subject": ["a", "b", "c"], "flag": ["weak", "none", "strong"]})
    (remark,) = remark_on_gaps(gaps)
    assert (remark.values["schools"], remark.values["strong"]) == ("a", "c")
    assert remark.is_remarkable


def test_even_subjects_are_not_remarkable_and_no_subjects_say_nothing() -> None:
    gaps = pd.DataFrame({"subject": ["a", "b"], "flag": ["none", "none"]})
    assert not remark_on_gaps(gaps)[0].is_remarkable
    assert remark_on_gaps(gaps.iloc[:0]) == ()


def test_bands_are_counted_and_the_grave_ones_named() -> None:
    bands = pd.DataFrame({"school": list("ABCD"), "band": ["blue", "red", "none", "yellow"]})
    (remark,) = remark_on_due(bands, pd.DataFrame({"unit": [], "is_overdue": []}))
    assert remark.code == "township_bands"
    assert remark.values["schools"] == "B,D"
    assert remark.values["blue"] == 1


def test_open_cases_are_counted_with_those_that_are_overdue() -> None:
    cases = pd.DataFrame({"unit": ["A", "B"], "is_overdue": [True, False]})
    (remark,) = remark_on_due(pd.DataFrame({"school": [], "band": []}), cases)
    assert remark.values == {"count": 2, "overdue": 1}


def test_a_township_without_bands_and_cases_has_no_remark_on_them() -> None:
    nothing = pd.DataFrame({"school": [], "band": []})
    assert remark_on_due(nothing, pd.DataFrame({"is_overdue": []})) == ()
