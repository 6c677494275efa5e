"""The first picture of a page before the rest of it.

A browser lays out what comes together in one go, so that a chart appeared when the whole page
did. Now the page rests for a moment after its first chart, and the browser draws it meanwhile.
"""

import time

import streamlit as st

PAUSE = 0.2
"""Seconds in which a browser without a graphics card draws some hundred points."""

_EXPECTED = "expects_first_picture"


def expect_first_picture() -> None:
    """Tell that a page starts, whose first picture is waited for."""
    st.session_state[_EXPECTED] = True


def give_way() -> None:
    """Rest after the first picture of a page; later ones follow at once."""
    if st.session_state.pop(_EXPECTED, False):
        time.sleep(PAUSE)
