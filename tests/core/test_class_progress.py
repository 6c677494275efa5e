"""Classes against their own past: a planted effect is found, chance is not called one."""

import numpy as np
import pandas as pd
import pytest

from core.class_progress import compute_class_progress
from core.errors import NotEstimableError
from core.standardise import Population
from tests.core.make_classes import ClassKey, make_linked_class_moments

BEFORE, NOW = Population(50.0, 8.0), Population(60.0, 10.0)
Pairs = dict[ClassKey, tuple[list[float], list[float]]]


def pairs_of(effects: dict[ClassKey, float], *, n: int = 60, seed: int = 1) -> Pairs:
    """Return points before and now of classes whose pupils gain an effect, in SD."""
    rng = np.random.default_rng(seed)
    made: Pairs = {}
    for key, effect in effects.items():
        x = rng.normal(0, 1, n)
        y = 0.7 * x + effect + rng.normal(0, 0.6, n)
        made[key] = (list(50 + 8 * x), list(60 + 10 * y))
    return made


def progress_of(pairs: Pairs, *, unmatched: int = 0) -> pd.DataFrame:
    """Return the progress of the classes."""
    moments = make_linked_class_moments(pairs, unmatched=unmatched)
    return compute_class_progress(moments, current=NOW, prior=BEFORE)


PLANTED: dict[ClassKey, float] = {
    (school, f"{k}班"): effect
    for school in "ABCDEF"
    for k, effect in enumerate((0.5, -0.5, 0.0))
}


def test_a_class_whose_pupils_gain_more_is_found_beside_its_school() -> None:
    rows = progress_of(pairs_of(PLANTED)).set_index("class_")
    assert (rows.filter(like="/0班", axis=0)["verdict"] == "well_above").all()
    assert (rows.filter(like="/1班", axis=0)["verdict"] == "well_below").all()
    assert (rows["low"] <= rows["estimate"]).all()


def test_where_the_matched_stood_and_stand_is_their_mean_in_population_sd() -> None:
    pairs = pairs_of(PLANTED)
    rows = progress_of(pairs).set_index("class_")
    before, now = pairs["A", "0班"]
    assert rows.loc["A/0班", "z_before"] == pytest.approx((np.mean(before) - 50) / 8, abs=1e-3)
    assert rows.loc["A/0班", "z_now"] == pytest.approx((np.mean(now) - 60) / 10, abs=1e-3)


def test_alike_classes_have_no_estimate_but_a_verdict_that_says_so() -> None:
    pairs = pairs_of(dict.fromkeys(PLANTED, 0.0))
    # The second half of each class gains what the first half loses: none differs.
    even = {key: (x, list(60 + 7 * (np.array(x) - 50) / 8)) for key, (x, _) in pairs.items()}
    noisy = {
        key: (x, [point + (4 if i % 2 else -4) for i, point in enumerate(y)])
        for key, (x, y) in even.items()
    }
    rows = progress_of(noisy)
    assert rows["estimate"].isna().all()
    assert set(rows["verdict"]) == {"no_difference_found"}


def test_thin_coverage_and_a_class_without_a_neighbour_say_so() -> None:
    lonely: dict[ClassKey, float] = {**PLANTED, ("Z", "1班"): 0.4}
    rows = progress_of(pairs_of(lonely), unmatched=40).set_index("class_")
    assert rows.loc["Z/1班", "status"] == "not_estimable"
    assert rows["estimate"].isna()["Z/1班"]
    assert set(rows.drop("Z/1班")["status"]) == {"low_coverage"}
    assert rows["coverage"].iloc[0] == pytest.approx(0.6)


def test_schools_of_one_class_each_are_refused() -> None:
    alone: dict[ClassKey, float] = {(school, "1班"): 0.0 for school in "ABCD"}
    with pytest.raises(NotEstimableError, match="two classes"):
        progress_of(pairs_of(alone))
