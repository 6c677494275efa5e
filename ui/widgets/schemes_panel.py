"""Schemes of the county: saved, submitted, approved by another person, taken as a file."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.errors import QualityError
from core.weighting.scheme import WeightScheme
from data.scope import Scope
from pipeline.schemes import Scheme
from pipeline.views import NamedScheme, WeightingView
from ui import formats, state
from ui.registry import REPLAY
from ui.text import Words, marked
from ui.url_state import switches
from ui.vocabulary import scheme_name
from ui.widgets.actor import ask_actor
from ui.widgets.selection import Selection
from ui.widgets.weights_tree import (
    SCALE_KEY,
    SUM_KEY,
    Bench,
    bench_of,
    scheme_of,
    tree_on_bench,
)

_STATUSES: dict[str, str] = {
    "draft": marked("draft"),
    "submitted": marked("submitted"),
    "official": marked("official"),
    "retired": marked("withdrawn"),
}
_LARGEST_FILE = 1  # MB
_MESSAGE = "scheme_message"


def offered(view: WeightingView, schemes: Sequence[Scheme]) -> list[NamedScheme]:
    """Return what can be begun from and compared with: of the exam's day, kept, presets."""
    kept = [
        NamedScheme(s.label, s.weights)
        for s in schemes
        if s.policy.status != "retired"
        and s.policy.id != view.holds.label.id
        and set(s.weights.keys) <= set(view.indicators["key"])
    ]
    presets = [p for p in view.presets if p.label != view.holds.label]
    return [view.holds, *kept, *presets]


def show_schemes(
    scope: Scope,
    selection: Selection,
    view: WeightingView,
    schemes: Sequence[Scheme],
    *,
    words: Words,
) -> None:
    """Show all versions with what can be done with each, and let the bench be saved."""
    bench, county = bench_of(view, words=words), selection.exam.county
    message = st.session_state.pop(_MESSAGE, None)
    if message:
        st.success(message)
    actor = ask_actor("scheme_actor", words=words)
    if not actor:
        st.caption(words("Who gives a name can save, submit and approve schemes."))
    _show_save(scope, county, bench, actor)
    _show_import(bench)
    if not schemes:
        st.info(
            words("No scheme has been saved yet; weak schools are screened by the default.")
        )
    tried = {s.id for s in state.replay_schemes(scope, selection.exam.name).offered}
    for scheme in schemes:
        with _show_scheme(scope, county, bench, scheme, actor):
            if scheme.policy.id in tried:
                _link_to_replay(scheme, selection, words)


def _link_to_replay(scheme: Scheme, selection: Selection, words: Words) -> None:
    """Lead to what the scheme would have said in past exams."""
    tried = {"replayed": "scheme", "scheme": str(scheme.policy.id), "lang": words.language}
    st.page_link(
        REPLAY.of(words),
        label=words("Try it on past exams"),
        icon=REPLAY.icon,
        query_params={**selection.address(), **switches(), **tried},
    )


def _show_save(scope: Scope, county: str, bench: Bench, actor: str) -> None:
    words = bench.words
    with st.form("scheme_save"):
        st.markdown("**" + words("Keep the weights of the bench") + "**")
        name = st.text_input(words("Name of the scheme"), key="scheme_name", max_chars=120)
        reason = st.text_input(words("Reason"), key="scheme_reason", max_chars=400)
        if st.form_submit_button(words("Save as draft"), key="scheme_save", disabled=not actor):
            own = _of_bench(bench, name.strip(), reason.strip(), actor)
            if own is not None:
                _do(
                    partial(state.save_scheme, scope, county, own, actor=actor),
                    words(
                        "The weights are kept as a draft of “{name}”.",
                        name=formats.safe_markdown(name),
                    ),
                    words,
                )
    own = _of_bench(bench, name.strip() or "-", reason.strip() or "-", actor or "-")
    if own is not None:
        st.download_button(
            words("Weights of the bench as a file"),
            state.scheme_text(own),
            file_name="weights.toml",
            mime="application/toml",
            key="scheme_export_bench",
            on_click="ignore",
        )


def _show_import(bench: Bench) -> None:
    """Take the weights of a file to the bench; nothing is saved by that."""
    words = bench.words
    file = st.file_uploader(
        words("Begin from a file of weights"),
        type="toml",
        key="scheme_file",
        max_upload_size=_LARGEST_FILE,
    )
    if file is None or not st.button(words("Take it to the bench"), key="scheme_take"):
        return
    try:
        scheme = state.read_scheme(file.getvalue().decode("utf-8-sig", errors="replace"))
        unknown = sorted(set(scheme.keys) - set(bench.names))
    except QualityError as error:
        st.error(formats.told_error(error, words=words))
        return
    if unknown:
        st.error(
            words(
                "This exam has no figures of {n} of the {all} indicators of the file: {names}. "
                "Choose another exam, or take them out of the file.",
                n=len(unknown),
                all=len(scheme.keys),
                names=formats.safe_markdown(", ".join(unknown[:5])),
            )
        )
        return
    bench.keep_scheme(scheme)
    st.session_state[_MESSAGE] = words("The weights of the file are on the bench.")
    st.rerun()


