"""School: what one school adds, for whom, beside whom, under which warnings, since when."""

import streamlit as st

from ui import state
from ui.registry import GRADE_CLASS, SCHOOL
from ui.widgets.breadcrumb import show_breadcrumb, unit_link
from ui.widgets.model_panel import show_common_sample
from ui.widgets.page_opening import open_page
from ui.widgets.remarks import show_remarks
from ui.widgets.school_heading import pick_school, show_heading
from ui.widgets.school_panels import show_hidden, show_value_added, subject_names
from ui.widgets.school_past import show_past
from ui.widgets.school_standing import show_standing, show_starts
from ui.widgets.school_warnings import show_warnings

opening = open_page(SCHOOL.title)
words, scope, selection = opening.words, opening.scope, opening.selection
query = selection.query
school = pick_school(state.schools(scope, selection.exam.name), words=words)
if school is None:
    st.stop()
view = state.school_view(scope, school, query)
show_breadcrumb(view.path, selection, words=words)
show_heading(view, words=words)
if view.hidden:
    st.stop()
unit_link(GRADE_CLASS, school, words("Classes of this grade"), selection, words=words)
show_remarks(
    view.remarks,
    names=subject_names(view.bands, words=words),
    words=words,
)

st.header(words("What does the school add, by subject?"))
show_value_added(scope, view, query, words=words)

st.header(words("For whom does it add more?"))
show_starts(view, words=words)

st.header(words("Where does it stand among others?"))
show_standing(scope, view, query, words=words)

st.header(words("Which warnings stand, and why?"))
show_warnings(view, words=words)

st.header(words("How has it gone over the years?"))
show_past(scope, view, query, words=words)

st.header(words("Who is compared, and what is not shown?"))
show_common_sample(view.common_sample, words=words)
show_hidden(view, words=words)
