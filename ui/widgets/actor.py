"""Who makes a change: a name for the record, asked once in a session."""

import streamlit as st

from data.agenda_texts import LONGEST_ACTOR
from ui.text import Words


def ask_actor(key: str, *, words: Words) -> str:
    """Ask who makes a change, once in a session; without accounts it is whoever sits there."""
    return st.text_input(
        words("Your name, for the record"),
        key=key,
        max_chars=LONGEST_ACTOR,
        persist_state="session",
    ).strip()
