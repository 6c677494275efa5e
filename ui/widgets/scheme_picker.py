"""Which weight scheme weak schools are screened by: that of the exam's day, or another one."""

from dataclasses import replace

import streamlit as st

from pipeline.views import Query, SchemesView
from ui import formats, url_state
from ui.text import Words
from ui.vocabulary import scheme_name
from ui.widgets.unknown_code import say_unknown

_KEY, _OF_EXAM = "scheme", "scheme_of_exam"


def pick_scheme(view: SchemesView, query: Query, *, words: Words) -> Query:
    """Ask for a weight scheme where there are several; return the query with its number."""
    chosen = ask_scheme(view, query, words=words)
    _say_which(view, chosen, words)
    return replace(query, scheme=chosen)


def ask_scheme(view: SchemesView, query: Query, *, words: Words) -> int:
    """Ask for a weight scheme where there are several; return its number.

    The number is written into the address in any case, so that a link shows the same figures
    after another scheme has become official.
    """
    if st.session_state.get(_OF_EXAM) != query.exam:
        # Another exam has a scheme of its own day.
        url_state.forget(_KEY)
        st.session_state[_OF_EXAM] = query.exam
    names = {str(s.id): scheme_name(s, words=words) for s in view.offered}
    unknown = url_state.prepare(_KEY, codes=list(names), default=str(view.holds.id))
    if len(names) > 1:
        st.selectbox(
            words("Weight scheme"),
            list(names),
            key=_KEY,
            format_func=lambda code: names[code],
            persist_state="session",
        )
    say_unknown(unknown)
    chosen = str(st.session_state[_KEY])
    url_state.write({_KEY: chosen})
    return int(chosen)


def _say_which(view: SchemesView, chosen: int, words: Words) -> None:
    """Say that a scheme is shown which did not hold on the day of the exam."""
    if chosen == view.holds.id:
        return
    holds = formats.safe_markdown(scheme_name(view.holds, words=words))
    st.info(
        words(
            "The figures below are by another scheme than the one that held on the day of the "
            "exam ({holds}).",
            holds=holds,
        ),
        icon=":material/history:",
    )
