"""A drawer below a figure: what it holds is made when it is opened."""

import streamlit as st
from streamlit.elements.lib.mutable_popover_container import PopoverContainer


def drawer(label: str, *, icon: str, key: str) -> PopoverContainer:
    """Return a popover that is filled only where its ``open`` says so.

    Call it in a fragment: else the whole page is drawn anew when it opens.
    """
    return st.popover(label, icon=icon, key=key, width="content", on_change="rerun")
