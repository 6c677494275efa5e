"""prior_group: hand-computed residuals, 34 groups or 10, errors; R's figures in reference."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotEstimableError
from core.interval import Z95
from tests.core.value_added.make_county import County, by_school, make_county


def county_of(rows: list[tuple[str, int, int]]) -> County:
    return County(pd.DataFrame(rows, columns=["school", "prior", "current"]))


def test_residuals_are_from_the_mean_of_the_group_in_population_sd() -> None:
    # Two priors make two groups, with mean current scores of 60 and 80 points.
    county = county_of(
        [
            *[("A", 5000, 5500), ("A", 5000, 6500), ("A", 9000, 8500)],
            *[("B", 5000, 6000), ("B", 9000, 7500), ("B", 9000, 8000)],
        ]
    )
    result = county.value_added("prior_group")
    schools, sd = by_school(result), county.current.sd
    means = {"A": (-5 + 5 + 5) / 3 / sd, "B": (0 - 5 + 0) / 3 / sd}
    assert result.n_prior_groups == 2
    assert schools["estimate"].to_dict() == pytest.approx(means)
    pupil_sd = np.sqrt((25 + 25 + 25 + 0 + 25 + 0) / 6) / sd
    assert schools["se_prediction"].to_numpy() == pytest.approx(pupil_sd / np.sqrt(3))
    half = Z95 * pupil_sd / np.sqrt(3)
    assert (schools["high"] - schools["estimate"]).to_numpy() == pytest.approx(half)


def test_there_are_34_groups_from_3400_pupils_on() -> None:
    rng = np.random.default_rng(1)
    prior = rng.permutation(np.arange(3400)) + 1
    rows = {"prior": prior, "current": prior + rng.integers(0, 900, 3400)}
    county = County(pd.DataFrame({"school": [f"S{k % 40:02d}" for k in range(3400)], **rows}))
    assert county.value_added("prior_group").n_prior_groups == 34
    fewer = County(county.pupils.iloc[:-1])
    assert fewer.value_added("prior_group").n_prior_groups == 10


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 500))
def test_residuals_weighted_by_pupils_add_up_to_nothing(seed: int) -> None:
    schools = make_county(seed).value_added("prior_group").schools
    assert schools["estimate"] @ schools["n"] == pytest.approx(0, abs=1e-9)


def test_schools_that_differ_by_chance_have_no_verdict_of_their_own() -> None:
    pupils = make_county(8).pupils
    pupils = pupils.iloc[np.argsort(pupils["current"] - pupils["prior"])].reset_index(drop=True)
    pupils["school"] = [f"G{k % 12:02d}" for k in range(len(pupils))]
    result = County(pupils).value_added("prior_group")
    assert (result.status, result.sigma_u2) == ("no_difference_found", 0)
    assert (result.schools["verdict"] == "no_difference_found").all()
    assert result.schools["estimate"].notna().all()
    assert result.schools["index"].isna().all()


def test_one_school_is_refused_with_the_number() -> None:
    with pytest.raises(NotEstimableError, match="units 1, without a positive error 0"):
        county_of([("A", 5000, 5500), ("A", 5000, 6000), ("A", 6000, 6500)]).value_added(
            "prior_group"
        )
