"""Normalisation: hand-computed values, directions, constants, properties, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.errors import SettingsError
from core.weighting.normalise import normalise
from core.weighting.scheme import NORMALISATIONS, Leaf, Normalisation

Floats = NDArray[np.float64]

UP, DOWN = Leaf("mean", "total", 1.0), Leaf("low_rate", "total", 1.0, "lower")
VALUES = st.lists(st.integers(-20, 20), min_size=2, max_size=12).filter(
    lambda v: len(set(v)) > 1
)


def scaled(values: list[float], leaf: Leaf, method: Normalisation) -> list[float]:
    """Return one indicator normalised."""
    column: list[float] = (
        normalise(np.array(values, float)[:, None], leaves=[leaf], method=method)
        .value[:, 0]
        .tolist()
    )
    return column


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("z", [-1.2247449, 0, 1.2247449]),
        ("min_max", [0, 0.5, 1]),
        ("rank", [1 / 6, 3 / 6, 5 / 6]),
        ("share_of_best", [0.6, 0.8, 1]),
    ],
)
def test_three_schools_are_scaled_as_computed_by_hand(
    method: Normalisation, expected: list[float]
) -> None:
    assert scaled([60, 80, 100], UP, method) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("z", [1.2247449, 0, -1.2247449]),
        ("min_max", [1, 0.5, 0]),
        ("rank", [5 / 6, 3 / 6, 1 / 6]),
        ("share_of_best", [1, 0.8 / 0.9, 0.7 / 0.9]),
    ],
)
def test_where_less_is_better_the_least_comes_first(
    method: Normalisation, expected: list[float]
) -> None:
    assert scaled([0.1, 0.2, 0.3], DOWN, method) == pytest.approx(expected)


def test_equal_values_share_the_mean_of_their_ranks() -> None:
    assert scaled([1, 5, 5, 9], UP, "rank") == pytest.approx([1 / 8, 4 / 8, 4 / 8, 7 / 8])


@given(VALUES, st.floats(0.1, 50), st.floats(-100, 100))
def test_z_min_max_and_rank_do_not_see_the_unit(
    values: list[int], scale: float, shift: float
) -> None:
    other = [shift + scale * value for value in values]
    for method in NORMALISATIONS[:3]:
        assert scaled(other, UP, method) == pytest.approx(
            scaled([float(v) for v in values], UP, method), abs=1e-6
        )


@given(VALUES)
def test_every_normalisation_keeps_the_order(values: list[int]) -> None:
    positive = [value + 21.0 for value in values]
    for method in NORMALISATIONS:
        order = np.argsort(scaled(positive, UP, method), kind="stable")
        assert np.array(positive)[order].tolist() == sorted(positive)


@given(VALUES)
def test_one_top_school_moves_everybodys_share_of_the_best_and_nobodys_rank_below(
    values: list[int],
) -> None:
    positive = [value + 21.0 for value in values]
    with_star = [*positive, 400.0]
    before = np.array(scaled(positive, UP, "share_of_best"))
    shares = scaled(with_star, UP, "share_of_best")[:-1]
    assert shares == pytest.approx(before * max(positive) / 400)
    assert max(shares) < 0.11


@pytest.mark.parametrize(("method", "neutral"), [("z", 0.0), ("min_max", 0.5), ("rank", 0.5)])
def test_a_constant_indicator_is_neutral_and_marked(
    method: Normalisation, neutral: float
) -> None:
    value = np.array([[0.3, 1.0], [0.1 + 0.2, 2.0], [0.3, 3.0]])
    result = normalise(value, leaves=[UP, UP], method=method)
    assert result.has_spread.tolist() == [False, True]
    assert result.value[:, 0].tolist() == [neutral] * 3


def test_shares_of_the_best_refuse_values_below_zero_with_the_range() -> None:
    with pytest.raises(SettingsError, match=r"total\.mean goes from -2 to 5"):
        scaled([-2, 5], UP, "share_of_best")


def test_shares_of_the_best_refuse_a_best_of_zero() -> None:
    with pytest.raises(SettingsError, match=r"total\.mean goes from 0 to 0"):
        scaled([0, 0], UP, "share_of_best")
    with pytest.raises(SettingsError, match=r"total\.low_rate goes from 0 to 0"):
        scaled([1, 1], DOWN, "share_of_best")


def test_shares_of_the_best_need_a_rate_where_less_is_better() -> None:
    with pytest.raises(SettingsError, match=r"rate.*total\.low_rate goes from 3 to 12"):
        scaled([3, 12], DOWN, "share_of_best")


def test_an_unknown_method_is_refused_with_those_that_exist() -> None:
    bad: Normalisation = "magic"  # type: ignore[assignment]
    with pytest.raises(SettingsError, match=r"'magic'.*z min_max rank share_of_best"):
        scaled([1, 2], UP, bad)
