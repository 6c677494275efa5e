"""Schemes: weights of a tree, refusals with their numbers, sliders."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.weighting.scheme import IndicatorTree, Leaf, Node, reweigh, share_out
from tests.core.weighting.make_schemes import leaves_of, scheme_of


def test_a_leaf_weighs_the_product_of_the_weights_on_its_path() -> None:
    inner = (Leaf("mean", "math", 0.25), Leaf("mean", "chinese", 0.75))
    outer = (Node("attainment", 0.4, inner), Leaf("value_added", "total", 0.6))
    scheme = scheme_of(*outer)
    assert scheme.keys == ("math.mean", "chinese.mean", "total.value_added")
    assert scheme.weights == pytest.approx([0.1, 0.3, 0.6])


@given(st.lists(st.integers(1, 99), min_size=1, max_size=12))
def test_weights_of_any_scheme_sum_to_one(raw: list[int]) -> None:
    scheme = scheme_of(*leaves_of(share_out(raw).tolist()))
    assert scheme.weights.sum() == pytest.approx(1)
    assert scheme.weights == pytest.approx(np.array(raw) / sum(raw))


def test_weights_that_miss_one_are_refused_with_the_sum_found() -> None:
    with pytest.raises(SettingsError, match=r"node -.*sum 0\.9 of 2, negative or missing 0"):
        IndicatorTree((Leaf("z", "total", 0.5), Leaf("mean", "total", 0.4)))


def test_the_node_whose_weights_miss_one_is_named() -> None:
    parts = (Leaf("z", "total", 0.5), Leaf("mean", "total", 0.6))
    with pytest.raises(SettingsError, match=r"node attainment.*sum 1\.1 of 2"):
        IndicatorTree((Node("attainment", 1.0, parts),))


def test_an_empty_tree_and_an_empty_node_are_refused() -> None:
    with pytest.raises(SettingsError, match="sum 0 of 0"):
        IndicatorTree(())
    with pytest.raises(SettingsError, match=r"node empty.*sum 0 of 0"):
        IndicatorTree((Node("empty", 1.0, ()),))


@pytest.mark.parametrize("weight", [-0.5, float("nan")])
def test_negative_and_missing_weights_are_refused(weight: float) -> None:
    with pytest.raises(SettingsError, match="negative or missing 1"):
        IndicatorTree((Leaf("z", "total", weight), Leaf("mean", "total", 1.5)))


def test_an_indicator_that_stands_twice_is_refused_by_name() -> None:
    twice = Node("again", 0.5, (Leaf("z", "total", 1.0),))
    with pytest.raises(SettingsError, match=r"more than once: 1 \(total\.z\)"):
        IndicatorTree((Leaf("z", "total", 0.5), twice))


@pytest.mark.parametrize("name", ["line_rate", "top_n_rate", "top_n_count_630"])
def test_all_weight_on_admission_is_refused_with_the_reason(name: str) -> None:
    leaves = (Leaf(name, "total", 1.0), Leaf("value_added", "total", 0.0))
    with pytest.raises(SettingsError, match=r"100 % of the weight.*only criterion.*003-篇6"):
        IndicatorTree(leaves)


def test_admission_beside_something_else_is_allowed() -> None:
    tree = IndicatorTree((Leaf("line_rate", "total", 0.9), Leaf("mean", "total", 0.1)))
    assert [leaf.is_admission for leaf in tree.leaves] == [True, False]


def test_a_direction_that_does_not_exist_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(SettingsError, match=r"total\.z .* when 'Lower'\. .*: higher lower"):
        Leaf("z", "total", 1.0, "Lower")  # type: ignore[arg-type]


def test_sliders_become_shares() -> None:
    scheme = reweigh(scheme_of(*leaves_of([0.5, 0.5])), {"total.k0": 30, "total.k1": 90})
    assert scheme.weights.tolist() == [0.25, 0.75]
    assert (scheme.name, scheme.normalisation) == ("A", "z")


def test_sliders_of_other_indicators_are_refused_by_name() -> None:
    with pytest.raises(SettingsError, match=r"different: total\.k1, total\.k9"):
        reweigh(scheme_of(*leaves_of([0.5, 0.5])), {"total.k0": 1, "total.k9": 1})


def test_sliders_that_are_all_zero_or_negative_are_refused() -> None:
    with pytest.raises(SettingsError, match="negative or missing 0, sum 0"):
        share_out([0, 0])
    with pytest.raises(SettingsError, match="negative or missing 1, sum 1"):
        share_out([-1, 2])
