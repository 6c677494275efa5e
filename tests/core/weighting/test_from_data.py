"""Weights from data: published tables, hand-computed values, properties, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.errors import DataError, NotEstimableError, SettingsError
from core.weighting.from_data import (
    equal_weights,
    estimate_component_weights,
    estimate_critic_weights,
    estimate_entropy_weights,
)

Floats = NDArray[np.float64]

# Tuş & Aytaç Adalı (2019), Opsearch 56, 528-538: five programs, six criteria, CRITIC.
PROGRAMS = [
    [5000, 3, 3, 4, 3, 2],
    [680, 5, 3, 2, 2, 1],
    [2000, 3, 2, 3, 4, 3],
    [600, 4, 3, 1, 2, 2],
    [800, 2, 4, 3, 3, 4],
]
PROGRAM_WEIGHTS = [0.157, 0.249, 0.168, 0.121, 0.154, 0.151]

# Xu (2004), European Journal of Operational Research 156, 530-532: entropy weights.
ATTRIBUTES = [[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9], [68, 70, 60, 29]]
ATTRIBUTE_WEIGHTS = [0.4630, 0.3992, 0.1378, 0.0000]

TABLES = st.integers(0, 2**32 - 1).map(lambda seed: np.random.default_rng(seed).random((9, 4)))


def keys_of(value: Floats) -> list[str]:
    return [f"k{i}" for i in range(value.shape[1])]


def test_critic_gives_the_published_weights() -> None:
    value = np.array(PROGRAMS, float)
    scaled = (value - value.min(axis=0)) / np.ptp(value, axis=0)
    weights = estimate_critic_weights(scaled, keys=keys_of(scaled))
    assert weights == pytest.approx(PROGRAM_WEIGHTS, abs=0.0006)


def test_entropy_gives_the_published_weights() -> None:
    value = np.array(ATTRIBUTES, float)
    weights = estimate_entropy_weights(value, keys=keys_of(value))
    assert weights == pytest.approx(ATTRIBUTE_WEIGHTS, abs=0.00006)


def test_entropy_of_one_school_with_everything_is_zero_by_hand() -> None:
    value = np.array([[4.0, 1.0], [0.0, 1.0], [0.0, 2.0]])
    even = 1 - (2 * 0.25 * np.log(4) + 0.5 * np.log(2)) / np.log(3)
    weights = estimate_entropy_weights(value, keys=["a", "b"])
    assert weights == pytest.approx(np.array([1, even]) / (1 + even))


def test_critic_of_two_indicators_goes_by_their_spreads() -> None:
    value = np.array([[0.0, 0.0], [0.0, 1.0], [2.0, 0.5]])
    sd = value.std(axis=0)
    assert estimate_critic_weights(value, keys=["a", "b"]) == pytest.approx(sd / sd.sum())


@pytest.mark.parametrize("r", [0.001, 0.3, 0.9])
def test_the_first_component_of_two_indicators_holds_half_of_one_more_than_their_correlation(
    r: float,
) -> None:
    base = np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
    value = np.column_stack([base[:, 0], r * base[:, 0] + (1 - r**2) ** 0.5 * base[:, 1]])
    fit = estimate_component_weights(value, keys=["a", "b"])
    assert fit.variance_share == pytest.approx((1 + r) / 2)
    assert fit.weights == pytest.approx([0.5, 0.5])
    assert fit.loading == pytest.approx([((1 + r) / 2) ** 0.5] * 2)


@given(TABLES, st.permutations([0, 1, 2, 3]))
def test_weights_go_with_their_indicators_in_any_order(value: Floats, order: list[int]) -> None:
    for estimate in (estimate_entropy_weights, estimate_critic_weights):
        plain = estimate(value, keys=keys_of(value))
        assert plain.sum() == pytest.approx(1)
        assert plain.min() >= 0
        assert estimate(value[:, order], keys=keys_of(value)) == pytest.approx(plain[order])


@given(TABLES, st.permutations(range(9)))
def test_the_order_of_the_schools_changes_nothing(value: Floats, order: list[int]) -> None:
    for estimate in (estimate_entropy_weights, estimate_critic_weights):
        plain = estimate(value, keys=keys_of(value))
        assert estimate(value[order], keys=keys_of(value)) == pytest.approx(plain)


def test_an_indicator_that_never_differs_gets_no_weight() -> None:
    value = np.column_stack([[0.0, 0.5, 1.0], [0.4, 0.4, 0.4], [0.0, 1.0, 0.0], [0.0] * 3])
    for estimate in (estimate_entropy_weights, estimate_critic_weights):
        weights = estimate(value, keys=keys_of(value))
        assert weights[[1, 3]].tolist() == [0, 0]
        assert np.all(weights[[0, 2]] > 0)


def test_a_component_with_loadings_of_both_signs_is_refused_with_the_loading() -> None:
    value = np.column_stack([[1.0, 2, 3, 4], [1.0, 2, 3, 5], [4.0, 3, 2, 1]])
    with pytest.raises(SettingsError, match=r"gives k2 the loading -1\.00 \(below 0: 1 of 3\)"):
        estimate_component_weights(value, keys=keys_of(value))


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1]])
def test_uncorrelated_indicators_have_no_first_component(order: list[int]) -> None:
    signs = np.array([[a, b, c] for a in (-1.0, 1) for b in (-1.0, 1) for c in (-1.0, 1)])
    with pytest.raises(NotEstimableError, match=r"1\.000000 and 1\.000000 \(required: 1e-06"):
        estimate_component_weights(signs[:, order], keys=["a", "b", "c"])


def test_one_indicator_is_its_own_first_component() -> None:
    fit = estimate_component_weights(np.array([[1.0], [2.0], [4.0]]), keys=["a"])
    assert (fit.weights.tolist(), fit.variance_share) == ([1.0], 1.0)


@pytest.mark.parametrize("hole", [np.nan, np.inf])
def test_a_value_that_is_not_known_is_refused_with_its_indicator(hole: float) -> None:
    value = np.random.default_rng(3).random((8, 3))
    value[[0, 4], 1] = hole
    for estimate in (
        estimate_entropy_weights,
        estimate_critic_weights,
        estimate_component_weights,
    ):
        with pytest.raises(DataError, match=r"infinite: 2 of 24, in b\)"):
            estimate(value, keys=["a", "b", "c"])


def test_a_component_without_spread_somewhere_is_refused_by_name() -> None:
    value = np.column_stack([[1.0, 2.0, 3.0], [5.0, 5.0, 5.0]])
    with pytest.raises(NotEstimableError, match=r"without spread: 1: k1"):
        estimate_component_weights(value, keys=keys_of(value))


def test_entropy_refuses_negative_values_with_the_smallest() -> None:
    with pytest.raises(SettingsError, match=r"the smallest: -1\.5, in k1"):
        estimate_entropy_weights(np.array([[1.0, -1.5], [2, 3], [3, 4]]), keys=["k0", "k1"])


def test_critic_refuses_indicators_that_agree_entirely() -> None:
    value = np.column_stack([[0.0, 0.5, 1.0], [0.0, 0.5, 1.0]])
    with pytest.raises(NotEstimableError, match="with spread: 2 of 2: k0, k1"):
        estimate_critic_weights(value, keys=keys_of(value))


def test_two_schools_or_no_spread_are_too_little_for_weights() -> None:
    for estimate in (
        estimate_entropy_weights,
        estimate_critic_weights,
        estimate_component_weights,
    ):
        with pytest.raises(NotEstimableError, match=r"schools 2, indicators with spread 2"):
            estimate(np.array([[1.0, 2.0], [2.0, 1.0]]), keys=["a", "b"])
        with pytest.raises(NotEstimableError, match=r"schools 4, indicators with spread 0"):
            estimate(np.ones((4, 2)), keys=["a", "b"])
        with pytest.raises(NotEstimableError, match=r"schools 0, indicators with spread 0"):
            estimate(np.ones((0, 2)), keys=["a", "b"])


def test_equal_weights_need_an_indicator() -> None:
    assert equal_weights(5).sum() == pytest.approx(1)
    with pytest.raises(SettingsError, match="found: 0"):
        equal_weights(0)
