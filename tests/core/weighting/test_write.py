"""A scheme written and read again is the same scheme."""

from hypothesis import given
from hypothesis import strategies as st

from core.weighting.parse import parse_scheme
from core.weighting.scheme import (
    AGGREGATIONS,
    NORMALISATIONS,
    Aggregation,
    IndicatorTree,
    Leaf,
    Node,
    Normalisation,
    WeightScheme,
    share_out,
)
from core.weighting.write import scheme_values

RAW = st.lists(st.integers(1, 99), min_size=2, max_size=5)


@given(RAW, RAW, st.sampled_from(NORMALISATIONS), st.sampled_from(AGGREGATIONS))
def test_a_scheme_written_and_read_is_the_same(
    top: list[int], below: list[int], normalisation: Normalisation, aggregation: Aggregation
) -> None:
    names = [f"k{i}" for i in range(len(top) + len(below))]
    shares, inner = share_out(top).tolist(), share_out(below).tolist()
    leaves = [
        Leaf(name, "math", share, "lower" if i % 2 else "higher")
        for i, (name, share) in enumerate(zip(names, inner, strict=False))
    ]
    others = [
        Leaf(name, "total", share)
        for name, share in zip(names[len(below) :], shares[1:], strict=False)
    ]
    tree = IndicatorTree((Node("学业", shares[0], tuple(leaves)), *others))
    scheme = WeightScheme("甲", "2", "张三", "试行", "", tree, normalisation, aggregation)
    assert parse_scheme(scheme_values(scheme), known=names) == scheme
