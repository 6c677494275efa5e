"""A store without an exam: what is missing, and the ways to a first one."""

import streamlit as st

from ui.registry import HOME, IMPORT, METHODS
from ui.text import Words


def show_no_exam(words: Words) -> None:
    """Say that there is nothing to show yet, and link to where that is changed."""
    st.info(
        words(
            "The store holds no exam yet, so there is nothing to compare. Bring in one table "
            "of scores, XLSX or CSV: it is checked first, and nothing is stored before you "
            "agree."
        ),
        icon=":material/upload_file:",
    )
    with st.container(horizontal=True, gap="small", key="no_exam_links"):
        st.page_link(IMPORT.of(words), label=words("Import a table of scores"), width="content")
        st.page_link(HOME.of(words), label=words("The way by command line"), width="content")
        st.page_link(METHODS.of(words), label=words("What each figure means"), width="content")
