"""AHP: Saaty's published example, special cases, properties, refusals."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.errors import SettingsError
from core.weighting.pairwise import PairwiseWeights, estimate_pairwise_weights

Floats = NDArray[np.float64]

# Saaty (1990), European Journal of Operational Research 48: buying a house, 8 criteria (size,
# transport, neighbourhood, age, yard, facilities, condition, financing), upper triangle.
HOUSE = "5 3 7 6 6 1/3 1/4 | 1/3 5 3 3 1/5 1/7 | 6 3 4 6 1/5 | 1/3 1/4 1/7 1/8 | 1/2 1/5 1/6 | "
HOUSE += "1/5 1/6 | 1/2"
HOUSE_WEIGHTS = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]

PRINTED = 0.0015
"""The published weights have three decimals, made with the means of the day."""


def matrix_of(upper: str) -> Floats:
    """Return the reciprocal matrix of an upper triangle written by rows."""
    rows = [[float(Fraction(cell)) for cell in row.split()] for row in upper.split("|")]
    matrix = np.eye(len(rows) + 1)
    for i, row in enumerate(rows):
        matrix[i, i + 1 :] = row
        matrix[i + 1 :, i] = 1 / np.array(row)
    return matrix


def fit(matrix: Floats) -> PairwiseWeights:
    return estimate_pairwise_weights(matrix, keys=[f"k{i}" for i in range(len(matrix))])


def test_saatys_house_has_the_published_weights_and_consistency() -> None:
    house = fit(matrix_of(HOUSE))
    assert house.weights == pytest.approx(HOUSE_WEIGHTS, abs=PRINTED)
    assert house.lambda_max == pytest.approx(9.669, abs=0.0015)
    assert house.consistency_index == pytest.approx(0.238, abs=0.0015)
    assert house.consistency_ratio == pytest.approx(0.169, abs=0.0015)


@given(st.lists(st.floats(0.05, 1), min_size=1, max_size=9))
def test_judgements_that_agree_give_back_the_weights_they_came_from(raw: list[float]) -> None:
    weights = np.array(raw) / sum(raw)
    found = fit(weights[:, None] / weights[None, :])
    assert found.weights == pytest.approx(weights)
    assert found.lambda_max == pytest.approx(len(raw))
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.notices == ()


JUDGED = st.lists(st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1.0, 2.0, 7.0]), min_size=6, max_size=6)


@given(JUDGED, st.permutations([0, 1, 2, 3]))
def test_the_order_of_the_indicators_changes_nothing(
    judged: list[float], order: list[int]
) -> None:
    matrix = np.eye(4)
    matrix[np.triu_indices(4, 1)] = judged
    matrix = np.where(np.tri(4, k=-1) > 0, 1 / matrix.T.clip(1e-9), matrix)
    plain, moved = fit(matrix), fit(matrix[np.ix_(order, order)])
    assert moved.weights == pytest.approx(plain.weights[order])
    assert moved.consistency_ratio == pytest.approx(plain.consistency_ratio, abs=1e-9)
    assert plain.lambda_max >= 4 - 1e-9


def test_the_judgement_that_spoils_the_rest_is_named_with_what_would_fit() -> None:
    true = np.array([0.5, 0.25, 0.15, 0.1])
    matrix = true[:, None] / true[None, :]
    matrix[0, 3], matrix[3, 0] = 1 / 8, 8.0
    found = fit(matrix)
    assert found.worst is not None
    assert (found.worst.row, found.worst.column) == (3, 0)
    assert (found.worst.given, found.worst.fitting) == pytest.approx((8, 0.2))
    (notice,) = found.notices
    assert notice.code == "inconsistent_judgements"
    assert f"ratio {found.consistency_ratio:.2f}, required below 0.1" in notice.message
    assert "k3 over k0 = 8; they would fit 0.2" in notice.message
    assert "k3 对 k0 = 8" in notice.message_zh


def test_putting_in_what_would_fit_mends_the_judgements() -> None:
    matrix = matrix_of(HOUSE)
    found = fit(matrix)
    worst = found.worst
    assert worst is not None
    matrix[worst.row, worst.column] = worst.fitting
    matrix[worst.column, worst.row] = 1 / worst.fitting
    assert fit(matrix).consistency_ratio < found.consistency_ratio - 0.02


def test_the_first_textbook_matrix_of_three_has_its_closed_form() -> None:
    """For three indicators lambda_max is 1 + r + 1/r, r the cube root of a_12 a_23 / a_13."""
    matrix = matrix_of("3 5 | 4")
    r = (3 * 4 / 5) ** (1 / 3)
    found = fit(matrix)
    assert found.lambda_max == pytest.approx(1 + r + 1 / r)
    assert found.consistency_ratio == pytest.approx((1 + r + 1 / r - 3) / 2 / 0.58)
    rows = np.prod(matrix, axis=1) ** (1 / 3)
    assert found.weights == pytest.approx(rows / rows.sum())


def test_one_or_two_indicators_cannot_contradict_each_other() -> None:
    assert fit(np.eye(1)).weights.tolist() == [1]
    two = fit(np.array([[1.0, 4.0], [0.25, 1.0]]))
    assert two.weights == pytest.approx([0.8, 0.2])
    assert (two.consistency_ratio, two.worst, two.notices) == (0, None, ())


def test_a_third_typed_with_two_digits_is_taken_as_reciprocal() -> None:
    assert fit(np.array([[1.0, 3.0], [0.33, 1.0]])).weights == pytest.approx(
        [0.75, 0.25], abs=2e-3
    )


def test_a_matrix_that_is_not_square_is_refused_with_its_shape() -> None:
    with pytest.raises(SettingsError, match=r"found: 2 x 3, names 2"):
        estimate_pairwise_weights(np.ones((2, 3)), keys=["a", "b"])
    with pytest.raises(SettingsError, match=r"1 to 15 .*found: 16 x 16, names 16"):
        fit(np.ones((16, 16)))
    with pytest.raises(SettingsError, match=r"found: 0 x 0, names 0"):
        fit(np.ones((0, 0)))


@pytest.mark.parametrize("bad", [0.0, -2.0, np.nan, np.inf])
def test_entries_that_are_not_positive_are_refused_by_name(bad: float) -> None:
    with pytest.raises(SettingsError, match=rf"wrong entries: 2; the first: k0 / k1 = {bad:g}"):
        fit(np.array([[1.0, bad], [0.5, 1.0]]))


def test_entries_that_are_not_reciprocal_are_refused_by_name() -> None:
    with pytest.raises(SettingsError, match=r"k0 / k1 = 3, the other way 0\.5"):
        fit(np.array([[1.0, 3.0], [0.5, 1.0]]))


def test_a_diagonal_that_is_not_one_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"wrong entries: 1; the first: k1 / k1 = 2"):
        fit(np.array([[1.0, 3.0], [1 / 3, 2.0]]))
