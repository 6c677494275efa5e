"""Import: a file is checked, its findings shown, then published or taken back."""

from functools import partial

import streamlit as st

from ui import state, url_state
from ui.url_state import current_words
from ui.widgets.drafts import show_attempts, show_drafts
from ui.widgets.frame import show_origin
from ui.widgets.import_form import ask_import
from ui.widgets.import_report import check_file, last_findings, show_report
from ui.widgets.template_form import show_template

words = current_words()
scope = state.clerk_scope(shows_names=not url_state.is_on(url_state.CODES_KEY))
url_state.rename_units(partial(state.unit_called, scope))
st.title(words("Import scores"))
st.markdown(
    words(
        "Choose a file and say which exam it is. It is checked and kept as a draft; nothing is "
        "published before you say so."
    )
)

for exam in {(e.is_demonstration, e.source): e for e in state.exams(scope)}.values():
    show_origin(exam, words=words)

st.header(words("1. A workbook to fill in"))
show_template(scope, words=words)

st.header(words("2. Check a file"))
asked = ask_import(words, told=last_findings(scope))
if asked is not None:
    check_file(scope, asked, words=words)
show_report(scope, words=words)

st.header(words("3. Drafts that wait"))
show_drafts(scope, words=words)

st.header(words("What was tried before"))
show_attempts(scope, words=words)
