"""The frame of every page: icon, language, first start, navigation. The only router."""

import streamlit as st

from ui import state
from ui.links import whole_link
from ui.registry import HOME, navigation, page_of_code
from ui.url_state import current_words
from ui.widgets.agenda_bar import show_agenda_bar
from ui.widgets.agenda_offer import offer_view
from ui.widgets.construction import show_construction
from ui.widgets.frame import adjust_layout, pick_reading

words = current_words()
st.set_page_config(page_title=words("Zhunsheng"), page_icon="📐", layout="wide")
view_menu = pick_reading()
adjust_layout()
words = current_words()
is_first_start = state.needs_construction()
page = st.navigation(
    navigation(words),
    position="hidden" if is_first_start else "top",
)
if is_first_start:
    show_construction(words)
entry = page_of_code(page.url_path) or HOME
show_agenda_bar(entry, words=words)
with whole_link():
    page.run()
offer_view(view_menu, entry, words=words)
