"""Methods: what each figure means and how it is computed, and the pages that define it."""

import streamlit as st

from ui import method_pages, state
from ui.dictionary import ENTRIES
from ui.registry import METHODS
from ui.url_state import current_words
from ui.widgets.dictionary import pick_entry, pick_method_page, show_entry
from ui.widgets.frame import show_origin

words, scope = current_words(), state.current_scope()
st.title(words(METHODS.title))
st.markdown(
    words(
        "One name, one formula: pages, exports and the command line take each figure from the "
        "entry below. Every figure has a link that opens its entry here."
    )
)
for exam in {(e.is_demonstration, e.source): e for e in state.exams(scope)}.values():
    show_origin(exam, words=words)

st.header(words("What does a figure mean?"))
entry = ENTRIES[pick_entry(words)]
show_entry(entry, words=words)

st.header(words("How is it computed, and what does it assume?"))
page = pick_method_page(entry, words=words)
st.markdown(method_pages.text_of(page, language=words.language))
