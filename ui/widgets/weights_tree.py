"""The tree of the bench of weights: it lives in the address, whatever sets its weights."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from core.errors import QualityError, SettingsError
from core.indicator_direction import Better
from core.weighting.edit import Part
from core.weighting.scheme import (
    AGGREGATIONS,
    NORMALISATIONS,
    IndicatorTree,
    Leaf,
    WeightScheme,
)
from core.weighting.short_text import read_tree, tree_text
from pipeline.views import NamedScheme, WeightingView
from ui import formats, url_state
from ui.text import Words, marked
from ui.vocabulary import indicator_name, subject_name
from ui.widgets.unknown_code import say_unknown

TREE_KEY, SCALE_KEY, SUM_KEY = "weights", "scale", "sum"
_DEFAULT_KEY, _REFUSAL = "weights_default", "weights_refusal"

SCALES: dict[str, str] = {
    "z": marked("z: mean 0, SD 1"),
    "min_max": marked("from worst 0 to best 1"),
    "rank": marked("place, 0 to 1"),
    "share_of_best": marked("share of the best school"),
}
SUMS: dict[str, str] = {
    "mean": marked("weighted mean"),
    "geometric": marked("geometric mean"),
}


@dataclass(frozen=True, slots=True)
class Bench:
    """What the parts of the bench share: the view, its indicators in words, the words."""

    view: WeightingView
    directions: Mapping[str, Better]
    names: Mapping[str, str]
    words: Words

    def text_of(self, parts: Sequence[Part]) -> str:
        """Return parts of a tree as the address holds them."""
        return tree_text(parts, directions=self.directions)

    def keep(self, parts: Sequence[Part]) -> None:
        """Put parts of a tree into the address: the next run takes them."""
        url_state.follow({TREE_KEY: self.text_of(parts)})

    def try_keep(self, make: Callable[[], Sequence[Part]]) -> None:
        """Put the parts that are made into the address, or say why there are none."""
        try:
            self.keep(make())
        except QualityError as error:
            st.session_state[_REFUSAL] = formats.told_error(error, words=self.words)

    def keep_scheme(self, scheme: WeightScheme) -> None:
        """Put a whole scheme into the address."""
        url_state.follow(
            {
                TREE_KEY: self.text_of(scheme.tree.parts),
                SCALE_KEY: scheme.normalisation,
                SUM_KEY: scheme.aggregation,
            }
        )


def bench_of(view: WeightingView, *, words: Words) -> Bench:
    """Return the bench of a view."""
    rows = view.indicators.to_dict("records")
    names = {str(row["key"]): _name(row, view.stamp.subject, words) for row in rows}
    directions = {str(row["key"]): row["better"] for row in rows}
    return Bench(view, directions, names, words)


def tree_on_bench(bench: Bench) -> IndicatorTree | None:
    """Return the tree that lies on the bench; None where it cannot be used."""
    try:
        return read_tree(str(st.session_state.get(TREE_KEY, "")), directions=bench.directions)
    except SettingsError:
        return None


def open_tree(bench: Bench) -> IndicatorTree | None:
    """Return the tree of the address; None, with the reason, where it cannot be used."""
    default = bench.text_of(bench.view.holds.weights.tree.parts)
    before = st.session_state.get(_DEFAULT_KEY)
    if before not in (None, default) and st.session_state.get(TREE_KEY) == before:
        # Nobody has touched the weights: another exam or subject has its own.
        st.session_state.pop(TREE_KEY, None)
        url_state.write({TREE_KEY: None})
    st.session_state[_DEFAULT_KEY] = default
    text = url_state.prepare_text(TREE_KEY, default=default)
    try:
        tree = read_tree(text, directions=bench.directions)
    except SettingsError as error:
        st.error(formats.told_error(error, words=bench.words))
        st.button(
            bench.words("Back to the official weights"),
            key="weights_back",
            on_click=bench.keep_scheme,
            args=(bench.view.holds.weights,),
        )
        return None
    url_state.write({TREE_KEY: text})
    return tree


def show_refusal() -> None:
    """Say why weights that were asked for are not on the bench."""
    refusal = st.session_state.pop(_REFUSAL, None)
    if refusal is not None:
        st.error(refusal)


def scale_of(bench: Bench) -> tuple[str, str]:
    """Return how indicators are put on one scale and summed, before it is asked for."""
    holds = bench.view.holds.weights
    unknown = [
        url_state.prepare(key, codes=list(names), default=default)
        for key, names, default in (
            (SCALE_KEY, SCALES, holds.normalisation),
            (SUM_KEY, SUMS, holds.aggregation),
        )
    ]
    for code in unknown:
        say_unknown(code)
    return str(st.session_state[SCALE_KEY]), str(st.session_state[SUM_KEY])


def pick_scale(words: Words) -> None:
    """Ask how indicators are put on one scale and summed; ``scale_of`` says what holds."""
    _pick(SCALE_KEY, words("Scale"), SCALES, words)
    _pick(SUM_KEY, words("Summed as"), SUMS, words)


def _pick(key: str, label: str, names: Mapping[str, str], words: Words) -> None:
    chosen = st.selectbox(
        label,
        list(names),
        key=key,
        format_func=lambda code: words(names[code]),
        persist_state="session",
    )
    url_state.write({key: str(chosen)})


def scheme_of(tree: IndicatorTree, scale: str, summed: str) -> WeightScheme:
    """Return the weights of the bench as a scheme that nobody has saved."""
    normalisation = next(code for code in NORMALISATIONS if code == scale)
    aggregation = next(code for code in AGGREGATIONS if code == summed)
    return WeightScheme("-", "-", "-", "-", "", tree, normalisation, aggregation)


def is_same(scheme: WeightScheme, other: NamedScheme, *, bench: Bench) -> bool:
    """Whether weights, scale and sum are those of a named scheme, as the address holds them."""
    named = other.weights
    return (
        bench.text_of(scheme.tree.parts) == bench.text_of(named.tree.parts)
        and scheme.normalisation == named.normalisation
        and scheme.aggregation == named.aggregation
    )


def leaves_of(bench: Bench, keys: Sequence[str]) -> list[Leaf]:
    """Return indicators of the bench as leaves."""
    split = [(key, *key.partition(".")) for key in keys]
    return [
        Leaf(indicator, subject, 1.0, bench.directions[key])
        for key, subject, _, indicator in split
    ]


def _name(row: formats.Row, subject: str, words: Words) -> str:
    name = indicator_name(str(row["indicator"]), words=words)
    if row["subject"] == subject:
        return name
    of = subject_name(str(row["subject"]), str(row["subject_name"]), words=words)
    return f"{of} · {name}"
