"""Trees as text in the address: read again they are the same, and nothing else is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.indicator_direction import Better
from core.weighting.edit import tree_of
from core.weighting.scheme import Leaf, Node
from core.weighting.short_text import read_tree, tree_text

DIRECTIONS: dict[str, Better] = {
    "total.z": "higher",
    "total.low_rate": "lower",
    "math.pass_rate": "higher",
    "total.line_rate_key": "higher",
}
SHARES = st.lists(st.floats(0.01, 1), min_size=3, max_size=3)


@given(SHARES, st.text(max_size=12))
def test_a_tree_is_the_same_after_it_was_read_from_its_text(
    shares: list[float], name: str
) -> None:
    inside = (Leaf("low_rate", "total", 2, "lower"), Leaf("pass_rate", "math", shares[2]))
    tree = tree_of([Leaf("z", "total", shares[0]), Node(name, shares[1], inside)])
    text = tree_text(tree.parts, directions=DIRECTIONS)
    read = read_tree(text, directions=DIRECTIONS)
    assert tree_text(read.parts, directions=DIRECTIONS) == text
    assert [leaf.key for leaf in read.leaves] == [leaf.key for leaf in tree.leaves]
    assert [leaf.weight for leaf in read.leaves] == pytest.approx(
        [leaf.weight for leaf in tree.leaves], abs=2e-5
    )


def test_a_direction_against_the_known_one_is_kept() -> None:
    text = '[["total.z",40,"lower"],["total.low_rate",60]]'
    tree = read_tree(text, directions=DIRECTIONS)
    assert [leaf.better for leaf in tree.leaves] == ["lower", "lower"]
    assert tree_text(tree.parts, directions=DIRECTIONS) == text.replace("40", "40.0").replace(
        "60", "60.0"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "12",
        "{}",
        "[]",
        '["total.z"]',
        '[["total.z"]]',
        '[["total.z","x"]]',
        '[["total.unknown",100]]',
        '[["total.z",-1]]',
        '[["total.z",NaN]]',
        '[["total.z",Infinity]]',
        '[["total.z",100,"sideways"]]',
        '[["a",100,[["b",100,[["c",100,[["d",100,[["total.z",100]]]]]]]]]]',
        "[" * 5000,
        '[["total.line_rate_key",100]]',
        '[["total.z",50],["total.z",50]]',
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        read_tree(text, directions=DIRECTIONS)
