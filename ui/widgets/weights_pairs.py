"""Weights from judgements in pairs (AHP): each pair a slider, with how far they agree."""

from itertools import combinations

import numpy as np
import streamlit as st

from core.weighting.edit import Path, node_parts, paths_of, set_node
from core.weighting.pairwise import (
    CONSISTENT_BELOW,
    PairwiseWeights,
    estimate_pairwise_weights,
)
from core.weighting.scheme import IndicatorTree, Leaf, Node
from ui import formats
from ui.widgets.weights_tree import Bench

_MOST = 9
"""Parts of one node that can be compared: 36 pairs; more make nobody wiser."""

_SAME = 1
_SCALE = (*range(9, 0, -1), *range(-2, -10, -1))
"""9 to 2: the first matters so many times as much; 1: the same; -2 to -9: the second does."""


def show_pairs(bench: Bench, tree: IndicatorTree) -> None:
    """Ask for judgements on the parts of one node and offer the weights that follow."""
    words = bench.words
    path = _pick_node(bench, tree)
    parts = node_parts(tree.parts, path)
    names = [bench.names[p.key] if isinstance(p, Leaf) else p.name for p in parts]
    if not 2 <= len(parts) <= _MOST:
        st.info(
            words(
                "Pairs are compared among 2 to {most} indicators (here: {n}). Group them, or "
                "choose fewer.",
                most=_MOST,
                n=len(parts),
            )
        )
        return
    matrix = np.ones((len(parts), len(parts)))
    st.caption(words("How many times as much does one matter as the other?"))
    for row, column in combinations(range(len(parts)), 2):
        matrix[row, column] = _ask(bench, names[row], names[column])
        matrix[column, row] = 1 / matrix[row, column]
    found = estimate_pairwise_weights(matrix, keys=names)
    _show_result(bench, found, names)
    st.button(
        words("Use these weights"),
        key="weights_use_pairs",
        disabled=found.consistency_ratio >= CONSISTENT_BELOW,
        on_click=lambda: bench.keep(set_node(tree.parts, path, found.weights.tolist())),
    )


def _show_result(bench: Bench, found: PairwiseWeights, names: list[str]) -> None:
    words = bench.words
    listed = " · ".join(
        f"{name} {formats.rate(float(weight))}"
        for name, weight in zip(names, found.weights, strict=True)
    )
    st.markdown(formats.safe_markdown(listed))
    st.caption(
        words(
            "Consistency ratio {ratio}; below {limit} is required.",
            ratio=formats.plain(found.consistency_ratio, digits=2),
            limit=CONSISTENT_BELOW,
        )
    )
    for notice in found.notices:
        st.warning(formats.told((notice.message, notice.message_zh), words=words))


def _ask(bench: Bench, first: str, second: str) -> float:
    """Return how many times as much the first matters as the second."""
    words = bench.words

    def told(answer: int) -> str:
        if answer == _SAME:
            return words("equal")
        return f"{first} {answer}:1" if answer > 0 else f"1:{-answer} {second}"

    answer = st.select_slider(
        words("{first} or {second}", first=first, second=second),
        _SCALE,
        value=_SAME,
        key=f"pair {first} / {second}",
        format_func=told,
        persist_state="session",
    )
    return float(answer) if answer > 0 else 1 / -answer


def _pick_node(bench: Bench, tree: IndicatorTree) -> Path:
    """Ask which node's parts are compared, where there are nodes."""
    words = bench.words
    named: dict[Path, str] = {(): words("the whole")}
    named |= {path: part.name for path, part in paths_of(tree.parts) if isinstance(part, Node)}
    if len(named) == 1:
        return ()
    chosen = st.selectbox(
        words("Parts of"), list(named), key="pairs_node", format_func=lambda path: named[path]
    )
    return chosen or ()
