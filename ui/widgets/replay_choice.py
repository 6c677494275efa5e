"""What is replayed: a scheme, or the warning rules, and what each exam is held against."""

from dataclasses import replace

import streamlit as st

from data.scope import Scope
from pipeline.views import AlarmFrom, Later, Query, ReplayView, RuleReplayView
from ui import formats, state
from ui.registry import WEIGHTS
from ui.text import Words
from ui.url_state import switches
from ui.widgets.choice import choose
from ui.widgets.scheme_picker import ask_scheme
from ui.widgets.selection import Selection

REPLAYED = "replayed"
SCHEME, RULES = "scheme", "rules"


def pick_replayed(*, words: Words) -> str:
    """Ask whether the rules or a scheme are replayed."""
    names = {RULES: words("the warning rules"), SCHEME: words("a weight scheme")}
    return choose(REPLAYED, words("Replayed"), names)


def pick_tried(scope: Scope, selection: Selection, *, words: Words) -> Query:
    """Ask for the scheme that is tried; return the query with its number."""
    view = state.replay_schemes(scope, selection.exam.name)
    number = ask_scheme(view, selection.query, words=words)
    if len(view.offered) < 2:
        st.info(
            words(
                "Only the default weights can be tried: no other scheme is kept that weak "
                "schools can be screened by. Save one on the page of weights."
            )
        )
        st.page_link(
            WEIGHTS.of(words),
            icon=WEIGHTS.icon,
            query_params={**selection.address(), **switches(), "lang": words.language},
        )
    return replace(selection.query, scheme=number)


def pick_later(*, words: Words) -> Later:
    """Ask what each exam is held against."""
    names = {
        "cohort": words("next exam of the same pupils"),
        "year": words("same grade one year later"),
    }
    return "year" if choose("later", words("Held against"), names) == "year" else "cohort"


def pick_alarm(*, words: Words) -> AlarmFrom:
    """Ask from which band on a school counts as called."""
    names: dict[AlarmFrom, str] = {
        "yellow": words("caution or serious"),
        "blue": words("any band"),
        "red": words("serious only"),
    }
    chosen = choose("alarm", words("Counts as a call"), {str(k): v for k, v in names.items()})
    return next(code for code in names if code == chosen)


def show_left_out(view: ReplayView, *, words: Words) -> None:
    """Say which exams and which judgements the counts leave out."""
    if view.left_out:
        st.caption(
            words(
                "{exams} without a baseline left out, because without value-added they would "
                "be judged by something else: {names}",
                exams=words.plural("{n} exam", "{n} exams", n=len(view.left_out)),
                names=formats.safe_markdown("; ".join(view.left_out)),
            )
        )
    calls = view.calls
    said = calls["band"] if isinstance(view, RuleReplayView) else calls["call"]
    st.caption(
        words(
            "Not known: {n} of {all} judgements (hidden or small schools, groups of fewer than "
            "five, too little data). They count neither as calls nor as quiet.",
            n=formats.count(int(said.isin(["insufficient", "unknown"]).sum())),
            all=formats.count(len(calls)),
        )
    )
