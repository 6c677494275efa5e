"""How a figure is made: definitions, what went in, and the way to the methods."""

from urllib.parse import urlencode

import streamlit as st

from ui import formats
from ui.dictionary import ENTRIES
from ui.method_pages import titles
from ui.stamp import Caption
from ui.text import Words
from ui.widgets.drawer import drawer


def show_explanation(
    explains: tuple[str, ...], *, caption: Caption, key: str, words: Words
) -> None:
    """Offer the entries of the dictionary, and below them what the figure rests on."""
    with drawer(
        words("How is this made?"), icon=":material/help:", key=f"{key}_made"
    ) as opened:
        if opened.open:
            _show_entries(explains, caption=caption, words=words)


def _show_entries(explains: tuple[str, ...], *, caption: Caption, words: Words) -> None:
    for code in explains:
        entry = ENTRIES[code]
        st.markdown(f"**{words(entry.name)}**")
        st.markdown(words(entry.meaning))
        if entry.formula:
            st.latex(entry.formula)
        title = titles(language=words.language)[entry.page]
        more = words("More: {title}", title=title)
        address = urlencode({"entry": code, "page": entry.page, "lang": words.language})
        # A plain link opens beside the page, which the reader has not done with.
        st.markdown(f"[{more}](methods?{address})")
    st.caption(" · ".join(formats.safe_markdown(fact) for fact in caption.facts))