def _show_scheme(
    scope: Scope, county: str, bench: Bench, scheme: Scheme, actor: str
) -> DeltaGenerator:
    """Show a version; return its box, for what else is offered in it."""
    words, policy = bench.words, scheme.policy
    box = st.container(border=True, key=f"scheme_{policy.id}")
    with box:
        title = formats.safe_markdown(scheme_name(scheme.label, words=words))
        st.markdown(f"**{title}** · {words(_STATUSES[policy.status])}")
        st.caption(formats.markdown_lines(_facts(scheme, bench)))
        with st.container(horizontal=True):
            _offer(scope, county, bench, scheme, actor)
    return box


def _offer(scope: Scope, county: str, bench: Bench, scheme: Scheme, actor: str) -> None:
    """Offer what can be done with a version in its state."""
    words, policy = bench.words, scheme.policy
    number = policy.id
    known = set(scheme.weights.keys) <= set(bench.names)
    if st.button(words("To the bench"), key=f"scheme_open_{number}", disabled=not known):
        bench.keep_scheme(scheme.weights)
        st.rerun()
    st.download_button(
        words("As a file"),
        state.scheme_text(scheme.weights),
        file_name=f"weights_{number}.toml",
        mime="application/toml",
        key=f"scheme_export_{number}",
        on_click="ignore",
    )
    if policy.status == "draft" and st.button(
        words("Submit"), key=f"scheme_submit_{number}", disabled=not actor
    ):
        _do(
            lambda: state.submit_scheme(scope, number, county=county, actor=actor),
            words("Submitted; another person has to approve it."),
            words,
        )
    if policy.status == "submitted":
        _offer_approval(scope, county, scheme, actor, words)
    if policy.status in ("draft", "submitted") and st.button(
        words("Withdraw"), key=f"scheme_withdraw_{number}", disabled=not actor
    ):
        _do(
            lambda: state.withdraw_scheme(scope, number, county=county, actor=actor),
            words("Withdrawn; the version stays in the list."),
            words,
        )


def _offer_approval(
    scope: Scope, county: str, scheme: Scheme, actor: str, words: Words
) -> None:
    number = scheme.policy.id
    day = st.date_input(
        words("Official for exams from"), value="today", key=f"scheme_from_{number}"
    )
    if st.button(words("Approve"), key=f"scheme_approve_{number}", disabled=not actor):
        if not isinstance(day, date):
            st.error(words("Choose the day from which the scheme is official."))
            return
        _do(
            lambda: state.approve_scheme(
                scope, number, county=county, actor=actor, valid_from=day
            ),
            words("Official for exams from {day} on.", day=formats.day(day, words=words)),
            words,
        )


def _do(work: Callable[[], object], done: str, words: Words) -> None:
    try:
        work()
    except QualityError as error:
        st.error(formats.told_error(error, words=words))
        return
    st.session_state[_MESSAGE] = done
    st.rerun()


def _facts(scheme: Scheme, bench: Bench) -> list[str]:
    words, policy = bench.words, scheme.policy
    weights = " · ".join(
        f"{bench.names.get(leaf.key, leaf.key)} {formats.rate(leaf.weight)}"
        for leaf in scheme.weights.tree.leaves
        if leaf.weight > 0
    )
    lines = [
        weights,
        words(
            "No. {id}, by {author} on {day}: {reason}",
            id=policy.id,
            author=policy.author,
            day=formats.day(formats.beijing_day(policy.created_at), words=words),
            reason=policy.reason,
        ),
    ]
    if policy.valid_from is not None:
        lines.append(
            words(
                "Approved by {person}; official for exams from {day} on.",
                person=policy.approved_by,
                day=formats.day(policy.valid_from, words=words),
            )
        )
    return lines


def _of_bench(bench: Bench, name: str, reason: str, actor: str) -> WeightScheme | None:
    """Return the weights of the bench under a name; None where they cannot be used."""
    holds = bench.view.holds.weights
    tree = tree_on_bench(bench)
    if tree is None:
        return None
    scale = str(st.session_state.get(SCALE_KEY, holds.normalisation))
    summed = str(st.session_state.get(SUM_KEY, holds.aggregation))
    return replace(
        scheme_of(tree, scale, summed),
        name=name,
        reason=reason,
        author=actor,
        release=f"{bench.view.stamp.exam} #{bench.view.stamp.release}",
    )
