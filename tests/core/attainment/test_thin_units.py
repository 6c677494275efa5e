"""Thin units and subjects: nobody present, one pupil a school, no spread, zeros, no line."""

import pandas as pd

from core.attainment import compute_attainment
from tests.core.attainment.figures import FULL_SPEC as SPEC
from tests.core.attainment.figures import figures_of
from tests.core.make_pupils import (
    MEMBERSHIP,
    PAPERS,
    histogram_of,
    make_pupils,
    states_of,
)


def test_a_subject_that_nobody_sat_has_its_rows_and_spoils_no_other() -> None:
    pupils = make_pupils(4)
    absent = states_of(pupils, subject="english").assign(state="absent")
    one, two = (
        compute_attainment(
            histogram_of(pupils),
            states,
            subjects=PAPERS,
            membership=MEMBERSHIP,
            exam="期末",
            spec=SPEC,
        )
        for states in (states_of(pupils), pd.concat([states_of(pupils), absent]))
    )
    mathematics = one["subject"] == "math"
    pd.testing.assert_frame_equal(one[mathematics], two[mathematics])
    english = two[~mathematics].set_index(["unit", "indicator"])
    counts = english.index.get_level_values("indicator").isin(
        ["n_enrolled", "n_sat", "participation", "top_n_count", "top_n_count_city"]
        + [f"borderline_count{name}" for name in ("", "_excellent")]
    )
    assert (english.loc[~counts, "status"] == "not_estimable").all()
    assert english.loc[~counts, ["estimate", "se", "low", "high"]].isna().all(axis=None)
    assert english.loc[("A", "participation"), "estimate"] == 0
    assert english.loc[("A", "top_n_count"), "estimate"] == 0


def test_schools_of_one_pupil_have_figures_without_errors() -> None:
    pupils = pd.DataFrame({"school": list("ABCD"), "score": [4000, 6000, 8000, 11000]})
    figures = figures_of(pupils, SPEC)
    estimate = figures["estimate"]
    assert estimate["A"][["median", "p25", "bottom_third_mean"]].tolist() == [40, 40, 40]
    assert figures["low"]["A"][["median", "t_score"]].isna().all()
    assert figures["se"]["A"][["t_score", "above_mean_rate"]].isna().all()
    assert estimate["A"]["cv"] == 0
    assert estimate["county"]["bottom20_share"] == 0.25


def test_a_population_without_spread_has_no_figure_that_divides_by_it() -> None:
    pupils = pd.DataFrame({"school": list("AABB"), "score": 6000})
    status = figures_of(pupils, SPEC)["status"]["A"]
    divided = ["z", "t_score", "polarisation"]
    assert (status[divided] == "not_estimable").all()
    assert (status.drop(divided) == "ok").all()


def test_marks_of_nothing_but_zero_have_no_relative_figures() -> None:
    pupils = pd.DataFrame({"school": list("AABB"), "score": 0})
    status = figures_of(pupils, SPEC)["status"]["A"]
    assert (status[["cv", "above_mean_rate"]] == "not_estimable").all()
    assert status["mean"] == "ok"


def test_a_subject_without_an_admission_line_has_no_such_rate() -> None:
    pupils = make_pupils(1)
    figures = compute_attainment(
        pd.concat([histogram_of(pupils), histogram_of(pupils, subject="english")]),
        pd.concat([states_of(pupils), states_of(pupils, subject="english")]),
        subjects=PAPERS,
        membership=MEMBERSHIP,
        exam="期末",
        spec=SPEC,
    ).set_index(["subject", "unit", "indicator"])
    for name in ("line_rate", "line_rate_vocational", "borderline_count_vocational"):
        assert figures.loc[("math", "A", name), "status"] == "ok"
        assert figures.loc[("english", "A", name), "status"] == "not_estimable"
