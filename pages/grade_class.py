"""Classes of a grade: against the grade, against their past, balance, subjects, near a line."""

import streamlit as st

from ui import state
from ui.registry import GRADE_CLASS
from ui.widgets.breadcrumb import show_breadcrumb
from ui.widgets.class_counts import show_counts
from ui.widgets.class_panels import (
    grade_path,
    names_of,
    show_balance,
    show_levels,
    show_profile,
    show_progress,
    show_state,
)
from ui.widgets.page_opening import open_page
from ui.widgets.remarks import show_remarks
from ui.widgets.school_heading import pick_school

opening = open_page(GRADE_CLASS.title, has_method=False)
words, scope, selection = opening.words, opening.scope, opening.selection
query = selection.query
school = pick_school(state.schools(scope, selection.exam.name), words=words)
if school is None:
    st.stop()
view = state.grade_class_view(scope, school, query)
show_breadcrumb(grade_path(view, words=words), selection, words=words)
if not show_state(view, words=words):
    st.stop()
show_remarks(view.remarks, names=names_of(view, words=words), words=words)

st.header(words("How do the classes stand against the grade?"))
show_levels(view, words=words)

st.header(words("How do they stand against their own past?"))
show_progress(view, baseline=query.baseline, words=words)

st.header(words("Are the classes balanced?"))
show_balance(view, words=words)

st.header(words("Which subjects of a class are strong or weak?"))
show_profile(view, words=words)

st.header(words("How many pupils stand near a line?"))
show_counts(scope, view, query, words=words)
