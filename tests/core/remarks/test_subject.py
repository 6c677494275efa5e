"""Remarks on a subject: each rule fires where its test holds, and only there."""

import pandas as pd
import pytest

from core.remarks import Remark, remark_on_subject

NONE = pd.DataFrame({"subject": [], "estimate": [], "low": [], "high": []})


def gaps(*flags: str) -> pd.DataFrame:
    n = len(flags)
    return pd.DataFrame(
        {
            "school": [f"S{i}" for i in range(n)],
            "subject": ["math"] * n,
            "flag": list(flags),
            "q_value": [0.01 if flag != "none" else 0.5 for flag in flags],
        }
    )


def shares(low: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "subject": ["history", "math", "art"],
            "estimate": [0.3, 0.2, 0.1],
            "low": [0.2, low, 0.05],
            "high": [0.4, 0.3, 0.2],
        }
    )


def trend(*ends: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "estimate": [(low + high) / 2 for low, high in ends],
            "low": [low for low, _ in ends],
            "high": [high for _, high in ends],
        }
    )


def county(flag: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"subject": ["math"], "gap": [0.02], "q_value": [0.01], "flag": flag, "status": "ok"}
    )


def remarks(
    gap_rows: pd.DataFrame | None = None,
    share_rows: pd.DataFrame = NONE,
    trend_rows: pd.DataFrame = NONE,
    county_rows: pd.DataFrame | None = None,
) -> dict[str, Remark]:
    said = remark_on_subject(
        "math", gaps=gap_rows, shares=share_rows, trend=trend_rows, county=county_rows
    )
    return {remark.code: remark for remark in said}


def test_flagged_schools_are_named_by_side() -> None:
    said = remarks(gaps("weak", "none", "strong", "weak"))
    assert said["subject_weak"].values == {"count": 2, "schools": "S0,S3"}
    assert said["subject_strong"].values == {"count": 1, "schools": "S2"}
    assert said["subject_weak"].is_remarkable


def test_without_flags_nobody_is_remarkable() -> None:
    said = remarks(gaps("none", "none"))
    assert not any(remark.is_remarkable for remark in said.values())


def test_of_all_flags_one_in_twenty_is_expected_to_be_false() -> None:
    others = gaps("weak", "strong", "none").assign(subject="art")
    said = remarks(pd.concat([gaps("weak", "none"), others]))
    assert said["subject_false_flags"].values == {
        "own": 1,
        "flags": 3,
        "expected": pytest.approx(0.15),
        "n_tests": 5,
    }


def test_hidden_schools_are_no_tests() -> None:
    rows = gaps("weak", "none")
    rows.loc[2] = ["S9", "math", None, float("nan")]
    assert remarks(rows)["subject_false_flags"].values["n_tests"] == 2
    assert remarks(rows.iloc[[2]]) == {}


@pytest.mark.parametrize(("low", "is_remarkable"), [(0.151, True), (0.15, False)])
def test_the_share_is_remarkable_where_its_interval_lies_above_the_line(
    low: float, is_remarkable: bool
) -> None:
    said = remarks(share_rows=shares(low))["subject_share"]
    assert said.is_remarkable == is_remarkable
    assert (said.values["place"], said.values["n_subjects"]) == (2, 3)


def test_a_share_without_an_end_is_not_remarkable() -> None:
    assert not remarks(share_rows=shares(float("nan")))["subject_share"].is_remarkable


def test_a_subject_without_a_share_has_no_remark_on_it() -> None:
    rows = shares(0.1)
    assert remarks(share_rows=rows[rows["subject"] != "math"]) == {}


def test_a_trend_needs_intervals_that_do_not_meet() -> None:
    changed = remarks(trend_rows=trend((0.1, 0.2), (0.15, 0.3), (0.21, 0.3)))
    steady = remarks(trend_rows=trend((0.1, 0.2), (0.2, 0.3)))
    assert set(changed) == {"subject_share_changed"}
    assert changed["subject_share_changed"].values["n_exams"] == 3
    assert set(steady) == {"subject_share_steady"}
    assert not steady["subject_share_steady"].is_remarkable


def test_one_exam_is_no_trend() -> None:
    assert remarks(trend_rows=trend((0.1, 0.2))) == {}


@pytest.mark.parametrize(("flag", "is_remarkable"), [("weak", True), ("none", False)])
def test_the_county_is_remarkable_where_its_subject_is_flagged(
    flag: str, is_remarkable: bool
) -> None:
    said = remarks(county_rows=county(flag))
    assert said["county_subject"].is_remarkable == is_remarkable
    assert said["county_subject"].values["flag"] == flag


def test_a_county_without_the_subject_in_the_reference_is_not_remarked_on() -> None:
    assert remarks(county_rows=county("weak").assign(subject="art")) == {}
