"""Warning board: which schools are warned in which subject, why, and by which rules."""

import streamlit as st

from ui import state
from ui.registry import SCHOOL, WARNING_BOARD
from ui.widgets import board_panels, board_reasons, board_rules
from ui.widgets.board_filter import pick_filter
from ui.widgets.breadcrumb import open_unit, show_breadcrumb
from ui.widgets.page_opening import open_page
from ui.widgets.school_heading import pick_school

opening = open_page(WARNING_BOARD.title, has_method=False)
words, scope, selection = opening.words, opening.scope, opening.selection
view = state.warning_board_view(scope, selection.query)
show_breadcrumb(view.path, selection, words=words)
st.info(
    words("Every band is a proposal of the rules with its reasons; a person decides."),
    icon=":material/rule:",
)

st.header(words("How many warnings stand?"))
board_panels.show_counts(view, words=words)

st.header(words("Which schools, in which subjects?"))
chosen = pick_filter(view, words=words)
clicked = [board_panels.show_board(view, chosen, words=words)]

st.header(words("Why?"))
ranked = view.bands.drop_duplicates("school")
school = pick_school(ranked[["school", "name", "township"]], words=words)
if school is not None:
    reasons = state.warning_reasons_view(scope, school, selection.query)
    board_reasons.show_reasons(reasons, words=words)

st.header(words("What changed since the exam before?"))
clicked.append(board_panels.show_changes(view, chosen, words=words))

st.header(words("How is a band made?"))
board_rules.show_rules(view, words=words)

st.header(words("What is not shown?"))
board_rules.show_left_out(view, words=words)

for code in filter(None, clicked):
    open_unit(SCHOOL, code, selection, words=words)
