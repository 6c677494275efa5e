"""Weights: what a composite owes to its weights, and the schemes that are kept."""

import streamlit as st

from ui import state
from ui.registry import WEIGHTS
from ui.widgets.breadcrumb import show_breadcrumb
from ui.widgets.page_opening import open_page
from ui.widgets.schemes_panel import offered, show_schemes
from ui.widgets.weight_bench import show_bench

opening = open_page(WEIGHTS.title, has_method=False)
words, scope, selection = opening.words, opening.scope, opening.selection
view = state.weighting_view(scope, selection.query)
show_breadcrumb(view.path, selection, words=words)
schemes = state.county_schemes(scope, selection.exam.county)

st.header(words("Which weights, and what do they do?"))
if view.schools.empty:
    st.info(words("This exam has no school that may be shown."))
else:
    show_bench(view, offered(view, schemes), words=words)

st.header(words("Which schemes are kept?"))
show_schemes(scope, selection, view, schemes, words=words)
