"""Setting weights: which indicators, sliders with locks, figures, weights from the data."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from core.weighting.edit import (
    Part,
    Path,
    choose_indicators,
    move_weight,
    paths_of,
    set_weights,
    tree_of,
)
from core.weighting.from_data import (
    equal_weights,
    estimate_critic_weights,
    estimate_entropy_weights,
)
from core.weighting.normalise import normalise
from core.weighting.scheme import IndicatorTree, Leaf, Node
from core.weighting.short_text import percent
from pipeline.views import NamedScheme
from ui.state.weighting import Compared
from ui.text import marked
from ui.vocabulary import scheme_name
from ui.widgets.choice import choose
from ui.widgets.weights_pairs import show_pairs
from ui.widgets.weights_tree import Bench, leaves_of, show_refusal

_STEP = 0.5
_LOCKED = "weights_locked"
_ENTRIES: dict[str, str] = {
    "sliders": marked("by slider"),
    "numbers": marked("by number"),
    "pairs": marked("in pairs (AHP)"),
}
_FROM_DATA: dict[str, str] = {
    "equal": marked("Equal"),
    "entropy": marked("Entropy"),
    "critic": marked("CRITIC"),
}


def pick_start(bench: Bench, schemes: Sequence[NamedScheme]) -> None:
    """Offer to begin from a scheme: its weights, scale and sum take the place of the own."""
    words = bench.words
    names = [scheme_name(s.label, words=words) for s in schemes]

    def load() -> None:
        place = st.session_state["weights_start"]
        if place is not None:
            bench.keep_scheme(schemes[place].weights)
            st.session_state["weights_start"] = None

    st.selectbox(
        words("Begin from a scheme"),
        range(len(schemes)),
        index=None,
        key="weights_start",
        format_func=lambda place: names[place],
        placeholder=words("Choose a scheme"),
        on_change=load,
    )


def pick_indicators(bench: Bench, tree: IndicatorTree) -> None:
    """Ask which indicators the composite is made of."""
    keys = [leaf.key for leaf in tree.leaves]
    key = "weights_indicators"
    st.session_state[key] = keys

    def change() -> None:
        chosen = st.session_state[key]
        if chosen:
            bench.keep(choose_indicators(tree.parts, leaves_of(bench, chosen)))

    st.multiselect(
        bench.words("Indicators"),
        list(bench.names),
        key=key,
        format_func=lambda code: bench.names[code],
        placeholder=bench.words("none chosen"),
        on_change=change,
    )


def show_entry(bench: Bench, tree: IndicatorTree, schools: Compared) -> None:
    """Let the weights be set in the chosen way."""
    words = bench.words
    show_refusal()
    names = {code: words(name) for code, name in _ENTRIES.items()}
    match choose("entry", words("Set the weights"), names):
        case "numbers":
            _show_numbers(bench, tree)
        case "pairs":
            show_pairs(bench, tree)
        case _:
            _show_sliders(bench, tree)
    _offer_from_data(bench, tree, schools)


def _show_sliders(bench: Bench, tree: IndicatorTree) -> None:
    words = bench.words
    parts = dict(paths_of(tree.parts))
    named = {path: _name(bench, path, parts[path]) for path in parts}
    locked = [path for path in st.session_state.get(_LOCKED, []) if path in parts]
    for path, part in parts.items():
        key, weight = f"weight {path}", percent(part.weight)
        if st.session_state.get(key) != weight:
            # Not the one that was moved: it may be on its way further already.
            st.session_state[key] = weight

        def move(path: Path = path, key: str = key) -> None:
            to = st.session_state[key] / 100
            bench.keep(move_weight(tree.parts, path, to=to, locked=locked))

        st.slider(named[path], 0.0, 100.0, step=_STEP, key=key, format="%.1f%%", on_change=move)
    st.session_state[_LOCKED] = locked
    st.pills(
        words("Locked: these stay while others move"),
        list(parts),
        selection_mode="multi",
        key=_LOCKED,
        format_func=lambda path: named[path],
    )


def _show_numbers(bench: Bench, tree: IndicatorTree) -> None:
    words = bench.words
    keys = {
        path: f"number {path} {percent(part.weight)}" for path, part in paths_of(tree.parts)
    }

    def use() -> None:
        given = {path: float(st.session_state[key]) for path, key in keys.items()}
        bench.try_keep(lambda: _typed(tree.parts, given))

    with st.form("weights_numbers", border=False):
        for path, part in paths_of(tree.parts):
            st.number_input(
                _name(bench, path, part),
                min_value=0.0,
                value=percent(part.weight),
                step=1.0,
                format="%.3g",
                key=keys[path],
            )
        st.caption(words("Numbers of one level need not sum to 100; they are shared out."))
        st.form_submit_button(
            words("Use these weights"), key="weights_use_numbers", on_click=use
        )


def _typed(parts: Sequence[Part], given: Mapping[Path, float]) -> tuple[Part, ...]:
    """Return the parts with weights as they were typed, shared out in every node."""

    def typed(part: Part, path: Path) -> Part:
        if isinstance(part, Leaf):
            return replace(part, weight=given[path])
        inside = (typed(each, (*path, place)) for place, each in enumerate(part.parts))
        return Node(part.name, given[path], tuple(inside))

    return tree_of([typed(part, (place,)) for place, part in enumerate(parts)]).parts


def _offer_from_data(bench: Bench, tree: IndicatorTree, schools: Compared) -> None:
    words = bench.words
    with st.container(horizontal=True, key="weights_from_data"):
        for way, name in _FROM_DATA.items():

            def use(way: str = way) -> None:
                bench.try_keep(lambda: set_weights(tree.parts, _weights(way, tree, schools)))

            st.button(words(name), key=f"weights_{way}", on_click=use)


def _weights(way: str, tree: IndicatorTree, schools: Compared) -> dict[str, float]:
    """Return weights of the indicators from the schools that have them all."""
    leaves = tree.leaves
    keys = [leaf.key for leaf in leaves]
    if way == "equal":
        found = equal_weights(len(keys))
    else:
        complete = schools.wide.value[keys].dropna().to_numpy(float)
        value = normalise(complete, leaves=leaves, method="min_max").value
        estimate = estimate_entropy_weights if way == "entropy" else estimate_critic_weights
        found = estimate(value, keys=keys)
    return dict(zip(keys, np.asarray(found).tolist(), strict=True))


def _name(bench: Bench, path: Path, part: Part) -> str:
    """Return a part in words; what lies in a node stands behind a sign for each level."""
    own = bench.names[part.key] if isinstance(part, Leaf) else f"**{part.name}**"
    return "› " * (len(path) - 1) + own
