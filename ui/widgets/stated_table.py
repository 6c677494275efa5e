"""A table under its finding, with the notes that a reader needs below it."""

import streamlit as st

from ui import formats
from ui.text import Words
from ui.widgets.table import Table, show_table


def show_stated_table(table: Table, *, words: Words) -> str | None:
    """Show finding, table and notes; return the code of the row that was chosen."""
    st.markdown(f"**{formats.safe_markdown(table.caption.finding)}**")
    chosen = show_table(table, words=words)
    for note in table.caption.notes:
        st.caption(formats.safe_markdown(note))
    return chosen
