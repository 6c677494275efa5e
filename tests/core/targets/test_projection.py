"""Projection: hand-computed line, statsmodels as reference, unit change, coverage."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError
from core.targets.projection import project_value

SAME = 1e-9  # least squares of a few years, by two routes


def test_three_years_by_hand() -> None:
    """80, 84, 85: slope 2.5, residuals -0.5, 1, -0.5, s 1.2247, t 12.706, year 4 at 88."""
    projection = project_value(np.array([80.0, 84.0, 85.0]), years=np.arange(3.0), year=3)
    assert projection.estimate == pytest.approx(88)
    assert projection.slope == pytest.approx(2.5)
    assert projection.se == pytest.approx(np.sqrt(1.5 * (1 + 1 / 3 + 4 / 2)))
    assert projection.high - 88 == pytest.approx(12.7062 * projection.se, rel=1e-5)
    assert (projection.n_years, projection.status) == (3, "ok")


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000), n=st.integers(3, 8), ahead=st.integers(-2, 5))
def test_it_equals_the_prediction_interval_of_statsmodels(
    seed: int, n: int, ahead: int
) -> None:
    from statsmodels.api import OLS, add_constant

    rng = np.random.default_rng(seed)
    years = np.sort(rng.choice(np.arange(2010.0, 2025), size=n, replace=False))
    values, year = rng.normal(80, 3, size=n), float(2025 + ahead)
    found = project_value(values, years=years, year=year)
    fit = OLS(values, add_constant(years - 2017)).fit()
    frame = fit.get_prediction(np.array([[1.0, year - 2017]])).summary_frame()
    expected = frame[["mean", "obs_ci_lower", "obs_ci_upper"]].iloc[0].to_numpy(float)
    assert [found.estimate, found.low, found.high] == pytest.approx(expected, rel=SAME)
    assert found.slope == pytest.approx(fit.params[1], rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_years_are_not_estimable(n: int) -> None:
    values = np.array([80.0, 84.0, np.nan, np.nan])[[*range(n), 2, 3]]
    projection = project_value(values, years=np.arange(n + 2.0), year=9)
    assert (projection.n_years, projection.status) == (n, "not_estimable")
    assert np.isnan([projection.estimate, projection.low, projection.high]).all()


def test_a_year_without_a_value_counts_for_nothing() -> None:
    values, years = np.array([80.0, np.nan, 84.0, 85.0]), np.array([2020.0, 2021, 2022, 2023])
    known = ~np.isnan(values)
    assert project_value(values, years=years, year=2024) == project_value(
        values[known], years=years[known], year=2024
    )


def test_a_year_that_occurs_twice_is_refused() -> None:
    with pytest.raises(DataError, match="occur again: 1 of 3"):
        project_value(np.ones(3), years=np.array([1.0, 1, 2]), year=3)


@pytest.mark.parametrize(
    ("values", "years", "year", "message"),
    [
        ([80.0, 84, 85], [1.0, 2, np.nan], 4.0, "Years without a number: 1 of 3"),
        ([80.0, 84, 85], [1.0, np.inf, 3], 4.0, "Years without a number: 1 of 3"),
        ([80.0, 84, 85], [1.0, 2, 3], np.nan, "year to project to is nan"),
        ([80.0, np.inf, 85], [1.0, 2, 3], 4.0, "Values that are infinite: 1 of 3"),
    ],
)
def test_what_is_no_number_is_refused(
    values: list[float], years: list[float], year: float, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        project_value(np.array(values), years=np.array(years), year=year)


@pytest.mark.parametrize(
    "values",
    [[80.0, 82.0, 84.0], [80.0, 80.0, 80.0], [0.0, 0.0, 0.0], [80.1, 80.2, 80.3, 80.4]],
)
def test_years_that_lie_on_a_line_do_not_tell_how_sure_it_is(values: list[float]) -> None:
    """Their interval would have no width, as if the next year were known."""
    years = np.arange(2020.0, 2020.0 + len(values))
    projection = project_value(np.array(values), years=years, year=2030)
    assert (projection.n_years, projection.status) == (len(values), "not_estimable")
    assert np.isnan([projection.estimate, projection.se, projection.low]).all()


def test_a_spread_of_the_last_digit_is_still_a_spread() -> None:
    values = np.array([80.1, 80.2, 80.3, 80.4001])
    assert project_value(values, years=np.arange(4.0), year=5).status == "ok"


@given(seed=st.integers(0, 1000), factor=st.floats(0.01, 100), shift=st.floats(-100, 100))
def test_a_change_of_unit_changes_nothing_else(seed: int, factor: float, shift: float) -> None:
    values = np.random.default_rng(seed).normal(size=5)
    plain = project_value(values, years=np.arange(5.0), year=6)
    moved = project_value(factor * values + shift, years=np.arange(5.0), year=6)
    for name, offset in (("estimate", shift), ("low", shift), ("high", shift), ("slope", 0.0)):
        expected = factor * getattr(plain, name) + offset
        assert getattr(moved, name) == pytest.approx(expected, rel=1e-7, abs=1e-7)


@pytest.mark.slow
def test_the_interval_covers_95_of_100_values_to_come() -> None:
    rng, years = np.random.default_rng(5), np.arange(4.0)
    hits, n = 0, 4000
    for _ in range(n):
        truth = 80 + 1.5 * np.arange(6) + rng.normal(0, 2, size=6)
        projection = project_value(truth[:4], years=years, year=5)
        hits += projection.low <= truth[5] <= projection.high
    assert hits / n == pytest.approx(0.95, abs=3 * np.sqrt(0.95 * 0.05 / n))
