"""Meeting: agendas of views that a leadership group walks through, made and started here."""

import streamlit as st

from ui import state, url_state
from ui.registry import MEETING
from ui.widgets.actor import ask_actor
from ui.widgets.agenda_offer import ACTOR_KEY
from ui.widgets.agenda_panels import (
    pick_agenda,
    show_new_agenda,
    show_rename,
    show_start,
    show_views,
)
from ui.widgets.frame import show_origin
from ui.widgets.no_exam import show_no_exam

words = url_state.current_words()
scope = state.current_scope(shows_names=not url_state.is_on(url_state.CODES_KEY))
st.title(words(MEETING.title))
exams = state.exams(scope)
if not exams:
    show_no_exam(words)
    st.stop()
st.markdown(
    words(
        "An agenda is a list of views of this system. In the meeting a bar at the foot of the "
        "screen leads from one to the next, in large type."
    )
)
for exam in {(e.is_demonstration, e.source): e for e in exams}.values():
    show_origin(exam, words=words)

st.header(words("Which meeting?"))
agenda = pick_agenda(state.agendas(scope), words=words)
if agenda is not None:
    show_start(agenda, words=words)

st.header(words("What is shown, in which order?"))
actor = ask_actor(ACTOR_KEY, words=words)
if agenda is not None:
    show_views(scope, agenda, actor, words=words)

st.header(words("Another meeting"))
show_new_agenda(scope, actor, words=words)
if agenda is not None:
    st.subheader(words("Rename or remove this agenda"))
    show_rename(scope, agenda, actor, words=words)
