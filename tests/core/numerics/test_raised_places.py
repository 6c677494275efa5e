"""Raised places: the coefficient from scratch, all sets by brute force, greedy search."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numerics.between_cv import estimate_weighted_cv
from core.numerics.raised_places import (
    EXACT_PLACES,
    RaisedPlaces,
    best_places_by_cv,
    best_places_by_sum,
    weighted_cv_after,
)


def made_places(seed: int, *, n_schools: int = 6, n_places: int = 12) -> RaisedPlaces:
    rng = np.random.default_rng(seed)
    n = rng.integers(20, 300, size=n_schools).astype(float)
    school = rng.integers(0, n_schools, size=n_places)
    return RaisedPlaces(
        n=n,
        total=n * rng.uniform(0.4, 0.8, size=n_schools),
        school=school,
        gain=n[school] * rng.uniform(0, 0.1, size=n_places),
    )


def cv_from_scratch(raised: RaisedPlaces, places: np.ndarray) -> float:
    """Compute the coefficient of the county with these places raised, by its own module."""
    total = raised.total.copy()
    for place in places:
        total[raised.school[place]] += raised.gain[place]
    return estimate_weighted_cv(n=raised.n, value=total / raised.n).estimate


def best_from_scratch(raised: RaisedPlaces) -> float:
    sets = [
        s
        for s in combinations(range(raised.gain.size), 3)
        if len({int(raised.school[p]) for p in s}) == 3
    ]
    return min(cv_from_scratch(raised, np.array(s)) for s in sets)


@settings(deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_fast_update_is_the_county_summed_again(seed: int) -> None:
    raised = made_places(seed)
    _, first = np.unique(raised.school, return_index=True)
    sets = np.array([first[:2], first[1:3]])
    expected = [cv_from_scratch(raised, places) for places in sets]
    assert weighted_cv_after(raised, sets=sets) == pytest.approx(expected)
    nothing = np.empty((1, 0), dtype=np.int64)
    assert weighted_cv_after(raised, sets=nothing)[0] == pytest.approx(
        cv_from_scratch(raised, np.empty(0, dtype=int))
    )


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_other_three_places_leave_a_smaller_coefficient(seed: int) -> None:
    raised = made_places(seed)
    found = best_places_by_cv(raised)
    assert found.is_exact
    assert np.unique(raised.school[found.places]).size == 3
    assert cv_from_scratch(raised, found.places) == pytest.approx(best_from_scratch(raised))


@pytest.mark.parametrize("seed", range(3))
def test_beyond_forty_places_the_search_finds_the_best_of_all(seed: int) -> None:
    raised = made_places(seed, n_schools=20, n_places=EXACT_PLACES + 5)
    found = best_places_by_cv(raised)
    assert not found.is_exact
    sets = np.array(list(combinations(range(raised.gain.size), 3)))
    different = np.all(np.diff(np.sort(raised.school[sets], axis=1), axis=1) > 0, axis=1)
    best = weighted_cv_after(raised, sets=sets[different]).min()
    assert cv_from_scratch(raised, found.places) == pytest.approx(best, rel=0.005)


def test_forty_places_of_two_schools_still_leave_room_for_a_third() -> None:
    school = np.array([0] * 30 + [1] * 30 + [2])
    raised = RaisedPlaces(
        n=np.full(4, 100.0),
        total=np.array([40.0, 42.0, 60.0, 62.0]),
        school=school,
        gain=np.array([5.0] * 60 + [0.1]),
    )
    assert raised.school[best_places_by_cv(raised).places].tolist() == [0, 1, 2]


def test_the_best_sum_takes_one_place_per_school() -> None:
    school = np.array([0, 0, 0, 1, 2, 3])
    found = best_places_by_sum(np.array([5.0, 9, 8, 3, 7, 3]), school=school)
    assert found.places.tolist() == [1, 4, 3]


def test_fewer_than_three_schools_give_as_many_places() -> None:
    found = best_places_by_sum(np.array([1.0, 2.0, 4.0]), school=np.array([0, 0, 1]))
    assert found.places.tolist() == [2, 1]


def test_schools_that_become_equal_leave_a_coefficient_of_zero() -> None:
    raised = RaisedPlaces(
        n=np.array([3.0, 7.0]),
        total=np.array([0.3, 1.4]),
        school=np.array([0]),
        gain=np.array([0.3]),
    )
    assert weighted_cv_after(raised, sets=np.array([[0]])).tolist() == [0]


def test_a_county_of_zeros_has_no_coefficient() -> None:
    raised = RaisedPlaces(np.ones(2), np.zeros(2), np.array([0]), np.array([0.0]))
    assert np.isnan(weighted_cv_after(raised, sets=np.array([[0]]))).all()
