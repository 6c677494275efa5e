"""Leadership: five answers on one screen, then a closer look at whatever is asked."""

import streamlit as st

from ui import state
from ui.registry import LEADERSHIP, SCHOOL
from ui.widgets.answer_cards import show_answers
from ui.widgets.breadcrumb import open_unit, show_breadcrumb
from ui.widgets.county_looks import County, show_look
from ui.widgets.key_figures import show_key_figures
from ui.widgets.page_opening import open_page
from ui.widgets.remarks import show_remarks
from ui.widgets.school_table import show_school_table

opening = open_page(LEADERSHIP.title)
words, selection = opening.words, opening.selection
briefing = state.briefing_view(opening.scope, selection.query)
view = state.leadership_view(opening.scope, selection.query)
show_breadcrumb(view.path, selection, words=words)

show_answers(briefing, words=words)

st.header(words("Key figures"))
show_key_figures(view, words=words)

st.header(words("A closer look"))
st.caption(
    words("Tick the box of a row, or click a point in a chart, to open the school's page.")
)
chosen = [show_look(County(opening, briefing, view))]

st.header(words("What do the rules say?"))
names = dict(zip(view.schools["school"], view.schools["name"], strict=True))
show_remarks(view.remarks, names=names, words=words)

st.header(words("All schools"))
has_value_added = view.model.status == "ok"
chosen.append(show_school_table(view, with_value_added=has_value_added, words=words))
for school in filter(None, chosen):
    open_unit(SCHOOL, school, selection, words=words)
