"""Sample plan: chances, weights that sum to the population, order, refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, SettingsError
from core.sampling.plan import SamplePlan, draw_pupils, draw_sample
from core.survey_tables import SAMPLE_PLAN
from tests.core.sampling.made_county import made_frame, made_spec


def drawn(seed: int = 1, **change: object) -> SamplePlan:
    return draw_sample(made_frame(), spec=made_spec(**change), rng=np.random.default_rng(seed))


def test_the_plan_names_every_school_of_the_frame_in_order() -> None:
    plan = drawn()
    rows = SAMPLE_PLAN.require(plan.schools)
    assert list(rows.columns) == SAMPLE_PLAN.names
    assert sorted(rows["school"]) == made_frame()["school"].tolist()
    assert rows[["stratum", "school"]].equals(
        rows[["stratum", "school"]].sort_values(["stratum", "school"])
    )


def test_strata_get_what_the_plan_says() -> None:
    plan = drawn()
    assert plan.strata["n_schools"].sum() == plan.schools["is_drawn"].sum() == 15
    assert plan.strata["n_schools"].min() >= 2
    assert plan.strata["n_pupils_frame"].sum() == made_frame()["n_pupils"].sum()
    by_stratum = plan.schools.groupby("stratum")["p_school"].sum()
    assert by_stratum.tolist() == pytest.approx(plan.strata["n_schools"].tolist())


def test_the_weight_is_one_over_both_chances() -> None:
    rows = drawn().schools
    n_planned = np.minimum(rows["n_pupils"], 25)
    expected = rows["n_pupils"] / (rows["p_school"] * n_planned)
    assert rows["weight"].tolist() == pytest.approx(expected.tolist())
    assert rows.loc[rows["is_drawn"], "n_drawn"].equals(
        n_planned[rows["is_drawn"]].astype("int64")
    )


def test_weights_sum_to_the_population_in_expectation() -> None:
    rows = drawn().schools
    n_planned = np.minimum(rows["n_pupils"], 25)
    expected = (rows["p_school"] * rows["weight"] * n_planned).sum()
    assert expected == pytest.approx(made_frame()["n_pupils"].sum())


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_weights_of_any_sample_sum_to_the_population(seed: int) -> None:
    # Exact for chances in proportion to size; a stratum with certain schools too.
    rows = drawn(seed, min_per_stratum=1).schools
    taken = rows[rows["is_drawn"]]
    assert (taken["weight"] * taken["n_drawn"]).sum() == pytest.approx(
        made_frame()["n_pupils"].sum()
    )


def test_pupils_of_schools_large_enough_all_weigh_the_same_in_a_stratum() -> None:
    rows = drawn().schools
    open_ = rows[~rows["is_certain"] & (rows["n_pupils"] >= 25)]
    assert open_.groupby("stratum")["weight"].std().max() < 1e-9


def test_the_order_of_the_frame_does_not_matter() -> None:
    frame = made_frame()
    mixed = frame.sample(frac=1, random_state=3)
    before, after = (
        draw_sample(f, spec=made_spec(), rng=np.random.default_rng(4)).schools
        for f in (frame, mixed)
    )
    pd.testing.assert_frame_equal(before, after)


def test_without_stratum_columns_there_is_one_stratum() -> None:
    plan = drawn(stratum_columns=())
    assert plan.strata["stratum"].tolist() == ["all"]


def test_a_sample_of_all_schools_is_certain() -> None:
    plan = drawn(n_schools=60)
    assert plan.schools["is_drawn"].all()
    assert plan.strata["n_certain"].sum() == 60


def test_pupils_are_drawn_once_each_and_all_where_there_are_few() -> None:
    places = draw_pupils(40, n_drawn=25, rng=np.random.default_rng(1))
    assert len(set(places.tolist())) == 25
    assert set(places.tolist()) <= set(range(40))
    assert draw_pupils(3, n_drawn=25, rng=np.random.default_rng(1)).tolist() == [0, 1, 2]


def test_each_pupil_of_the_list_is_as_likely_as_another() -> None:
    rng = np.random.default_rng(2)
    counts = sum(
        np.bincount(draw_pupils(6, n_drawn=2, rng=rng), minlength=6) for _ in range(3000)
    )
    assert np.abs(counts / 3000 - 1 / 3).max() < 0.035  # four standard errors


def test_a_frame_with_gaps_is_refused_with_their_numbers() -> None:
    frame = made_frame()
    frame.loc[:2, "locale"] = None
    frame.loc[5, "n_pupils"] = 0
    with pytest.raises(DataError, match=r"missing county, empty.*3, schools without pupils 1"):
        draw_sample(
            frame,
            spec=made_spec(stratum_columns=("county", "locale")),
            rng=np.random.default_rng(1),
        )


@pytest.mark.parametrize("change", [{"pupils_per_school": 0}, {"min_per_stratum": 0}])
def test_a_sample_of_nobody_is_refused(change: dict[str, int]) -> None:
    with pytest.raises(SettingsError, match=r"at least one pupil.*found .*0"):
        drawn(**change)
