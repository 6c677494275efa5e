"""One score and several rates: worked by hand, pupils one by one, errors, references of 0."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.attainment import AttainmentSpec, Combination
from tests.core.attainment.figures import figures_of
from tests.core.make_pupils import UNITS, make_pupils

TWO = (("mean", 60.0), ("excellent_rate", 70.0), ("pass_rate", 70.0))
THREE = (("mean", 0.4), ("excellent_rate", 0.2), ("pass_rate", 0.2), ("low_rate", 0.2))
FOUR = (*THREE, ("good_rate", 0.3))
GROUPS = pd.Series({"A": "centre", "B": "village", "C": "village", "D": "village"})


def two_against(reference: str, *, groups: pd.Series | None = None) -> AttainmentSpec:
    combination = Combination("one_score_two_rates", TWO, reference)  # type: ignore[arg-type]
    return AttainmentSpec(combinations=(combination,), groups=groups)


def parts_of(points: np.ndarray) -> dict[str, float]:
    return {
        "mean": points.mean(),
        "excellent_rate": (points >= 102).mean(),
        "good_rate": (points >= 90).mean(),
        "pass_rate": (points >= 72).mean(),
        "low_rate": (points >= 48).mean(),  # fewer low scores are better
    }


def test_two_rates_against_the_best_of_a_group_worked_by_hand() -> None:
    pupils = pd.DataFrame(
        {
            "school": list("AABBBBCCCC"),
            "score": [11000, 11000, 11000, 8000, 8000, 5000, 11000, 11000, 6000, 4000],
        }
    )
    figures = figures_of(pupils, two_against("group_best", groups=GROUPS))["estimate"]
    value = figures.xs("one_score_two_rates", level="indicator")
    assert value["A"] == pytest.approx(200)  # alone in its group
    # Means 80 and 80, excellent .25 and .5, passed .75 and .5.
    assert value["B"] == pytest.approx(60 + 70 / 2 + 70)
    assert value["C"] == pytest.approx(60 + 70 + 70 * 0.5 / 0.75)
    assert np.isnan(value["T1"])  # belongs to no group


@settings(max_examples=20, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500), case=st.sampled_from([("two", TWO), ("four", FOUR)]))
def test_against_the_population_it_is_the_sum_of_ratios(
    seed: int, case: tuple[str, tuple[tuple[str, float], ...]]
) -> None:
    words, weights = case
    name = f"one_score_{words}_rates"
    pupils = make_pupils(seed)
    everybody = parts_of(pupils["score"].to_numpy() / 100)
    spec = AttainmentSpec(combinations=(Combination(name, weights, "population"),))
    figures = figures_of(pupils, spec)
    if min(everybody[part] for part, _ in weights) == 0:
        assert (figures.xs(name, level="indicator")["status"] == "not_estimable").all()
        return
    for unit, schools in UNITS.items():
        points = pupils.loc[pupils["school"].isin(list(schools)), "score"].to_numpy() / 100
        own = parts_of(points)
        expected = sum(w * own[part] / everybody[part] for part, w in weights)
        assert figures.loc[(unit, name), "estimate"] == pytest.approx(expected)
        per_pupil = sum(
            w * np.array([parts_of(np.array([p]))[part] for p in points]) / everybody[part]
            for part, w in weights
        )
        se = np.std(per_pupil, ddof=1) / np.sqrt(points.size)
        assert figures.loc[(unit, name), "se"] == pytest.approx(se)


def test_the_whole_population_has_the_sum_of_the_weights() -> None:
    pupils = make_pupils(5)
    pupils = pupils[pupils["school"] != "E"]
    spec = AttainmentSpec(
        combinations=(Combination("one_score_three_rates", THREE, "population"),)
    )
    value = figures_of(pupils, spec)["estimate"]
    assert value["county", "one_score_three_rates"] == pytest.approx(1.0)


def test_a_part_that_nobody_reaches_leaves_nothing_to_divide_by() -> None:
    pupils = pd.DataFrame({"school": list("AABB"), "score": [7500, 8000, 5000, 6000]})
    figures = figures_of(pupils, two_against("population"))
    rows = figures.xs("one_score_two_rates", level="indicator")
    assert (rows["status"] == "not_estimable").all()
    assert np.isnan(rows[["estimate", "se", "low", "high"]].to_numpy(float)).all()


@settings(max_examples=15, deadline=None)  # each example computes whole tables
@given(seed=st.integers(0, 500))
def test_no_unit_is_above_the_sum_of_the_weights_against_the_best(seed: int) -> None:
    spec = two_against("group_best", groups=GROUPS)
    value = figures_of(make_pupils(seed), spec).xs("one_score_two_rates", level="indicator")
    known = value["estimate"].dropna()
    assert (known <= 200 + 1e-9).all()
