"""The frame around a page: layout, language switch, and the mark of demonstration data."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pipeline.views import ExamChoice
from ui import formats, url_state
from ui.text import DEFAULT_LANGUAGE, LANGUAGE_NAMES, LANGUAGES, Language, Words
from ui.widgets.storage_banner import show_storage_banner

_MEETING_STYLE = """<style>
html {font-size: 24px !important;}
.st-key-selection [data-testid="stSelectbox"] [data-baseweb="select"] {font-size: 18px;}
[data-testid="stMetricValue"] {font-size: 1.6rem;}
[data-testid="stHeader"], [data-testid="stSidebar"] {display: none;}
[data-testid="stMainBlockContainer"] {padding-top: 3rem;}
</style>"""


def adjust_layout() -> None:
    """Make the page large for a meeting; ``ui/page.css`` holds for every page."""
    if url_state.is_on(url_state.MEETING_KEY):
        st.html(_MEETING_STYLE)


def pick_reading() -> DeltaGenerator:
    """Let the reader choose how he reads: the language, codes for names, type for a meeting.

    All of it is kept in the address. In the chosen language the page then says whether the
    store can be written.

    Returns
    -------
    DeltaGenerator
        The popover of the switches, for what can be done with the view when it is drawn.
    """
    with st.container(
        horizontal=True, key="reader", width="content", vertical_alignment="center", gap="small"
    ):
        _pick_language()
        popover = _pick_switches(url_state.current_words())
    show_storage_banner(url_state.current_words())
    return popover


def _pick_language() -> None:
    key = url_state.LANGUAGE_KEY
    words = url_state.current_words()
    url_state.prepare(key, codes=LANGUAGES, default=DEFAULT_LANGUAGE)
    chosen = st.segmented_control(
        words("Language"),
        LANGUAGES,
        key=key,
        format_func=_name_of,
        label_visibility="collapsed",
        persist_state="session",
        required=True,
    )
    url_state.write({key: chosen})


def _pick_switches(words: Words) -> DeltaGenerator:
    labels = {
        url_state.CODES_KEY: words("Codes instead of names"),
        url_state.MEETING_KEY: words("Large type for a meeting"),
    }
    popover = st.popover(words("View"), icon=":material/tune:", width="content")
    with popover:
        for key, label in labels.items():
            url_state.prepare_switch(key)
            st.toggle(label, key=key, persist_state="session")
            url_state.write_switch(key)
    return popover


def show_origin(exam: ExamChoice, *, words: Words) -> None:
    """Say on the page when data are a demonstration, and whose data they are otherwise."""
    if exam.is_demonstration:
        st.warning(
            words(
                "Demonstration data: these schools and pupils are simulated. No figure on this "
                "page describes a real school."
            ),
            icon=":material/science:",
        )
    elif exam.source:
        unknown = words("not stated")
        st.info(
            words(
                "Public data for comparison. Source: {source} Licence: {licence}",
                source=formats.safe_markdown(exam.source),
                licence=formats.safe_markdown(exam.licence or unknown),
            ),
            icon=":material/menu_book:",
        )


def _name_of(language: Language) -> str:
    return LANGUAGE_NAMES[language]
