"""How a figure is made: definitions, what went in, and the way to the methods."""

import streamlit as st

from ui import formats
from ui.dictionary import ENTRIES
from ui.stamp import Caption
from ui.text import Words


def show_explanation(
    explains: tuple[str, ...], *, caption: Caption, key: str, words: Words
) -> None:
    """Offer the entries of the dictionary, and below them what the figure rests on."""
    with st.popover(
        words("How is this made?"), icon=":material/help:", key=f"{key}_made", width="content"
    ):
        for code in explains:
            entry = ENTRIES[code]
            st.markdown(f"**{words(entry.name)}**")
            st.markdown(words(entry.meaning))
            if entry.formula:
                st.latex(entry.formula)
            st.caption(words("Methods: {page}", page=f"docs/methods/{entry.page}.md"))
        st.caption(" · ".join(formats.safe_markdown(fact) for fact in caption.facts))
