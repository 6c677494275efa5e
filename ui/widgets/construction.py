"""The first start: the demonstration is built while the reader watches."""

import time

import streamlit as st

from ui import formats, state
from ui.text import Words

_LOOK_AGAIN = 0.3


def show_construction(words: Words) -> None:
    """Show how the building of the demonstration goes on, and open the app when it is done."""
    running = state.construction()
    st.title(words("Welcome"))
    st.markdown(
        words(
            "The store is empty, so a demonstration is being built: a simulated county with "
            "several exams, and public data of inner-London schools. This happens once and "
            "takes less than a minute."
        )
    )
    bar = st.progress(0.0)
    while not running.done.done():
        step = words("Publishing {exam}", exam=formats.safe_markdown(running.step))
        text = step if running.step else words("Preparing the county")
        bar.progress(min(running.share, 1.0), text=text)
        time.sleep(_LOOK_AGAIN)
    if running.done.exception():
        state.forget_construction()
    running.done.result()
    st.rerun()
