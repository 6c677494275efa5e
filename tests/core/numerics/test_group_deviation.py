"""Deviations from the group: slow linear algebra, least squares, special cases, properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numerics.group_deviation import (
    Measures,
    level_beside_group,
    profile_beside_group,
    profile_of,
)

N_UNITS, N_MEASURES = 6, 3
GROUP = np.array([0, 0, 0, 1, 1, 1])
WEIGHT = np.array([5.0, 1.0, 3.0, 2.0, 8.0, 4.0])


def _measures(seed: int) -> Measures:
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(N_UNITS, N_MEASURES, N_MEASURES))
    value = rng.normal(size=(N_UNITS, N_MEASURES))
    value[1, 2] = np.nan
    return Measures(value, error=root @ root.swapaxes(1, 2))


def _profile(value: np.ndarray, error: np.ndarray) -> np.ndarray:
    found = profile_beside_group(Measures(value, error), weight=WEIGHT, group=GROUP)
    return found.value.ravel()


def test_the_error_of_a_profile_is_that_of_the_linear_map_of_all_units() -> None:
    measures = _measures(1)
    known = ~np.isnan(measures.value).ravel()
    origin = np.where(np.isnan(measures.value), np.nan, 0.0)
    columns = []
    for place in range(known.size):
        step = origin.copy().ravel()
        step[place] += 1
        columns.append(_profile(step.reshape(origin.shape), measures.error))
    keep = np.ix_(known, known)
    jacobian = np.array(columns).T[keep]
    covariance = np.zeros((known.size, known.size))
    for j in range(N_UNITS):
        own = slice(j * N_MEASURES, (j + 1) * N_MEASURES)
        covariance[own, own] = measures.error[j]
    slow = np.sqrt(np.diag(jacobian @ covariance[keep] @ jacobian.T))
    se = profile_beside_group(measures, weight=WEIGHT, group=GROUP).se.ravel()
    assert se[known] == pytest.approx(slow)
    assert np.isnan(se[~known]).all()


def test_a_profile_is_the_residual_of_units_and_measures_by_least_squares() -> None:
    measures = _measures(2)
    found = profile_beside_group(measures, weight=WEIGHT, group=GROUP).value
    for g in (0, 1):
        inside = np.equal(GROUP, g)[:, None]
        unit, measure = np.nonzero(~np.isnan(measures.value) & inside)
        design = np.column_stack([np.eye(N_UNITS)[unit], np.eye(N_MEASURES)[measure]])
        root = np.sqrt(WEIGHT[unit])[:, None]
        z = measures.value[unit, measure]
        effects = np.linalg.lstsq(design * root, z * root[:, 0], rcond=None)[0]
        assert found[unit, measure] == pytest.approx(z - design @ effects)


def test_without_holes_a_profile_is_the_difference_of_two_differences() -> None:
    z = np.array([[0.3, 0.1], [0.0, 0.4], [-0.2, -0.2]])
    measures = Measures(z, error=np.stack([np.eye(2)] * 3))
    weight = np.array([1.0, 2.0, 1.0])
    of_group = weight @ z / 4
    by_hand = (z - z.mean(axis=1, keepdims=True)) - (of_group - of_group.mean())
    found = profile_beside_group(measures, weight=weight, group=np.zeros(3, int))
    assert found.value == pytest.approx(by_hand)


def test_a_unit_that_is_half_its_group_has_half_the_level_and_half_the_error() -> None:
    pair = Measures(np.array([[0.0], [1.0]]), error=np.array([[[1.0]], [[1.0]]]))
    level = level_beside_group(pair, weight=np.ones((2, 1)), group=np.zeros(2, int))
    assert level.value.ravel() == pytest.approx([-0.5, 0.5])
    assert level.se.ravel() ** 2 == pytest.approx([0.5, 0.5])


def test_in_a_large_group_the_error_is_that_of_the_unit_alone() -> None:
    error = np.tile([[1.0, 0.6], [0.6, 1.0]], (2000, 1, 1))
    profile = profile_beside_group(
        Measures(np.zeros((2000, 2)), error), weight=np.ones(2000), group=np.zeros(2000, int)
    )
    # a'Ra with a = (1/2, -1/2): (1 - 0.6) / 2
    assert profile.se == pytest.approx(np.full((2000, 2), np.sqrt(0.2)), rel=1e-3)


def test_a_measure_that_nobody_else_of_the_group_has_is_not_compared() -> None:
    value = np.array([[0.0, 1.0], [np.nan, 2.0]])
    measures = Measures(value, error=np.stack([np.eye(2)] * 2))
    group = np.zeros(2, int)
    level = level_beside_group(measures, weight=np.ones((2, 2)), group=group)
    assert np.isnan(level.value).tolist() == [[True, False], [True, False]]
    profile = profile_beside_group(measures, weight=np.ones(2), group=group)
    assert np.isnan(profile.value).all()


def test_a_unit_with_one_measure_has_no_profile() -> None:
    one = Measures(np.array([[1.0, np.nan]]), error=np.eye(2)[None])
    assert np.isnan(profile_of(one).value).all()


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6), st.floats(0.1, 10), st.floats(-5, 5), st.floats(-5, 5))
def test_easier_papers_and_stronger_units_leave_profiles_as_they_are(
    seed: int, scale: float, of_paper: float, of_unit: float
) -> None:
    measures = _measures(seed)
    moved = scale * measures.value
    moved[:, 1] += of_paper
    moved[1] += of_unit
    plain = profile_beside_group(measures, weight=WEIGHT, group=GROUP)
    other = profile_beside_group(
        Measures(moved, scale**2 * measures.error), weight=WEIGHT, group=GROUP
    )
    assert other.value == pytest.approx(scale * plain.value, abs=1e-8, nan_ok=True)
    assert other.se == pytest.approx(scale * plain.se, nan_ok=True)
    assert np.nansum(plain.value, axis=1) == pytest.approx(np.zeros(N_UNITS), abs=1e-9)


def test_errors_that_are_the_same_in_all_measures_leave_a_profile_without_error() -> None:
    rng = np.random.default_rng(8)
    se = rng.uniform(0.05, 0.2, N_UNITS)
    measures = Measures(
        rng.normal(size=(N_UNITS, N_MEASURES)),
        error=(se**2)[:, None, None] * np.ones((N_MEASURES, N_MEASURES)),
    )
    found = profile_beside_group(measures, weight=WEIGHT, group=GROUP)
    assert (found.se == 0).all()
    assert (profile_of(measures).se == 0).all()
