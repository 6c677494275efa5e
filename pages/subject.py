"""Subject: one subject over all schools, weak and strong, whom to visit, which items."""

import streamlit as st

from ui import state
from ui.registry import SCHOOL, SUBJECT
from ui.widgets.breadcrumb import open_unit, show_breadcrumb
from ui.widgets.item_link import show_item_link, show_left_out
from ui.widgets.page_opening import open_page
from ui.widgets.remarks import show_remarks
from ui.widgets.school_heading import pick_school
from ui.widgets.subject_links import is_subject_chosen
from ui.widgets.subject_panels import (
    pick_measure,
    show_county,
    show_gaps,
    show_shares,
    show_standing,
)
from ui.widgets.visit_panels import show_visits, weakest_first

opening = open_page(SUBJECT.title)
words, scope, selection = opening.words, opening.scope, opening.selection
if not is_subject_chosen(SUBJECT, selection, words=words):
    st.stop()
measure = pick_measure(has_baseline=selection.query.baseline is not None, words=words)
view = state.subject_view(scope, selection.query, measure)
show_breadcrumb(view.path, selection, words=words)
names = dict(zip(view.schools["school"], view.schools["name"], strict=True))
show_remarks(view.remarks, names=names, words=words)
chosen: list[str | None] = []

st.header(words("How do all schools stand in this subject?"))
chosen.append(show_standing(view, words=words))

st.header(words("Which schools are strong or weak in it?"))
chosen.append(show_gaps(view, words=words))
st.subheader(words("And the county as a whole?"))
show_county(view, words=words)

st.header(words("How much lies between schools, how much within?"))
show_shares(view, words=words)

st.header(words("Whom to visit?"))
schools = weakest_first(state.schools(scope, selection.exam.name), view)
school = pick_school(schools, words=words)
if school is not None:
    visits = state.visits_view(scope, school, selection.query, measure)
    chosen.append(show_visits(visits, words=words))

st.header(words("Which items and knowledge points?"))
show_item_link(view, selection, words=words)

st.header(words("What is not shown?"))
show_left_out(view, words=words)
for unit in filter(None, chosen):
    open_unit(SCHOOL, unit, selection, words=words)
