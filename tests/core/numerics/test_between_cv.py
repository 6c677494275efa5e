"""Coefficient between schools: worked by hand, jackknife by hand, drivers, properties."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import NotEstimableError
from core.interval import student_interval
from core.numerics.between_cv import EQUAL, estimate_unweighted_cv, estimate_weighted_cv

SCHOOLS = st.lists(st.tuples(st.integers(1, 500), st.floats(1, 100)), min_size=3, max_size=20)


def plainly(n: np.ndarray, value: np.ndarray) -> float:
    """Return the coefficient of the pupils, each given the value of the school."""
    pupils = np.repeat(value, n.astype(int))
    return float(pupils.std() / pupils.mean())


def plainly_without(j: int, n: np.ndarray, value: np.ndarray) -> float:
    """Return the coefficient without a school; 0 where only rounding is left of it."""
    n_left, left = np.delete(n, j), np.delete(value, j)
    coefficient = plainly(n_left, left)
    variance = (coefficient * np.average(left, weights=n_left)) ** 2
    about_all = np.average((left - np.average(value, weights=n)) ** 2, weights=n_left)
    return coefficient if variance > EQUAL * about_all else 0.0


def test_a_county_of_three_schools_worked_by_hand() -> None:
    cv = estimate_weighted_cv(
        n=np.array([10.0, 30.0, 60.0]), value=np.array([50.0, 70.0, 80.0])
    )
    assert cv.mean == 74
    # Variance (10 x 24^2 + 30 x 4^2 + 60 x 6^2) / 100 = 84.
    assert cv.estimate == pytest.approx(np.sqrt(84) / 74)
    assert cv.contribution == pytest.approx(np.array([5760, 480, 2160]) / 8400)
    assert cv.without[0] == pytest.approx(plainly(np.array([30, 60]), np.array([70.0, 80.0])))


def test_the_interval_is_the_jackknife_of_the_logarithm() -> None:
    value = np.array([50.0, 60.0, 75.0, 90.0])
    logs = np.log([np.delete(value, j).std() / np.delete(value, j).mean() for j in range(4)])
    cv = estimate_unweighted_cv(value)
    centre = 4 * np.log(cv.estimate) - 3 * logs.mean()
    ends = student_interval(centre, se=np.sqrt(3 / 4 * ((logs - logs.mean()) ** 2).sum()), df=3)
    assert (cv.low, cv.high) == pytest.approx((np.exp(ends.low), np.exp(ends.high)))


def test_a_school_whose_absence_leaves_no_difference_leaves_no_interval() -> None:
    cv = estimate_unweighted_cv(np.array([60.0, 60.0, 80.0]))
    assert cv.without[2] == 0
    assert cv.se > 0
    assert np.isnan([cv.low, cv.high]).all()


def test_without_weights_all_schools_count_alike() -> None:
    value = np.array([50.0, 70.0, 90.0])
    cv = estimate_unweighted_cv(value)
    assert cv.estimate == pytest.approx(value.std() / value.mean())
    assert cv.contribution == pytest.approx(np.array([0.5, 0.0, 0.5]))


@given(schools=SCHOOLS)
@example(schools=[(1, 2.0), (1, 18.0), (1, 2.00001)])
def test_estimate_and_error_equal_those_of_the_slow_way(
    schools: list[tuple[int, float]],
) -> None:
    n, value = (np.array(column, float) for column in zip(*schools, strict=True))
    cv = estimate_weighted_cv(n=n, value=value)
    assert cv.estimate == pytest.approx(plainly(n, value), abs=1e-7)
    without = np.array([plainly_without(j, n, value) for j in range(n.size)])
    assert cv.without == pytest.approx(without, abs=1e-6)
    se = np.sqrt((n.size - 1) / n.size * ((without - without.mean()) ** 2).sum())
    assert np.nan_to_num(cv.se) == pytest.approx(se, abs=1e-5)
    assert np.isnan(cv.low) or 0 < cv.low <= cv.estimate <= cv.high


@given(schools=SCHOOLS, scale=st.floats(0.01, 100))
def test_the_coefficient_has_no_unit(schools: list[tuple[int, float]], scale: float) -> None:
    n, value = (np.array(column, float) for column in zip(*schools, strict=True))
    before = estimate_weighted_cv(n=n, value=value)
    after = estimate_weighted_cv(n=n, value=scale * value)
    assert after.estimate == pytest.approx(before.estimate, abs=1e-7)
    assert after.se == pytest.approx(before.se, abs=1e-5, nan_ok=True)


@given(schools=SCHOOLS, times=st.integers(2, 5))
def test_more_pupils_in_every_school_change_nothing(
    schools: list[tuple[int, float]], times: int
) -> None:
    n, value = (np.array(column, float) for column in zip(*schools, strict=True))
    before, after = (estimate_weighted_cv(n=k * n, value=value) for k in (1, times))
    assert after.estimate == pytest.approx(before.estimate)
    assert after.contribution == pytest.approx(before.contribution, nan_ok=True, abs=1e-3)


@given(schools=SCHOOLS)
def test_a_school_divided_into_two_of_one_level_changes_nothing(
    schools: list[tuple[int, float]],
) -> None:
    n, value = (np.array(column, float) for column in zip(*schools, strict=True))
    halves = np.append(n, n[0] / 2)
    halves[0] /= 2
    after = estimate_weighted_cv(n=halves, value=np.append(value, value[0]))
    before = estimate_weighted_cv(n=n, value=value)
    assert after.estimate == pytest.approx(before.estimate, abs=1e-9)


@given(schools=SCHOOLS)
def test_contributions_add_up_to_one(schools: list[tuple[int, float]]) -> None:
    n, value = (np.array(column, float) for column in zip(*schools, strict=True))
    cv = estimate_weighted_cv(n=n, value=value)
    assert cv.contribution.sum() == pytest.approx(1) or np.isnan(cv.contribution).all()
    assert not (cv.contribution < 0).any()


def test_rounding_is_no_difference_between_schools() -> None:
    cv = estimate_weighted_cv(n=np.array([3.0, 7.0, 11.0]), value=np.full(3, 0.1))
    assert cv.estimate == 0
    assert np.isnan(cv.contribution).all()


def test_schools_alike_have_a_coefficient_of_zero_that_nobody_carries() -> None:
    cv = estimate_unweighted_cv(np.full(4, 70.0))
    assert cv.estimate == 0
    assert np.isnan([cv.se, cv.low, cv.high]).all()
    assert np.isnan(cv.contribution).all()


def test_two_schools_have_an_estimate_without_an_error() -> None:
    cv = estimate_unweighted_cv(np.array([60.0, 80.0]))
    assert cv.estimate == pytest.approx(10 / 70)
    assert np.isnan([cv.se, cv.low, cv.high, *cv.without]).all()


def test_one_school_is_refused() -> None:
    with pytest.raises(NotEstimableError, match=r"at least 2 schools \(found: 1\)"):
        estimate_unweighted_cv(np.array([70.0]))


def test_a_mean_that_is_not_above_zero_is_refused() -> None:
    with pytest.raises(NotEstimableError, match=r"over the 2 schools is 0\. "):
        estimate_unweighted_cv(np.array([-1.0, 1.0]))


@pytest.mark.slow
@pytest.mark.parametrize("n_schools", [8, 20, 60])
def test_intervals_cover_the_coefficient_of_all_schools_of_the_kind(n_schools: int) -> None:
    rng = np.random.default_rng(20240609)
    alike, by_pupils = [], []
    for _ in range(3000):
        value = rng.normal(70, 7, size=n_schools)
        size = rng.lognormal(5, 0.6, size=n_schools).round()
        found = estimate_unweighted_cv(value), estimate_weighted_cv(n=size, value=value)
        alike.append(found[0].low <= 0.1 <= found[0].high)
        by_pupils.append(found[1].low <= 0.1 <= found[1].high)
    # Standard error 0.004; the jackknife of schools of unlike size falls a little short.
    assert np.mean(alike) == pytest.approx(0.945, abs=0.015)
    assert np.mean(by_pupils) == pytest.approx(0.935, abs=0.015)
