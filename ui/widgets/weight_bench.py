"""The bench of weights: set them, see places and effective weights, then what follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.errors import QualityError
from core.numerics.rank_draws import BLOCK_DRAWS
from core.weighting.composite import Composite
from core.weighting.scheme import WeightScheme
from pipeline.views import UNSAVED, NamedScheme, SchemeLabel, Stamp, WeightingView
from ui import formats
from ui.state.weighting import PERTURBATION, Compared, compared, refined
from ui.text import Words, marked
from ui.vocabulary import scheme_name
from ui.weak_schools_sentences import group_name
from ui.widgets.choice import choose
from ui.widgets.figure import show_figure, show_sketch
from ui.widgets.weights_doubt import show_agreement, show_any_weights, show_flips
from ui.widgets.weights_entry import pick_indicators, pick_start, show_entry
from ui.widgets.weights_moves import show_gains, show_moves
from ui.widgets.weights_ranks import effective_figure, near_line, rank_rows, ranks_figure
from ui.widgets.weights_tree import (
    Bench,
    bench_of,
    is_same,
    open_tree,
    pick_scale,
    scale_of,
    scheme_of,
)

_LOOKS: dict[str, str] = {
    "moves": marked("who moves"),
    "kinds": marked("who gains, who loses"),
    "flips": marked("paths across the line"),
    "any": marked("any weights"),
    "schemes": marked("several schemes"),
}


@st.fragment
def show_bench(view: WeightingView, schemes: Sequence[NamedScheme], *, words: Words) -> None:
    """Show the bench: a move of a weight draws this part of the page anew and nothing else.

    Parameters
    ----------
    schemes : sequence of NamedScheme
        Those that can be begun from and compared with, that of the exam's day first.
    """
    bench = bench_of(view, words=words)
    group = _pick_group(view, words)
    left, right = st.columns([4, 8])
    with left:
        start = st.container()
        tree = open_tree(bench)
    if tree is None:
        with start:
            pick_start(bench, schemes)
        return
    schools = compared(view, group, keys=[leaf.key for leaf in tree.leaves])
    scheme = scheme_of(tree, *scale_of(bench))
    stamp = stamp_for(view.stamp, scheme, schemes, bench=bench)
    # What changed is sent first; the pickers stand as they were.
    with right:
        draft = _draft(bench, stamp, schools, scheme)
    with start:
        pick_start(bench, schemes)
    with left:
        pick_indicators(bench, tree)
        show_entry(bench, tree, schools)
        pick_scale(words)
    if draft is None:
        return
    with right:
        composite = _finish(bench, stamp, scheme, draft)
    _show_looks(bench, stamp, group, schools, scheme, schemes, composite)


def stamp_for(
    stamp: Stamp, scheme: WeightScheme, schemes: Sequence[NamedScheme], *, bench: Bench
) -> Stamp:
    """Return the stamp of figures by weights of the bench: a scheme's own name if it is one."""
    same = (s.label for s in schemes if is_same(scheme, s, bench=bench))
    return replace(stamp, scheme=next(same, SchemeLabel(UNSAVED)))


def _pick_group(view: WeightingView, words: Words) -> str:
    groups = list(dict.fromkeys(view.schools["group"]))
    if len(groups) == 1:
        return str(groups[0])
    names = {}
    for group in groups:
        stage, _, kind = str(group).partition("/")
        names[str(group)] = group_name({"stage": stage, "school_type": kind}, words=words)
    return choose("group", words("Comparison group"), names)


@dataclass(frozen=True, slots=True)
class _Draft:
    """The composite after the first draws of weights, where it stands, and what refines it."""

    first: Composite
    steps: Iterator[Composite]
    place: DeltaGenerator


def _draft(
    bench: Bench, stamp: Stamp, schools: Compared, scheme: WeightScheme
) -> _Draft | None:
    """Draw after 2,000 draws of weights; None, with the reason, where nothing is ranked."""
    words = bench.words
    steps = refined(schools, scheme)
    try:
        first = next(steps)
    except QualityError as error:
        st.error(formats.told_error(error, words=words))
        return None
    if first.units["rank"].notna().sum() == 0:
        st.info(words("No school of this group has all of these indicators."))
        return None
    place = st.empty()
    with place.container():
        figure = ranks_figure(bench, stamp, first, scheme, n_draws=BLOCK_DRAWS)
        # Streamlit knows an element by its key and takes each once in a run.
        show_sketch(replace(figure, key=f"{figure.key}_first"), words=words)
    show_figure(effective_figure(bench, stamp, first, scheme), words=words)
    return _Draft(first, steps, place)


def _finish(bench: Bench, stamp: Stamp, scheme: WeightScheme, draft: _Draft) -> Composite:
    """Draw once more after all draws."""
    last = _last(draft.steps, draft.first, bench.words)
    with draft.place.container():
        figure = ranks_figure(bench, stamp, last, scheme, n_draws=PERTURBATION.n_draws)
        show_figure(figure, words=bench.words)
    return last


def _last(steps: Iterator[Composite], first: Composite, words: Words) -> Composite:
    """Return the composite after all draws; a move of a weight ends it before that."""
    told, last = st.empty(), first
    for step, composite in enumerate(steps, start=2):
        last, n_draws = composite, step * BLOCK_DRAWS
        told.caption(
            words(
                "{n} of {all} draws of weights",
                n=formats.count(n_draws),
                all=formats.count(PERTURBATION.n_draws),
            )
        )
    told.empty()
    return last


@st.fragment
def _show_looks(
    bench: Bench,
    stamp: Stamp,
    group: str,
    schools: Compared,
    scheme: WeightScheme,
    schemes: Sequence[NamedScheme],
    composite: Composite,
) -> None:
    words = bench.words
    st.subheader(words("What follows from these weights?"))
    look = choose("look", words("Shown as"), {code: words(n) for code, n in _LOOKS.items()})
    if look in ("moves", "kinds"):
        names = [scheme_name(s.label, words=words) for s in schemes]
        place = choose_scheme(names, words)
        show = show_moves if look == "moves" else show_gains
        show(bench, stamp, group, scheme=scheme, other=schemes[place])
    elif look == "flips":
        near = near_line(rank_rows(bench, composite.units))
        show_flips(bench, stamp, schools, scheme, near)
    elif look == "any":
        show_any_weights(bench, stamp, schools, scheme)
    else:
        show_agreement(bench, stamp, group, scheme=scheme, schemes=schemes)


def choose_scheme(names: Sequence[str], words: Words) -> int:
    """Ask which scheme the bench is held against; the first is that of the exam's day."""
    chosen = st.selectbox(
        words("Compared with"),
        range(len(names)),
        key="weights_other",
        format_func=lambda place: names[place],
    )
    return int(chosen or 0)
