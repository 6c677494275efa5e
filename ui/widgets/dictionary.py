"""The dictionary of figures, one entry at a time, and the page that defines it."""

import streamlit as st

from ui import method_pages, url_state
from ui.dictionary import ENTRIES, Entry
from ui.text import Words, marked

_UNITS = {
    "points": marked("points"),
    "rate": marked("per cent"),
    "sd": marked("SD of the pupils"),
    "share": marked("share, 0 to 1"),
    "pupils": marked("pupils"),
}
_BETTER = {
    "higher": marked("Higher is better."),
    "lower": marked("Lower is better."),
    "neither": marked("Neither high nor low is better by itself."),
}


def pick_entry(words: Words) -> str:
    """Ask for an entry of the dictionary; the address names it as ``entry``."""
    names = {code: words(entry.name) for code, entry in ENTRIES.items()}
    url_state.prepare("entry", codes=list(names), default=next(iter(names)))
    chosen = st.selectbox(
        words("Figure"),
        sorted(names, key=lambda code: names[code]),
        key="entry",
        format_func=lambda code: f"{names[code]} ({code})",
        persist_state="session",
    )
    url_state.write({"entry": chosen})
    return str(chosen)


def show_entry(entry: Entry, *, words: Words) -> None:
    """Show name, meaning, unit, direction and formula of a figure."""
    st.subheader(words(entry.name))
    st.markdown(words(entry.meaning))
    unit, better = words(_UNITS[entry.unit]), words(_BETTER[entry.better])
    st.markdown(words("Unit: {unit}. {better}", unit=unit, better=better))
    if entry.formula:
        st.latex(entry.formula)
    title = method_pages.titles(language=words.language)[entry.page]
    st.caption(words("Defined in: {title}", title=title))


def pick_method_page(entry: Entry, *, words: Words) -> str:
    """Ask for a page about methods: that of the entry, until another is chosen or linked."""
    titles = method_pages.titles(language=words.language)
    url_state.prepare("page", codes=list(titles), default=entry.page)
    chosen = st.selectbox(
        words("Method"),
        list(titles),
        key="page",
        format_func=lambda page: titles[page],
        persist_state="session",
    )
    url_state.write({"page": chosen})
    return str(chosen)
