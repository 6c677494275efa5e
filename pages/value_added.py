"""Value-added bench: what hangs on the method, whether the model fits, for whom, how far."""

from dataclasses import replace

import streamlit as st

from ui import state
from ui.registry import VALUE_ADDED
from ui.text import marked
from ui.widgets.breadcrumb import show_breadcrumb
from ui.widgets.choice import choose
from ui.widgets.estimators_choice import pick_definitions, pick_method
from ui.widgets.estimators_looks import show_looks
from ui.widgets.estimators_verdicts import show_verdicts
from ui.widgets.page_opening import open_page
from ui.widgets.value_added_diagnostics import show_diagnostics
from ui.widgets.value_added_growth import show_growth_chart
from ui.widgets.value_added_starts import show_start_gaps
from ui.widgets.value_added_years import show_several_years

PARTS = {
    "definitions": (
        marked("other definitions"),
        marked("Does a verdict hold under other definitions?"),
    ),
    "fit": (marked("fit of the model"), marked("Does the model fit?")),
    "starts": (marked("low and high starts"), marked("For whom do schools add more?")),
    "growth": (marked("growth of a group"), marked("How far did a group of pupils come?")),
    "years": (marked("several years"), marked("Does it last over several years?")),
}

opening = open_page(VALUE_ADDED.title, has_method=False)
words, scope, selection = opening.words, opening.scope, opening.selection
offered = state.estimators_offered(scope, selection.query)
show_breadcrumb(offered.path, selection, words=words)
part = choose(
    "part", words("Question"), {code: words(name) for code, (name, _) in PARTS.items()}
)
st.header(words(PARTS[part][1]))
query = selection.query
if part != "growth":
    query = replace(query, method=pick_method(words=words))

match part:
    case "fit":
        show_diagnostics(state.diagnostics_view(scope, query), words=words)
    case "starts":
        show_start_gaps(state.differential_view(scope, query), words=words)
    case "growth":
        show_growth_chart(scope, query, words=words)
    case "years":
        show_several_years(state.value_added_years_view(scope, query), words=words)
    case _:
        choice = pick_definitions(offered, query.method, words=words)
        view = state.estimators_view(scope, query, choice)
        show_verdicts(view, words=words)
        if not view.effects.empty:
            st.header(words("How do the definitions differ?"))
            show_looks(view, words=words)
