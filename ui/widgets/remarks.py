"""What the rules say, with a switch that leaves out what is not remarkable."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.remarks import Remark
from ui import url_state
from ui.remark_words import remark_sentence
from ui.text import Words


def show_remarks(remarks: Sequence[Remark], *, names: Mapping[str, str], words: Words) -> None:
    """List the remarks as sentences; say so where none is left."""
    url_state.prepare_switch(url_state.REMARKABLE_KEY)
    only = st.toggle(
        words("Only the remarkable"), key=url_state.REMARKABLE_KEY, persist_state="session"
    )
    url_state.write_switch(url_state.REMARKABLE_KEY)
    said = [remark for remark in remarks if remark.is_remarkable or not only]
    with st.container(gap="xsmall"):
        for remark in said:
            st.markdown(
                "- " + remark_sentence(remark, names=names, words=words),
                help=f"`{remark.test}`",
            )
    if not said:
        st.markdown(words("No rule has anything to report on this exam and subject."))
