"""Replay: what a scheme or the warning rules of today would have said in past exams."""

import streamlit as st

from ui import state
from ui.registry import REPLAY
from ui.widgets.breadcrumb import show_breadcrumb
from ui.widgets.page_opening import open_page
from ui.widgets.replay_choice import (
    SCHEME,
    pick_alarm,
    pick_later,
    pick_replayed,
    pick_tried,
    show_left_out,
)
from ui.widgets.replay_outcomes import show_outcomes
from ui.widgets.replay_panels import exam_labels, show_calls

opening = open_page(REPLAY.title, has_method=False)
words, scope, selection = opening.words, opening.scope, opening.selection
path = st.container()
with st.container(horizontal=True, key="replay_choice"):
    is_scheme = pick_replayed(words=words) == SCHEME
    later = pick_later(words=words)
    alarm = None if is_scheme else pick_alarm(words=words)
query = pick_tried(scope, selection, words=words) if is_scheme else selection.query
with st.spinner(words("Past exams are judged anew …")):
    view = state.replay_view(scope, query, alarm, later)
with path:
    show_breadcrumb(view.path, selection, words=words)

if is_scheme:
    st.header(words("What would this scheme have said in past exams?"))
else:
    st.header(words("What would these rules have said in past exams?"))
show_calls(view, words=words)

st.header(words("How often was it right?"))
labels = exam_labels(view.exams, words=words)
show_outcomes(view.counts, stamp=view.stamp, later=later, labels=labels, words=words)

st.header(words("What is not shown?"))
show_left_out(view, words=words)
