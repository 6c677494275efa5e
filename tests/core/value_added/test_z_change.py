"""z_change: the plain mean of differences, its error, schools of one pupil."""

import numpy as np
import pandas as pd
import pytest

from core.interval import Z95
from tests.core.value_added.make_county import County, by_school, make_county


def test_the_figures_are_those_of_the_pupils_differences() -> None:
    county = make_county(1)
    pupils = county.pupils
    z = [
        (pupils[name] / 100 - unit.mean) / unit.sd
        for name, unit in (("current", county.current), ("prior", county.prior))
    ]
    difference = (z[0] - z[1]).groupby(pupils["school"])
    schools = by_school(county.value_added("z_change"))
    assert schools["estimate"].to_numpy() == pytest.approx(difference.mean().to_numpy())
    assert schools["se_prediction"].to_numpy() == pytest.approx(difference.sem().to_numpy())
    half = Z95 * schools["se_prediction"]
    assert (schools["high"] - schools["estimate"]).to_numpy() == pytest.approx(half.to_numpy())


def test_a_school_of_one_pupil_or_of_equal_changes_is_not_estimable() -> None:
    few = {"school": ["X", "Y", "Y"], "prior": [7000.0, 6000.0, 6000.0]}
    few |= {"current": [8000.0, 7000.0, 7000.0]}
    county = County(pd.concat([make_county(2).pupils, pd.DataFrame(few)], ignore_index=True))
    schools = by_school(county.value_added("z_change"))
    assert schools.loc[["X", "Y"], "status"].tolist() == ["not_estimable"] * 2
    assert schools.loc[["X", "Y"], ["estimate", "se_prediction", "low"]].isna().all(axis=None)
    assert (schools["status"].drop(["X", "Y"]) == "ok").all()


def test_the_changes_of_everybody_add_up_to_nothing() -> None:
    schools = make_county(3).value_added("z_change").schools
    assert schools["estimate"] @ schools["n"] == pytest.approx(0, abs=1e-8)


@pytest.mark.parametrize(("error", "sign"), [(15.0, 1), (0.0, -1)])
def test_the_exam_with_more_error_makes_intakes_look_alike(error: float, sign: int) -> None:
    counties = [make_county(seed, error=error, effect=0.5) for seed in range(10)]
    r = [county.value_added("z_change").fairness_r for county in counties]
    assert sign * np.mean([value for value in r if value is not None]) > 0.15
