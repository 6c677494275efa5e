"""How every page about results opens: title, pickers, origin of the data."""

from dataclasses import dataclass

import streamlit as st

from data.scope import Scope
from ui import state, url_state
from ui.text import Words
from ui.widgets.frame import show_origin
from ui.widgets.selection import Selection, pick_selection


@dataclass(frozen=True, slots=True)
class Opening:
    """What a page starts from: its words, its reader's scope, and what he has chosen."""

    words: Words
    scope: Scope
    selection: Selection


def open_page(title: str) -> Opening:
    """Show title, pickers and origin; stop the page where there is nothing to choose.

    ``title`` is a marked text of the registry.
    """
    words = url_state.current_words()
    scope = state.current_scope(shows_names=not url_state.is_on(url_state.CODES_KEY))
    exams = state.exams(scope)
    st.title(words(title))
    if not exams:
        st.info(words("The store holds no exam yet. The start page tells how to import one."))
        st.stop()
    selection = pick_selection(exams, words=words)
    if selection is None:
        st.stop()
    show_origin(selection.exam, words=words)
    return Opening(words, scope, selection)
