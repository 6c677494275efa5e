"""The search: known minima, the lowest of several, flat directions, the bound."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.numerics.reml_search import find_minimum

Floats = NDArray[np.float64]


def valley(point: Floats) -> tuple[float, Floats]:
    """Give Rosenbrock's function, whose minimum is at (1, 1)."""
    x, y = point
    value = (1 - x) ** 2 + 100 * (y - x**2) ** 2
    gradient = [-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)]
    return float(value), np.array(gradient)


def test_a_bent_valley_is_followed_to_its_end() -> None:
    found = find_minimum(valley, starts=[np.array([-1.2, 1.0])], bound=10.0)
    assert found.point == pytest.approx([1.0, 1.0], abs=1e-9)
    assert found.gradient == pytest.approx([0.0, 0.0], abs=1e-9)
    assert found.value == valley(found.point)[0]


def test_the_lower_of_two_minima_is_returned_whatever_start_comes_first() -> None:
    def tilted(point: Floats) -> tuple[float, Floats]:
        (x,) = point
        return float((x**2 - 1) ** 2 + 0.3 * x), np.array([4 * x * (x**2 - 1) + 0.3])

    for starts in ([-2.0, 2.0], [2.0, -2.0]):
        found = find_minimum(tilted, starts=[np.array([s]) for s in starts], bound=10.0)
        assert found.point[0] == pytest.approx(-1.03557871, abs=1e-8)


def test_a_direction_without_curvature_is_left_alone() -> None:
    def gutter(point: Floats) -> tuple[float, Floats]:
        along = point.sum()
        return float((along - 2) ** 2), np.full(2, 2 * (along - 2))

    found = find_minimum(gutter, starts=[np.array([5.0, 1.0])], bound=10.0)
    assert found.point.sum() == pytest.approx(2.0, abs=1e-12)
    assert found.point[0] - found.point[1] == pytest.approx(4.0)


def test_the_bound_holds() -> None:
    def downhill(point: Floats) -> tuple[float, Floats]:
        return float(-point.sum()), -np.ones(point.size)

    assert find_minimum(downhill, starts=[np.zeros(2)], bound=7.0).point.tolist() == [7.0, 7.0]


@settings(max_examples=40, deadline=None)
@given(
    centre=st.lists(st.floats(-5, 5), min_size=3, max_size=3),
    steepness=st.lists(st.floats(0.01, 1e4), min_size=3, max_size=3),
)
def test_bowls_of_any_steepness_are_found(centre: list[float], steepness: list[float]) -> None:
    c, s = np.array(centre), np.array(steepness)

    def bowl(point: Floats) -> tuple[float, Floats]:
        return float(s @ (point - c) ** 2), 2 * s * (point - c)

    found = find_minimum(bowl, starts=[np.zeros(3)], bound=100.0)
    assert found.point == pytest.approx(c, abs=1e-7)
