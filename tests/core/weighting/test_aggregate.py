"""Aggregation: hand-computed means, ranks of composites, refusals with numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.weighting.aggregate import rank_composite, terms_of
from core.weighting.scheme import Aggregation

POSITIVE = st.lists(
    st.tuples(st.floats(0.05, 1), st.floats(0.05, 1), st.floats(0.05, 1)),
    min_size=1,
    max_size=8,
)


def composite(value: list[list[float]], weights: list[float], kind: Aggregation) -> list[float]:
    keys = [f"k{i}" for i in range(len(weights))]
    terms = terms_of(np.array(value), weights=np.array(weights), aggregation=kind, keys=keys)
    result: list[float] = terms.composite.tolist()
    return result


def test_means_of_two_indicators_are_as_computed_by_hand() -> None:
    value, weights = [[1.0, 0.25], [0.5, 0.5]], [0.5, 0.5]
    assert composite(value, weights, "mean") == pytest.approx([0.625, 0.5])
    assert composite(value, weights, "geometric") == pytest.approx([0.5, 0.5])


@given(POSITIVE, st.permutations([0, 1, 2]), st.sampled_from(["mean", "geometric"]))
def test_indicators_carry_their_weights_in_any_order(
    rows: list[tuple[float, ...]], order: list[int], kind: Aggregation
) -> None:
    value, weights = np.array(rows), np.array([0.5, 0.3, 0.2])
    plain = composite(value.tolist(), weights.tolist(), kind)
    moved = composite(value[:, order].tolist(), weights[order].tolist(), kind)
    assert moved == pytest.approx(plain)


@given(POSITIVE)
def test_the_geometric_mean_never_exceeds_the_mean(rows: list[tuple[float, ...]]) -> None:
    value, weights = [list(row) for row in rows], [0.5, 0.3, 0.2]
    geometric = np.array(composite(value, weights, "geometric"))
    assert np.all(geometric <= np.array(composite(value, weights, "mean")) + 1e-12)


def test_what_has_no_weight_may_have_any_value() -> None:
    assert composite([[0.5, -3.0]], [1.0, 0.0], "geometric") == pytest.approx([0.5])


def test_a_geometric_mean_refuses_values_that_are_not_positive_with_their_number() -> None:
    words = r"not above 0 2, the smallest -1\.5, in k1"
    with pytest.raises(SettingsError, match=words):
        composite([[1.0, 0.0], [1.0, -1.5]], [0.5, 0.5], "geometric")


def test_an_unknown_aggregation_is_refused_with_those_that_exist() -> None:
    bad: Aggregation = "median"  # type: ignore[assignment]
    with pytest.raises(SettingsError, match=r"'median'.*mean geometric"):
        composite([[1.0]], [1.0], bad)


def test_composites_that_differ_in_their_last_digit_share_a_rank() -> None:
    assert rank_composite(np.array([0.1 + 0.2, 0.3, 1.0, 0.0])).tolist() == [2, 2, 1, 4]
    assert rank_composite(np.zeros(3)).tolist() == [1, 1, 1]
