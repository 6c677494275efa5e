"""The frame of every page: icon, language, first start, navigation. The only router."""

import streamlit as st

from ui import state
from ui.registry import navigation
from ui.url_state import current_words
from ui.widgets.construction import show_construction
from ui.widgets.frame import adjust_layout, pick_reading

words = current_words()
st.set_page_config(page_title=words("Zhunsheng"), page_icon="📐", layout="wide")
pick_reading()
adjust_layout()
words = current_words()
is_first_start = state.needs_construction()
page = st.navigation(
    navigation(words),
    position="hidden" if is_first_start else "top",
)
if is_first_start:
    show_construction(words)
page.run()
