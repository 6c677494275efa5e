"""Trees changed by hand: sums stay 1, locked weights stay, chosen indicators and no others."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.weighting.edit import (
    choose_indicators,
    move_weight,
    node_parts,
    paths_of,
    set_node,
    set_weights,
    tree_of,
)
from core.weighting.scheme import IndicatorTree, Leaf, Node

WEAK = Node("weak", 0.4, (Leaf("low_rate", "total", 0.25, "lower"), Leaf("p10", "total", 0.75)))
PARTS = (Leaf("z", "total", 0.4), Leaf("value_added", "total", 0.2), WEAK)
PATHS = [path for path, _ in paths_of(PARTS)]


def weights_of(parts: tuple[Leaf | Node, ...]) -> dict[str, float]:
    return {leaf.key: leaf.weight for leaf in IndicatorTree(parts).leaves}


@given(
    path=st.sampled_from(PATHS),
    to=st.floats(0, 1),
    locked=st.sets(st.sampled_from(PATHS), max_size=3),
)
def test_every_node_sums_to_1_after_a_move_and_locked_weights_stay(
    path: tuple[int, ...], to: float, locked: set[tuple[int, ...]]
) -> None:
    moved = move_weight(PARTS, path, to=to, locked=locked)
    IndicatorTree(moved)  # refuses sums that miss 1
    before, after = dict(paths_of(PARTS)), dict(paths_of(moved))
    assert list(before) == list(after)
    for stays in locked - {path}:
        assert after[stays].weight == pytest.approx(before[stays].weight)
    others = [p for p in PATHS if p[:-1] != path[:-1]]
    assert all(after[p].weight == before[p].weight for p in others)


def test_a_move_inside_a_node_leaves_the_node_its_weight() -> None:
    moved = move_weight(PARTS, (2, 0), to=0.5)
    assert [p.weight for p in node_parts(moved, (2,))] == [0.5, 0.5]
    assert [p.weight for p in moved] == [0.4, 0.2, 0.4]


@pytest.mark.parametrize("path", [(3, 0), (0, 0), (-1, 0)])
def test_a_path_that_is_none_is_refused_with_its_place(path: tuple[int, ...]) -> None:
    with pytest.raises(SettingsError, match="no node at place"):
        move_weight(PARTS, path, to=0.5)


def test_weights_set_for_all_indicators_are_those_of_the_composite() -> None:
    wanted = {"total.z": 1.0, "total.value_added": 2.0, "total.low_rate": 3.0, "total.p10": 4.0}
    found = weights_of(set_weights(PARTS, wanted))
    assert found == pytest.approx({key: weight / 10 for key, weight in wanted.items()})


def test_a_node_whose_indicators_all_get_0_keeps_their_proportions() -> None:
    found = set_weights(PARTS, {"total.z": 1.0, "total.value_added": 1.0})
    assert [p.weight for p in found] == [0.5, 0.5, 0.0]
    assert [p.weight for p in node_parts(found, (2,))] == [0.25, 0.75]


def test_weights_of_one_node_are_shared_out_there_alone() -> None:
    found = set_node(PARTS, (2,), [3, 1])
    assert [p.weight for p in node_parts(found, (2,))] == [0.75, 0.25]
    assert [p.weight for p in found] == [0.4, 0.2, 0.4]


@given(st.sets(st.sampled_from(["z", "value_added", "low_rate", "p10", "mean", "pass_rate"])))
def test_chosen_indicators_are_in_the_tree_and_no_others(names: set[str]) -> None:
    leaves = [Leaf(name, "total", 1.0) for name in sorted(names)]
    found = choose_indicators(PARTS, leaves)
    if not names:
        assert found == ()
        return
    weights = weights_of(found)
    assert set(weights) == {f"total.{name}" for name in names}
    assert sum(weights.values()) == pytest.approx(1)


def test_what_stays_keeps_its_proportions_and_its_direction() -> None:
    leaves = [Leaf("low_rate", "total", 1.0), Leaf("p10", "total", 1.0), Leaf("z", "math", 1.0)]
    found = choose_indicators(PARTS, leaves)
    inside = node_parts(found, (0,))
    assert [p.weight for p in inside] == [0.25, 0.75]
    assert isinstance(inside[0], Leaf)
    assert inside[0].better == "lower"
    assert [p.weight for p in found] == [0.5, 0.5]


def test_typed_weights_are_shared_out_in_every_node() -> None:
    weak = Node("weak", 90, (Leaf("p10", "total", 2), Leaf("mean", "math", 6)))
    tree = tree_of([Leaf("z", "total", 30), weak])
    weights = np.array([leaf.weight for leaf in tree.leaves])
    assert weights == pytest.approx([0.25, 0.1875, 0.5625])


def test_all_weight_on_admission_is_refused_with_its_reason() -> None:
    typed = [Leaf("line_rate_key", "total", 50), Leaf("top_n_count_100", "total", 50)]
    with pytest.raises(SettingsError, match="003-篇6 三"):
        tree_of(typed)
