"""Value-added: several definitions beside each other, and what hangs on the choice."""

from dataclasses import replace

import streamlit as st

from ui import state
from ui.registry import VALUE_ADDED
from ui.widgets.breadcrumb import show_breadcrumb
from ui.widgets.estimators_choice import pick_definitions
from ui.widgets.estimators_looks import show_looks
from ui.widgets.estimators_verdicts import show_verdicts
from ui.widgets.page_opening import open_page
from ui.widgets.value_added_diagnostics import show_diagnostics

opening = open_page(VALUE_ADDED.title, has_method=False)
words, scope, selection = opening.words, opening.scope, opening.selection
query = selection.query
choice = pick_definitions(state.estimators_offered(scope, query), words=words)
view = state.estimators_view(scope, query, choice)
show_breadcrumb(view.path, selection, words=words)

st.header(words("Does a verdict hold under other definitions?"))
show_verdicts(view, words=words)

if not view.effects.empty:
    st.header(words("How do the definitions differ?"))
    show_looks(view, words=words)

    st.header(words("Does the model fit?"))
    model = replace(query, method=choice.methods[0])
    show_diagnostics(state.diagnostics_view(scope, model), words=words)
