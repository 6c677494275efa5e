"""Allocation of schools to strata: known apportionments, bounds, refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import SettingsError
from core.sampling.allocation import Allocation, allocate_schools


def allocated(
    n_pupils: list[float],
    *,
    capacity: list[int],
    n_schools: int,
    rule: Allocation = "proportional",
    min_per_stratum: int = 0,
) -> list[int]:
    taken = allocate_schools(
        np.array(n_pupils, dtype=float),
        capacity=np.array(capacity),
        n_schools=n_schools,
        rule=rule,
        min_per_stratum=min_per_stratum,
    )
    return [int(n) for n in taken]


def test_proportional_shares_are_those_of_webster() -> None:
    # 53, 24 and 23 % of seven: exact 3.71, 1.68, 1.61; the example of the textbooks.
    assert allocated([53, 24, 23], capacity=[9, 9, 9], n_schools=7) == [3, 2, 2]


def test_the_square_root_softens_and_fixed_makes_equal() -> None:
    rules: tuple[Allocation, ...] = ("proportional", "square_root", "fixed")
    taken = [
        allocated([900, 100], capacity=[50, 50], n_schools=20, rule=rule) for rule in rules
    ]
    assert taken == [[18, 2], [15, 5], [10, 10]]


def test_a_stratum_gets_its_least_number_and_no_more_than_it_has() -> None:
    shares = allocated([9000, 10, 500], capacity=[4, 1, 30], n_schools=12, min_per_stratum=2)
    assert shares == [4, 1, 7]


@pytest.mark.parametrize(("n_schools", "capacity"), [(5, [9, 9, 9]), (28, [9, 9, 9])])
def test_an_impossible_number_of_schools_is_refused(
    n_schools: int, capacity: list[int]
) -> None:
    with pytest.raises(SettingsError, match=rf"sample of {n_schools} schools.*least 6.*27"):
        allocated([1, 1, 1], capacity=capacity, n_schools=n_schools, min_per_stratum=2)


@settings(max_examples=50, deadline=None)
@given(
    data=st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 20)), min_size=1, max_size=8),
    rule=st.sampled_from(["proportional", "square_root", "fixed"]),
    share=st.floats(0, 1),
)
def test_places_sum_up_within_their_bounds_and_more_pupils_never_get_fewer(
    data: list[tuple[int, int]], rule: Allocation, share: float
) -> None:
    pupils, capacity = (np.array(column) for column in zip(*data, strict=True))
    least = np.minimum(capacity, 2)
    n = int(least.sum() + share * (capacity - least).sum())
    taken = allocate_schools(
        pupils.astype(float), capacity=capacity, n_schools=n, rule=rule, min_per_stratum=2
    )
    assert taken.sum() == n
    assert np.all((taken >= least) & (taken <= capacity))
    # Of two strata with the same bounds, the one with more pupils never has fewer schools.
    if rule != "fixed":
        a, b = np.meshgrid(np.arange(taken.size), np.arange(taken.size))
        alike = (capacity[a] == capacity[b]) & (pupils[a] > pupils[b])
        assert np.all(taken[a][alike] >= taken[b][alike])
