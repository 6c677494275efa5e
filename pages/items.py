"""Items: how the items of a paper measured, and which knowledge points are mastered."""

import streamlit as st

from ui import state
from ui.registry import ITEMS, SCHOOL
from ui.widgets.breadcrumb import open_unit, show_breadcrumb
from ui.widgets.item_panels import show_items, show_points, show_reliability, show_schools
from ui.widgets.item_source import show_left_out_items, show_no_items
from ui.widgets.page_opening import open_page
from ui.widgets.remarks import show_remarks

opening = open_page(ITEMS.title, has_method=False)
words, selection = opening.words, opening.selection
view = state.items_view(opening.scope, selection.query)
show_breadcrumb(view.path, selection, words=words)
if view.source is None:
    show_no_items(view, selection, words=words)
    st.stop()
show_remarks(view.remarks, names={}, words=words)

st.header(words("Is the test reliable?"))
show_reliability(view, words=words)

st.header(words("Which items were too hard, too easy, or tell nobody apart?"))
show_items(view, words=words)

st.header(words("Which knowledge points are weak in the county?"))
show_points(view, words=words)

st.header(words("Which schools differ on a knowledge point?"))
school = show_schools(view, words=words)

st.header(words("What is not shown?"))
show_left_out_items(view, words=words)
if school:
    open_unit(SCHOOL, school, selection, words=words)
