"""How every page about results opens: title, pickers, origin of the data."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from data.scope import Scope
from ui import state, url_state
from ui.text import Words
from ui.widgets.frame import show_origin
from ui.widgets.no_exam import show_no_exam
from ui.widgets.selection import Selection, pick_selection


@dataclass(frozen=True, slots=True)
class Opening:
    """What a page starts from: its words, its reader's scope, and what he has chosen."""

    words: Words
    scope: Scope
    selection: Selection


def open_page(title: str, *, has_method: bool = True) -> Opening:
    """Show title, pickers and origin; stop the page where there is nothing to choose.

    Parameters
    ----------
    title : str
        A marked text of the registry.
    has_method : bool
        Whether a figure of the page depends on the method of value-added.
    """
    words = url_state.current_words()
    scope = state.current_scope(shows_names=not url_state.is_on(url_state.CODES_KEY))
    exams = state.exams(scope)
    url_state.rename_units(partial(state.unit_called, scope))
    st.title(words(title))
    if not exams:
        show_no_exam(words)
        st.stop()
    selection = pick_selection(exams, has_method=has_method, words=words)
    if selection is None:
        st.stop()
    show_origin(selection.exam, words=words)
    return Opening(words, scope, selection)
